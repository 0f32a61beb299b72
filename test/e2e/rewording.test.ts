import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { DeskVisitor } from '../../demo/setup/deskVisitor';
import { itemsOf, requireSuccess } from '../../demo/setup/n8nExecution';
import { DESK_PATH } from '../../demo/setup/shopContext';
import { startOpenAiStandin, type ChatRequest, type OpenAiStandin } from '../../demo/standins/openAi';
import type { Rewording } from '../../lib/domain/rewording';
import { openStore, type Store } from '../../lib/store/open';
import { saveShop } from '../../lib/store/shops';
import { startBrowser } from './support/browser';
import { CrmWorkflow } from './support/crmWorkflow';
import { openDemoShop, OPENING_MS, OWNER, type DemoShop } from './support/demoShop';
import { openEditor } from './support/editor';
import { until } from './support/wait';

jest.setTimeout(120_000);

const TODAY = '2026-11-22';
const FILE = path.join(tmpdir(), `optical-crm-rewording-${process.pid}.json`);
const BIRTHDAYS = '10-relational-birthday.json';
const [FROM, TO] = [/^Se nei prossimi giorni (passa|passi) da queste parti/m, 'Quando nei prossimi giorni $1 da queste parti'] as const;

let demo: DemoShop;
let store: Store;
let openAi: OpenAiStandin;
let birthdays: string;

/** Plugs n8n's own OpenAI node into Personalize Message. */
async function plugIn(file: string): Promise<void> {
	const workflow = JSON.parse(await readFile(file, 'utf8'));
	workflow.nodes.push({
		id: '5b0c3a0e-0010-4000-8000-000000000099', name: 'OpenAI Chat Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3, position: [480, 220],
		parameters: { model: { __rl: true, mode: 'id', value: 'demo-model' }, responsesApiEnabled: false, options: { maxRetries: 0 } },
	});
	workflow.connections['OpenAI Chat Model'] = { ai_languageModel: [[{ node: 'Personalize Message', type: 'ai_languageModel', index: 0 }]] };
	await writeFile(file, JSON.stringify(workflow));
}

/** The bundled workflow of the birthdays, with a model. */
async function withModel(): Promise<string> {
	const workflow = JSON.parse(await readFile(path.join('workflows', BIRTHDAYS), 'utf8'));
	const personalize = workflow.nodes.find(({ name }: { name: string }) => name === 'Personalize Message');
	personalize.parameters = { ...personalize.parameters, reword: true, rewordingOptions: { patienceSeconds: 20 } };
	await writeFile(FILE, JSON.stringify(workflow));
	await plugIn(FILE);
	return FILE;
}

/** One greeting to be looked at, out of a source of a consultant's own. */
async function preview(name: string, isConnected: boolean): Promise<string> {
	const flow = new CrmWorkflow(name);
	const item = { customer: { id: 1, firstName: 'Ada', lastName: 'Prova', formality: 'lei' }, occasion: { kind: 'birthday', dueOn: TODAY, stage: 1, class: 'relational', daysLate: 0 } };
	flow.add('Item', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput: JSON.stringify(item), options: {} });
	flow.add('Personalize Message', 'n8n-nodes-optical-crm.personalizeMessage', { output: 'preview', reword: true });
	flow.save(FILE);
	if (isConnected) await plugIn(FILE);
	return FILE;
}

/** A model that behaves where a birthday is today, and makes an offer where it is over. */
function answer({ messages }: ChatRequest): string {
	const text = (messages.at(-1)?.content ?? '').split('\n\n').slice(1).join('\n\n');
	return text.includes('in ritardo') ? text.replace('Un caro saluto', 'Con uno sconto per lei, un caro saluto') : text.replace(FROM, TO);
}

beforeAll(async () => {
	demo = await openDemoShop(TODAY);
	openAi = await startOpenAiStandin({ answer });
	store = await openStore(demo.shop.settings);
	await saveShop(store.db, store.shop.code, { policy: { modelMaySee: ['occasion.daysLate'] } }, new Date().toISOString());
	const url = `${openAi.url}/v1`;
	const id = await demo.client().saveCredential({ name: 'Model', type: 'openAiApi', data: { apiKey: openAi.apiKey, url, header: false } });
	for (const file of ['81-replies.json', '80-desk.json', '82-senders.json']) await demo.client().activate(demo.shop.workflows[file]);
	birthdays = await demo.client().saveWorkflow(await withModel(), { ...demo.shop.credentials, openAiApi: { id, name: 'Model' } });
	await demo.client().activate(birthdays);
}, OPENING_MS);

afterAll(async () => {
	await demo?.close();
	await openAi?.stop();
	await rm(FILE, { force: true });
}, 60_000);

interface Row {
	id: number;
	state: string;
	body: string;
	rewording: string | null;
	first_name: string;
	last_name: string;
	value: string;
}

const messages = async () =>
	(await sql<Row>`select message.id, message.state, message.body, message.rewording, customer.first_name, customer.last_name, point.value from messages as message
		join customers as customer on customer.id = message.customer_id join contact_points as point on point.id = message.contact_point_id order by message.id`.execute(store.db)).rows;

it('n8n\'s own model node words the greetings anew, and learns nobody\'s name', async () => {
	await until('the greetings wait', async () => (await messages()).length > 0, 90_000);
	const rows = await messages();
	const [late, today] = [rows.filter(({ body }) => body.includes('in ritardo')), rows.filter(({ body }) => !body.includes('in ritardo'))];
	expect([late.length > 0, today.length > 1]).toEqual([true, true]);
	for (const { body, rewording } of today) {
		expect(body).toMatch(/^Quando nei prossimi giorni/m);
		expect(JSON.parse(rewording ?? '{}') as Rewording).toMatchObject({ original: expect.stringMatching(FROM), model: 'demo-model' });
	}
	for (const { body, rewording } of late) {
		expect(rewording).toBeNull();
		expect(body).toMatch(FROM);
		expect(body).not.toContain('sconto');
	}
	const asked = JSON.stringify(openAi.requests);
	expect(asked).toContain('[[');
	for (const { first_name, last_name, value } of rows) {
		expect(asked).not.toContain(last_name);
		expect(asked).not.toContain(value);
		expect(asked).not.toMatch(new RegExp(`\\b${first_name}\\b`));
	}
	expect(asked).not.toContain(store.shop.name);
	expect(openAi.requests.length).toBeLessThanOrEqual(rows.length);
});

it('the staff see the difference, take one text back, approve, and each mail arrives as it was approved', async () => {
	const desk = await DeskVisitor.logIn(`${demo.server().baseUrl}/webhook/${DESK_PATH}`);
	const [first, second] = (await messages()).filter(({ rewording }) => rewording !== null);
	const page = await desk.page(`?view=message&id=${first.id}`);
	expect(page).toMatch(/<del>Se <\/del><ins>Quando <\/ins>nei prossimi giorni/);
	const [, shown = ''] = /name="message" value="([^"]+)"/.exec(page) ?? [];
	expect(await desk.act({ action: 'useOriginal', message: shown })).toContain('done=saved');
	await desk.approveAll();
	const mailTo = ({ value }: Row) => demo.mailbox.mails().find(({ envelope }) => envelope.to.includes(value))?.text ?? '';
	await until('the mails are there', () => mailTo(first) !== '' && mailTo(second) !== '', 100_000);
	expect(mailTo(first)).toMatch(FROM);
	expect(mailTo(second)).toMatch(/^Quando nei prossimi giorni/m);
	expect(mailTo(second)).toContain(second.last_name);
}, 150_000);

it('the editor shows the place for a model where rewording is on, and runs what is connected', async () => {
	const browser = await startBrowser();
	try {
		const editor = await openEditor(browser, demo.server().baseUrl, OWNER, birthdays);
		const place = editor.locator('[data-test-id="canvas-node-input-handle"][data-node-name="Personalize Message"]');
		await editor.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: 60_000 });
		await until('the places are drawn', async () => (await place.count()) === 2, 30_000);
		expect(await place.evaluateAll((handles) => handles.map((handle) => handle.getAttribute('data-connection-type')))).toEqual(['main', 'ai_languageModel']);
	} finally {
		await browser.close();
	}
});

it('a provider that refuses, and a model that is missing, cost nobody a message', async () => {
	for (const [name, apiKey, reason, detail] of [['Wrong key', 'sk-wrong', 'NO_ANSWER', /status 401/], ['None', undefined, 'NO_MODEL', /connected/]] as const) {
		const id = await demo.client().saveCredential({ name, type: 'openAiApi', data: { apiKey: apiKey ?? '', url: `${openAi.url}/v1`, header: false } });
		const file = await preview(name, apiKey !== undefined);
		const workflow = await demo.client().saveWorkflow(file, { ...demo.shop.credentials, openAiApi: { id, name } });
		const execution = await demo.client().waitForExecution(await demo.client().run(workflow, CrmWorkflow.START));
		requireSuccess(execution);
		const [{ preview: text }] = itemsOf(execution, 'Personalize Message') as Array<{ preview: { body: string; notReworded: object } }>;
		expect(text.body).toMatch(FROM);
		expect(text.notReworded).toEqual({ reason, remark: expect.stringMatching(detail) });
	}
});
