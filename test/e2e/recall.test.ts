import path from 'node:path';
import { sql } from 'kysely';
import { DeskVisitor } from '../../demo/setup/deskVisitor';
import { DESK_PATH } from '../../demo/setup/shopContext';
import { waitingCalls } from '../../lib/store/calls';
import { openStore, type Store } from '../../lib/store/open';
import { EQUIPMENT } from '../../lib/store/records/equipment';
import { EXAMS } from '../../lib/store/records/exams';
import { saveRecords } from '../../lib/store/records/saveRecords';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { startBrowser } from './support/browser';
import { openDemoShop, OPENING_MS, OWNER, type DemoShop } from './support/demoShop';
import { openEditor } from './support/editor';
import { until } from './support/wait';

jest.setTimeout(60_000);

const TODAY = '2026-11-24';
const WORKFLOWS = ['20-vision-recall.json', '25-orders-and-appointments.json', '23-progressive-follow-up.json'];

let demo: DemoShop;
let store: Store;

/** Five people with a code, an address and a yes to recalls. */
const people = ['R1', 'R2', 'R3', 'R4', 'R5'].map((code) => ({
	code, firstName: 'Elena', lastName: `Prova ${code}`, birthDate: '1980-05-05', sex: 'F' as const,
	contactPoints: [{ kind: 'email' as const, value: `${code.toLowerCase()}@posta.example` }, { kind: 'phone' as const, value: `+39333000000${code[1]}`, line: 'mobile' as const }],
	consents: [{ channel: 'email' as const, purpose: 'recall' as const, status: 'granted' as const, capturedOn: '2023-02-03' }],
}));

beforeAll(async () => {
	demo = await openDemoShop(TODAY);
	store = await openStore(demo.shop.settings);
	const now = new Date().toISOString();
	await saveCustomers(store, people, { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, now);
	await saveRecords(store, EXAMS, [
		{ customerCode: 'R1', kind: 'vision', takenOn: '2024-11-24' },
		// Came back since.
		{ customerCode: 'R2', kind: 'vision', takenOn: '2024-11-24' }, { customerCode: 'R2', kind: 'vision', takenOn: '2026-10-01' },
	], now);
	await saveRecords(store, EQUIPMENT, [
		{ customerCode: 'R3', kind: 'spectacles', lensType: 'progressive', orderedOn: '2026-11-02', deliveredOn: '2026-11-17', firstProgressive: false },
		{ customerCode: 'R4', kind: 'spectacles', lensType: 'progressive', orderedOn: '2026-10-20', deliveredOn: '2026-11-03', firstProgressive: true },
		{ customerCode: 'R5', kind: 'spectacles', lensType: 'single-vision', orderedOn: '2026-11-10', readyOn: TODAY },
	], now);
	await demo.publish();
	for (const file of WORKFLOWS) {
		const id = await demo.client().saveWorkflow(path.join('workflows', file), demo.shop.credentials);
		demo.shop.workflows[file] = id;
		await demo.client().activate(id);
	}
}, OPENING_MS);

afterAll(async () => await demo?.close(), 60_000);

const occasions = async () =>
	(await sql<{ code: string; kind: string; stage: number; outcome: string | null; channel: string | null; state: string | null }>`
		select customer.code, occasion.kind, occasion.stage, occasion.outcome, message.channel, message.state from occasions as occasion join customers as customer on customer.id = occasion.customer_id
		left join messages as message on message.occasion_id = occasion.id
		where customer.code in ('R1', 'R2', 'R3', 'R4', 'R5') order by customer.code, occasion.kind`.execute(store.db)).rows;

it('the bundled workflows write to who is due, and call who is to be called', async () => {
	await until('all that is due is settled', async () => (await occasions()).filter(({ outcome }) => outcome !== null).length >= 4);
	expect(await occasions()).toEqual([
		{ code: 'R1', kind: 'recall.vision', stage: 1, outcome: 'message', channel: 'email', state: 'pending' },
		{ code: 'R3', kind: 'progressive', stage: 1, outcome: 'message', channel: 'email', state: 'pending' },
		// First-time wearers are called three weeks after the delivery.
		{ code: 'R4', kind: 'progressive', stage: 2, outcome: 'message', channel: 'call', state: 'pending' },
		{ code: 'R5', kind: 'order.ready', stage: 1, outcome: 'message', channel: 'email', state: 'pending' },
	]);
});

it('what the staff approve arrives, in words for this person and without a word about eyes or lenses', async () => {
	const desk = await DeskVisitor.logIn(`${demo.server().baseUrl}/webhook/${DESK_PATH}`);
	await desk.approveAll();
	const mailTo = (address: string) => demo.mailbox.mails().find(({ envelope }) => envelope.to.includes(address));
	await until('the mails are there', () => ['r1', 'r3', 'r5'].every((name) => mailTo(`${name}@posta.example`) !== undefined), 120_000);
	for (const name of ['r1', 'r3', 'r5']) {
		const text = mailTo(`${name}@posta.example`)?.text ?? '';
		expect(text).toMatch(/Elena|Prova/);
		expect(text).not.toMatch(/diottri|progressiv|miopi|presbi|\{\{/i);
	}
	expect(mailTo('r2@posta.example')).toBeUndefined();
	// Nobody writes to who is to be called: the call stays approved, in the staff's list, until somebody made it.
	expect(mailTo('r4@posta.example')).toBeUndefined();
	const [call] = await waitingCalls(store, { today: TODAY, until: '2099-01-01T00:00:00.000Z', now: new Date().toISOString() });
	expect(call).toMatchObject({ kind: 'progressive', stage: 2, lastName: 'Prova R4', phone: '+393330000004', script: expect.stringMatching(/\S/) });
}, 150_000);

it('the panel of the trigger shows each kind that was chosen with its own settings', async () => {
	const browser = await startBrowser();
	try {
		const page = await openEditor(browser, demo.server().baseUrl, OWNER, demo.shop.workflows['25-orders-and-appointments.json']);
		await page.locator('[data-test-id="canvas-node"]', { hasText: 'Recall Due Trigger' }).first().dblclick();
		await page.getByText('Add Option').or(page.getByText('Options')).first().waitFor();
		await page.screenshot({ path: path.join('test', 'artefacts', 'editor-recall-trigger.png') });
		const panel = await page.locator('[data-test-id="node-parameters"], .ndv-wrapper, body').last().innerText();
		expect(panel).toMatch(/Order Ready/);
		expect(panel).toMatch(/Missed Appointment/);
		expect(panel).not.toMatch(/Vision Check/);
	} finally {
		await browser.close();
	}
}, 150_000);
