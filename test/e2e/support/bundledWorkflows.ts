import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import { sql } from 'kysely';
import { count } from '../../../demo/setup/count';
import { demoWorkflow, onEveryChannel, type DemoNode } from '../../../demo/setup/demoWorkflow';
import { hasEnded, itemsOf, requireSuccess, type Execution } from '../../../demo/setup/n8nExecution';
import { CUSTOMER_PATH, DESK_PATH } from '../../../demo/setup/shopContext';
import { LOOPBACK } from '../../../demo/setup/ports';
import { ROLLOUT_STEPS } from '../../../lib/domain/rollout';
import { listAlerts } from '../../../lib/store/alerts';
import { openStore, type Store } from '../../../lib/store/open';
import { EQUIPMENT } from '../../../lib/store/records/equipment';
import { EXAMS } from '../../../lib/store/records/exams';
import { saveRecords } from '../../../lib/store/records/saveRecords';
import { fallBack, openStep } from '../../../lib/store/rollout/changes';
import { saveShop } from '../../../lib/store/shops';
import { saveCustomers } from '../../../lib/store/customers/saveCustomers';
import { serveLibrary } from '../../../lib/templateLibrary/server';
import { OPENING_MS, type DemoShop } from './demoShop';
import { until } from './wait';

/** The day that the shop must take as today. */
export const TODAY = '2026-11-24';
const FILES = readdirSync('workflows').filter((name) => name.endsWith('.json')).sort();
const SET_UP = '00-set-up-and-import.json';
const ERRORS = '99-errors.json';
/** Runs only with a phone that is linked. */
const PHONE = '86-linked-phone.json';
/** Served as pages, and no run begins by itself. */
const PAGES: Record<string, string> = { '80-desk.json': DESK_PATH, '81-replies.json': CUSTOMER_PATH };
const GATE = 'Rollout Gate';
/** Only a file is copied by the package; its note says to deactivate this trigger where the store is on PostgreSQL. */
const FOR_FILES = { file: '91-retention-and-backup.json', trigger: 'Every Night' };

/** What each workflow that writes to somebody writes about, and the step that lets it. In the order in which they run: one marketing message a week leaves no room for a second. */
const WRITES = {
	'10-relational-birthday.json': { kind: 'birthday', step: 'relational' },
	'11-welcome-and-greetings.json': { kind: 'welcome', step: 'relational' },
	'23-progressive-follow-up.json': { kind: 'progressive', step: 'relational' },
	'25-orders-and-appointments.json': { kind: 'order.ready', step: 'relational' },
	'40-satisfaction-survey.json': { kind: 'survey', step: 'relational' },
	'33-event-invitation.json': { kind: 'campaign.event', step: 'relational' },
	'20-vision-recall.json': { kind: 'recall.vision', step: 'recall' },
	'21-eyewear-check-up.json': { kind: 'recall.eyewear', step: 'recall' },
	'22-contact-lenses.json': { kind: 'recall.lenses', step: 'recall' },
	'24-dormant.json': { kind: 'recall.dormant', step: 'recall' },
	'30-offer-by-segment.json': { kind: 'campaign.offer', step: 'promotional' },
	'31-second-pair.json': { kind: 'campaign.second-pair', step: 'promotional' },
	'32-sun.json': { kind: 'campaign.sun', step: 'promotional' },
} as const;
type Writing = keyof typeof WRITES;
const GATED = Object.keys(WRITES) as Writing[];
/** Somebody for each of them but the birthdays, which the demo's customers have. */
const CODES = GATED.slice(1).map((file) => `W${file.slice(0, 2)}`);

/** The others are known for years. */
const ENTERED: Record<string, string> = { W11: '2026-11-22', W33: '2026-06-01' };

interface Trigger { name: string; type: string }
const read = (file: string) => JSON.parse(readFileSync(path.join('workflows', file), 'utf8')) as { nodes: Array<Trigger & { parameters: Record<string, unknown> }> };
const triggersOf = (file: string): Trigger[] => read(file).nodes.filter(({ type }) => /trigger$/i.test(type));
/** Those that a run by hand begins with; the others begin by themselves. */
const byHand = (file: string) => triggersOf(file).filter(({ type }) => /\.(manual|schedule)Trigger$/.test(type));
const isPolled = (file: string) => triggersOf(file).some(({ type }) => /\.(birthdayDue|recallDue|progressiveFollowUp)Trigger$/.test(type));

/** What a consultant enters: every channel, and what a campaign says and when. */
function entered(node: DemoNode): void {
	onEveryChannel(node);
	const { operation, campaign, offer, rules } = node.parameters as { operation?: string; campaign?: string; offer?: object; rules?: { conditions: object[] } };
	// Season's greetings have their own day.
	if (operation !== 'handOut' || !offer) return;
	node.parameters.beginsOn = TODAY.slice(5);
	// Whoever is invited gets nothing else that week: here only who has not been known for long.
	if (campaign === 'event') rules?.conditions.push({ id: 'daysKnownlte', leftValue: '={{ $json.segments.facts.daysKnown }}', rightValue: 200, operator: { type: 'number', operation: 'lte' } });
	node.parameters.offer = { title: 'Una collezione nuova', text: 'Sono arrivate montature fatte a mano in Cadore.', time: '18:30', validUntil: '2026-12-12' };
}

function settingsOf(file: string): unknown {
	return (JSON.parse(readFileSync(path.join('workflows', file), 'utf8')) as { settings: unknown }).settings;
}

/**
 * All bundled workflows in a real n8n: each is imported, runs without an error, and writes to nobody before its step opens.
 * @param open a shop on the day `TODAY`
 * @param after more tests, which come last; they get the ids of all executions that are kept
 */
export function bundledWorkflows(open: () => Promise<DemoShop>, after?: (executions: () => Promise<string[]>) => void): void {
	let demo: DemoShop;
	let store: Store;
	const ids: Record<string, string> = {};

	async function importAll(): Promise<void> {
		const { client, shop } = { client: demo.client(), shop: demo.shop };
		for (const file of FILES) ids[file] = shop.workflows[file] ?? (await client.saveWorkflow(await demoWorkflow(shop.context.folder, file, entered), shop.credentials));
	}

	/** People for whom one of the workflows each has a reason to write today, with a yes to everything. */
	async function settle(): Promise<void> {
		const now = new Date().toISOString();
		const privacyNotices = store.shop.privacyNotices.map((notice) => ({ ...notice, purposes: [...notice.purposes, 'survey' as const, 'profiling' as const] }));
		await saveShop(store.db, store.shop.code, { privacyNotices }, now);
		await saveCustomers(store, CODES.map((code, serial) => ({
			code, firstName: 'Elena', lastName: `Prova ${code}`, birthDate: `1980-05-${serial + 10}`, sex: 'F' as const, enteredOn: ENTERED[code] ?? `2020-01-${serial + 10}`,
			contactPoints: [{ kind: 'email' as const, value: `${code.toLowerCase()}@posta.example` }],
			consents: (['marketing', 'recall', 'survey', 'profiling'] as const).map((purpose) => ({ channel: 'email' as const, purpose, status: 'granted' as const, capturedOn: '2023-02-03' })),
		})), { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, now);
		await saveRecords(store, EXAMS, [{ customerCode: 'W20', kind: 'vision', takenOn: '2024-11-24' }, { customerCode: 'W24', kind: 'vision', takenOn: '2024-05-24' }], now);
		const glasses = (customerCode: string, deliveredOn: string, amountCents = 30_000) => ({ customerCode, kind: 'spectacles' as const, lensType: 'single-vision' as const, orderedOn: deliveredOn, deliveredOn, amountCents });
		const lenses = (customerCode: string, deliveredOn: string) => ({ customerCode, kind: 'contact-lenses' as const, orderedOn: deliveredOn, deliveredOn, amountCents: 30_000 });
		await saveRecords(store, EQUIPMENT, [
			glasses('W21', '2026-05-24'),
			{ ...lenses('W22', '2026-09-05'), supplyDays: 90 },
			{ ...glasses('W23', '2026-11-17'), lensType: 'progressive', firstProgressive: false },
			{ customerCode: 'W25', kind: 'spectacles', lensType: 'single-vision', orderedOn: '2026-11-10', readyOn: TODAY },
			// Came twice and spent little: one who could buy more.
			glasses('W30', '2025-08-01', 5_000), glasses('W30', '2026-07-10', 5_000),
			glasses('W31', '2026-07-01'), glasses('W32', '2026-09-20'), lenses('W33', '2026-07-01'),
			glasses('W40', '2026-10-25'),
		], now);
	}

	beforeAll(async () => {
		demo = await open();
		store = await openStore(demo.shop.settings);
		await settle();
		await fallBack(store, 'data', { who: 'test', figures: [] }, new Date().toISOString());
		await importAll();
	}, OPENING_MS);

	afterAll(async () => await demo?.close(), 60_000);

	const counted = async (rows: string) => await count(store, sql.raw(rows));
	const ended = async (id: string): Promise<Execution[]> => {
		const executions = await demo.client().executions(id);
		return executions.every(hasEnded) ? executions : [];
	};
	const heldIn = (execution: Execution) => itemsOf(execution, GATE, 1).length;
	const openIn = (execution: Execution) => itemsOf(execution, GATE, 0).length;

	const isMeant = (file: string, { name }: Trigger) => demo.shop.settings.database !== 'postgres' || file !== FOR_FILES.file || name !== FOR_FILES.trigger;

	/** Runs a workflow once from each of its triggers, and gives what ran. */
	async function runOnce(file: string): Promise<Execution[]> {
		const client = demo.client();
		const runs: Execution[] = [];
		for (const { name } of byHand(file).filter((trigger) => isMeant(file, trigger))) runs.push(await client.waitForExecution(await client.run(ids[file], name)));
		if (!isPolled(file)) return runs;
		const before = (await client.executions(ids[file])).length;
		await client.deactivate(ids[file]);
		await client.activate(ids[file]);
		await until(`${file} has run`, async () => (await ended(ids[file])).length > before);
		const [newest] = await ended(ids[file]);
		return [...runs, await client.waitForExecution(newest.id)];
	}

	it('each is imported from its address as the file is, and nothing else is', async () => {
		await demo.client().activate(ids['80-desk.json']);
		const desk = `${demo.pages()}/${DESK_PATH}`;
		for (const file of FILES) expect(await demo.client().fromUrl(`${desk}?workflow=${file}`)).toEqual(read(file));
		await expect(demo.client().fromUrl(`${desk}?workflow=package.json`)).rejects.toThrow(/JSON/);
		expect((await axios.get(`${desk}?workflow=80-desk.json`)).headers['cache-control']).toBe('public, max-age=3600');
	});

	it('the Templates page of the editor hears of all of them', async () => {
		const library = await serveLibrary('workflows', LOOPBACK, 0, new Date().toISOString());
		try {
			const get = async <T>(address: string) => (await axios.get<T>(`${library.url}${address}`, { headers: { origin: demo.server().baseUrl } })).data;
			const { totalWorkflows, workflows } = await get<{ totalWorkflows: number; workflows: Array<{ id: number }> }>('/templates/search?page=1&rows=100');
			expect(totalWorkflows).toBe(FILES.length);
			for (const { id } of workflows) expect((await get<{ workflow: unknown }>(`/workflows/templates/${id}`)).workflow).toEqual(read(FILES[id - 1]));
			expect(await get('/health')).toEqual({ status: 'OK' });
		} finally {
			await library.stop();
		}
	});

	describe('the command that checks them', () => {
		const check = async (...given: string[]) => await new Promise<{ status: unknown; stdout: string }>((resolve) => {
			execFile(process.execPath, [path.join('dist', 'commands', 'checkWorkflows.js'), ...given], (error, stdout) => resolve({ status: error?.code ?? 0, stdout }));
		});

		it('finds nothing in the bundled ones', async () => {
			expect(await check('workflows')).toMatchObject({ status: 0, stdout: `${FILES.length} workflows checked, nothing found.\n` });
		});

		it('names file, node and parameter of what is wrong, and how to go on', async () => {
			const file = path.join(demo.shop.context.folder, 'changed.json');
			writeFileSync(file, readFileSync('workflows/20-vision-recall.json', 'utf8').replace('"template": ""', '"template": "recal.vision"'));
			const { status, stdout } = await check(file);
			expect([status, stdout]).toEqual([1, expect.stringMatching(/changed\.json: node "Personalize Message": template: there is no text "recal\.vision"\. .*recall\.vision/)]);
			expect((await check('--template', 'recal.vision', file)).status).toBe(0);
			writeFileSync(file, 'none');
			expect(await check(file)).toMatchObject({ status: 1, stdout: expect.stringContaining('the file is no JSON') });
			expect((await check(`${file}x`)).status).toBe(2);
		});
	});

	describe('in the step "data"', () => {
		it.each(FILES.filter((file) => ![SET_UP, PHONE, ERRORS].includes(file) && !PAGES[file]))('%s ends without an error, and nothing is queued', async (file) => {
			const runs = await runOnce(file);
			expect(runs.length).toBeGreaterThan(0);
			runs.forEach(requireSuccess);
			if (GATED.includes(file as Writing)) {
				expect(runs.map(openIn)).toEqual(runs.map(() => 0));
				expect(Math.max(...runs.map(heldIn))).toBeGreaterThan(0);
			}
			expect(await counted('messages')).toBe(0);
		});

		it('the set-up ran, and the pages answer', async () => {
			expect(demo.shop.imported.summary).toMatchObject({ rows: 1200 });
			for (const [file, address] of Object.entries(PAGES)) {
				await demo.client().activate(ids[file]);
				const { status, headers } = await axios.get(`${demo.pages()}/${address}`, { validateStatus: () => true });
				expect([file, status < 500, headers['content-type']]).toEqual([file, true, 'text/html; charset=utf-8']);
			}
		});
	});

	describe.each(['relational', 'recall', 'promotional'] as const)('when the step "%s" opens', (step) => {
		const waiting = async (files: readonly Writing[]) => {
			const kinds = files.map((file) => `'${WRITES[file].kind}'`).join(', ');
			return await counted(`messages join occasions on occasions.id = messages.occasion_id where messages.state = 'pending' and occasions.kind in (${kinds || 'null'})`);
		};
		const later = () => GATED.filter((file) => ROLLOUT_STEPS.indexOf(WRITES[file].step) > ROLLOUT_STEPS.indexOf(step));

		beforeAll(async () => void (await openStep(store, step, { who: 'test', figures: [] }, new Date().toISOString())));

		it.each(GATED.filter((file) => WRITES[file].step === step))('%s lets go what it held, and it waits on the Desk', async (file) => {
			expect(await waiting([file])).toBe(0);
			const runs = await runOnce(file);
			runs.forEach(requireSuccess);
			expect(Math.max(...runs.map(openIn))).toBeGreaterThan(0);
			expect(await waiting([file])).toBeGreaterThan(0);
		});

		it('what belongs to a later step is still held', async () => {
			for (const file of later()) {
				const runs = await runOnce(file);
				expect([file, runs.map(openIn), Math.max(...runs.map(heldIn))]).toEqual([file, runs.map(() => 0), expect.any(Number)]);
				expect(Math.max(...runs.map(heldIn))).toBeGreaterThan(0);
			}
			expect(await waiting(later())).toBe(0);
		});
	});

	describe('a failure', () => {
		const NAME = 'Fails';
		const nodes = [
			{ id: '1', name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: 'fails', parameters: { path: 'fails', options: {} } },
			{ id: '2', name: 'Stop', type: 'n8n-nodes-base.stopAndError', typeVersion: 1, position: [200, 0], parameters: { errorMessage: 'Giulia Bianchi has no address' } },
		];

		it('is told on the Desk by names and a number only, and n8n keeps it as the settings say', async () => {
			const client = demo.client();
			await client.activate(ids[ERRORS]);
			const file = path.join(demo.shop.context.folder, 'fails.json');
			writeFileSync(file, JSON.stringify({ name: NAME, nodes, connections: { Webhook: { main: [[{ node: 'Stop', type: 'main', index: 0 }]] } }, settings: settingsOf(ERRORS) }));
			const id = await client.saveWorkflow(file, demo.shop.credentials, { asItIs: true });
			await client.activate(id);
			await client.waitForWebhook('fails');
			await axios.get(`${demo.pages()}/fails`, { validateStatus: () => true });
			await until('the alert is there', async () => (await listAlerts(store, new Date().toISOString())).some(({ kind }) => kind === 'workflow'));
			const [execution] = await ended(id);
			expect(await listAlerts(store, new Date().toISOString())).toContainEqual(expect.objectContaining({ kind: 'workflow', subject: `${NAME} > Stop`, code: `EXECUTION_${execution.id}` }));
			expect(execution.status).toBe('error');
			expect(JSON.stringify(await listAlerts(store, new Date().toISOString()))).not.toContain('Giulia');
		});

		it('a run that went well leaves nothing in n8n\'s log', async () => {
			const client = demo.client();
			const file = path.join(demo.shop.context.folder, 'kept.json');
			writeFileSync(file, JSON.stringify({ ...read('84-brakes.json'), name: 'Keeps nothing' }));
			const id = await client.saveWorkflow(file, demo.shop.credentials, { asItIs: true });
			await client.run(id, 'Every Hour');
			await until('the run is over and gone', async () => (await client.executions(id)).length === 0);
		});
	});

	after?.(async () => (await Promise.all(Object.values(ids).map(async (id) => await demo.client().executions(id)))).flat().map(({ id }) => id));
}
