import './withoutJest';
import { writeFileSync } from 'node:fs';
import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { buildNodes } from '../../demo/setup/build';
import { demoFolder } from '../../demo/setup/paths';
import { DESK_PATH, STAFF } from '../../demo/setup/shopContext';
import type { CrmItem } from '../../lib/domain/item';
import { closeDatabase, openStore, type Store } from '../../lib/store/open';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { dueBirthdayItems } from '../../nodes/BirthdayDueTrigger/dueBirthdays';
import { personalize } from '../../nodes/shared/personalize';
import { checkConsent } from '../../nodes/shared/checkConsent';
import { queueItems } from '../../nodes/shared/queueItems';
import { StaffDeskTrigger } from '../../nodes/StaffDeskTrigger/StaffDeskTrigger.node.js';
import { startBrowser } from '../e2e/support/browser';
import { openDemoShop, type DemoShop } from '../e2e/support/demoShop';
import { elementsOf } from '../lib/web/markup';
import { callWebhook, type WebhookCall } from '../support/runNode';
import { countStatements, customer } from '../support/store';
import { AT_MOST_HALF_MORE, type BenchFigure, figure, sideBySide } from './figure';

const WAITING = 10_000;
const AT_ONCE = 2_500;
const MOST_BYTES = 100_000;
const MOST_STATEMENTS = 5;
const FORM_PATH = 'bench-form';
const PAGES = { today: '', approve: '?view=approve', 'approve-last': `?view=approve&page=${WAITING / 20}`, 'approve-search': '?view=approve&q=ross' } as const;
const REST_MS = 500;
const TURNS = { rounds: 9, warmUps: 2 };

export const DESK_FIGURES = [
	...Object.keys(PAGES).flatMap((page) => [`desk-${page}-first-byte`, `desk-${page}-load`]), 'desk-page-bytes', 'desk-decision-statements',
];

/** Pages of the Desk with ten thousand messages that wait, against the page of n8n's own Form Trigger: both out of one real n8n, in turns. */
export async function desk(): Promise<BenchFigure[]> {
	const today = new Date().toISOString().slice(0, 10);
	await buildNodes(demoFolder, { report: () => undefined });
	const demo = await openDemoShop(today);
	const browser = await startBrowser();
	try {
		const store = await openStore(demo.shop.settings);
		const { baseUrl } = demo.server();
		await demo.client().activate(demo.shop.workflows['80-desk.json']);
		const [form, address] = [`${baseUrl}/form/${await publishForm(demo)}`, `${baseUrl}/webhook/${DESK_PATH}`];
		await fill(store, today);
		const cookie = await logIn(address);
		const context = await browser.newContext({ locale: 'it-IT' });
		await onlyFromHere(context, baseUrl);
		const figures: BenchFigure[] = [];
		const bytes: number[] = [];
		const page = await context.newPage();
		const load = async (url: string) => void (await page.goto(url, { waitUntil: 'load' }));
		await load(address);
		await page.getByLabel('Nome utente').fill(STAFF.name);
		await page.getByLabel('Password').fill(STAFF.password);
		await page.getByRole('button', { name: 'Entra' }).click();
		await page.getByRole('button', { name: 'Esci' }).waitFor();
		for (const [name, query] of Object.entries(PAGES)) {
			const { body } = await get(address + query, { cookie });
			if (!body.includes(STAFF.name) || (query !== '' && !body.includes('<article'))) throw new Error(`The page ${name} does not show what it should.`);
			bytes.push(Buffer.byteLength(body));
			figures.push(await sideBySide(`desk-${name}-first-byte`, rested(async () => await firstByte(address + query, { cookie })), rested(async () => await firstByte(form)), AT_MOST_HALF_MORE, TURNS));
			figures.push(await sideBySide(`desk-${name}-load`, rested(async () => await load(address + query)), rested(async () => await load(form)), AT_MOST_HALF_MORE, TURNS));
		}
		figures.push(figure('desk-page-bytes', Math.max(...bytes), MOST_BYTES, 'bytes of the largest page', 1));
		figures.push(figure('desk-decision-statements', await statementsOfDecision(demo), MOST_STATEMENTS, 'statements for a decision', 1));
		return figures;
	} finally {
		await browser.close();
		await closeDatabase(demo.shop.settings);
		await demo.close();
	}
}

/** After each webhook n8n makes an isolate for the next one: neither side may find the other's unfinished. */
function rested(work: () => Promise<void>) {
	return { before: async () => await sleep(REST_MS), work };
}

/** Birthdays of that many customers, written and waiting for the staff. */
async function fill(store: Store, today: string): Promise<void> {
	const now = new Date().toISOString();
	const birthDate = `1980${today.slice(4)}`.replace('-02-29', '-02-28');
	const noticeVersion = store.shop.privacyNotices[0].version;
	for (let from = 0; from < WAITING; from += AT_ONCE) {
		const customers = Array.from({ length: AT_ONCE }, (_, index) => customer({ code: `BENCH-${from + index}`, birthDate }));
		await saveCustomers(store, customers, { source: 'import', noticeVersion }, now);
		const due = await dueBirthdayItems(store, { belatedDays: 0, earlyDays: 0, leapDay: '02-28', leaseMinutes: 60, mostPerPoll: 5000 }, { claim: true }, now);
		const checked = await checkConsent(store, due, { channels: ['email'] }, now);
		const allowed = due.map((item, index) => ({ ...item, ...checked[index] }) as CrmItem).filter(({ decision }) => decision?.outcome === 'allow');
		await queueItems(store, allowed.map((item) => ({ ...item, message: personalize(store, item, '') })), 'staff', now);
	}
	const { waiting } = await store.db.selectFrom('messages').select(({ fn }) => fn.countAll<number>().as('waiting')).where('state', '=', 'pending').executeTakeFirstOrThrow();
	if (waiting < WAITING) throw new Error(`Only ${waiting} messages wait.`);
}

/** A form with three fields, as n8n serves it. Returns its path. */
async function publishForm({ client, shop }: DemoShop): Promise<string> {
	const file = path.join(shop.context.folder, 'form.json');
	const field = (fieldLabel: string) => ({ fieldLabel, requiredField: true });
	const node = {
		id: 'form', name: 'Form', type: 'n8n-nodes-base.formTrigger', typeVersion: 2.2, position: [0, 0], webhookId: FORM_PATH,
		parameters: { formTitle: 'Ottica', formDescription: 'Scrivici', formFields: { values: ['Nome', 'E-mail', 'Messaggio'].map(field) }, options: { path: FORM_PATH } },
	};
	writeFileSync(file, JSON.stringify({ name: 'Bench form', nodes: [node], connections: {}, settings: { executionOrder: 'v1' } }));
	await client().activate(await client().saveWorkflow(file, {}));
	return FORM_PATH;
}

async function logIn(address: string): Promise<string> {
	const body = new URLSearchParams({ action: 'login', user: STAFF.name, password: STAFF.password }).toString();
	const { headers } = await get(address, { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(address).origin }, body);
	return String(headers['set-cookie']).split(';')[0];
}

/** Whatever either page would load from elsewhere is left out: the network of the machine is not measured. */
async function onlyFromHere(context: BrowserContext, baseUrl: string): Promise<void> {
	await context.route((url) => url.origin !== baseUrl, async (route) => await route.abort());
}

const agent = new Agent({ keepAlive: true });

function get(url: string, headers: OutgoingHttpHeaders = {}, body?: string): Promise<{ headers: NodeJS.Dict<string | string[]>; body: string; status?: number }> {
	return new Promise((resolve, reject) => {
		const call = request(url, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
			answer.on('end', () => resolve({ headers: answer.headers, status: answer.statusCode, body: Buffer.concat(chunks).toString() }));
		});
		call.on('error', reject).end(body);
	});
}

/** Until the first byte of the body is there. */
function firstByte(url: string, headers: OutgoingHttpHeaders = {}): Promise<void> {
	return new Promise((resolve, reject) => {
		request(url, { agent, headers }, (answer) => {
			answer.once('data', () => resolve()).on('error', reject).resume();
			if (answer.statusCode !== 200) reject(new Error(`${new URL(url).pathname} answered ${answer.statusCode}.`));
		}).on('error', reject).end();
	});
}

/** A member of staff who approves one message, with the look at what still stands once it can no longer be taken back. */
async function statementsOfDecision({ shop }: DemoShop): Promise<number> {
	const run = { credentials: { opticalCrmStoreApi: shop.settings, opticalCrmDeskApi: { accounts: { account: [STAFF] } } }, parameters: { undoSeconds: 1 } };
	let headers = {};
	const send = async (call: WebhookCall) => await callWebhook(StaffDeskTrigger, run, { ...call, headers });
	headers = { cookie: (await send({ method: 'POST', form: { action: 'login', user: STAFF.name, password: STAFF.password } })).headers['Set-Cookie'].split(';')[0] };
	const elements = elementsOf((await send({ query: '?view=approve' })).body);
	const field = (wanted: string) => elements.find(({ attributes: { name } }) => name === wanted)?.attributes.value ?? '';
	return await countStatements(async () => {
		const { items } = await send({ method: 'POST', form: { action: 'approve', csrf: field('csrf'), message: field('pick') } });
		if (items.length !== 1) throw new Error('The message was not approved.');
	});
}
