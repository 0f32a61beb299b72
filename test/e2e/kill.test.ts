import { sql } from 'kysely';
import { DeskVisitor } from '../../demo/setup/deskVisitor';
import { DESK_PATH } from '../../demo/setup/shopContext';
import { openStore, type Store } from '../../lib/store/open';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { openDemoShop, OPENING_MS, type DemoShop } from './support/demoShop';
import { until } from './support/wait';

const TODAY = '2026-11-22';
const GREETED = 150;
/** Longer than the lease of a sending (two minutes) and the beat of the sender (one minute) together. */
const SETTLED_MS = 5 * 60_000;

let demo: DemoShop;
let store: Store;

beforeAll(async () => {
	demo = await openDemoShop(TODAY);
	store = await openStore(demo.shop.settings);
	const people = Array.from({ length: GREETED }, (_, index) => ({
		code: `K${index}`,
		firstName: 'Anna',
		lastName: `Neri ${index}`,
		birthDate: '1970-11-22',
		contactPoints: [{ kind: 'email' as const, value: `anna.${index}@posta.example` }],
		consents: [{ channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, capturedOn: '2023-02-03' }],
	}));
	await saveCustomers(store, people, { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, new Date().toISOString());
	await demo.publish();
}, OPENING_MS);

afterAll(async () => await demo?.close(), 60_000);

interface MessageRow {
	state: string;
	value: string;
}

const messages = async (): Promise<MessageRow[]> =>
	(await sql<MessageRow>`select message.state, point.value from messages as message join contact_points as point on point.id = message.contact_point_id`.execute(store.db)).rows;
const inState = async (state: string) => (await messages()).filter((message) => message.state === state).length;

it('n8n killed in the middle of sending: every approved message has arrived once or is uncertain; none is lost, none comes twice', async () => {
	await until('the birthdays are planned', async () => (await inState('pending')) >= GREETED, 60_000);
	// Slow enough that much is left when the last page has been approved, also on a busy machine.
	demo.mailbox.faults.delayMs = 4_000;
	const desk = await DeskVisitor.logIn(`${demo.server().baseUrl}/webhook/${DESK_PATH}`);
	await desk.approveAll();
	const approved = (await messages()).filter(({ state }) => state !== 'pending');
	await until('some have been sent', () => demo.mailbox.mails().length >= 30);
	await demo.server().kill();

	const cutOff = await inState('sending');
	const arrivedBefore = demo.mailbox.mails().length;
	expect(await inState('approved')).toBeGreaterThan(0);
	expect(arrivedBefore).toBeLessThan(approved.length);

	demo.mailbox.faults.delayMs = 0;
	await demo.restart();
	await until('nothing is approved or on its way', async () => (await inState('approved')) + (await inState('sending')) === 0, SETTLED_MS);

	const mailsTo = Map.groupBy(demo.mailbox.mails(), ({ envelope }) => envelope.to[0]);
	const after = await messages();
	const count = (state: string) => after.filter((message) => message.state === state).length;
	expect(Math.max(...[...mailsTo.values()].map((mails) => mails.length))).toBe(1);
	expect(after.filter(({ state, value }) => state === 'sent' && !mailsTo.has(value))).toEqual([]);
	expect(count('sent') + count('uncertain')).toBe(approved.length);
	expect(count('uncertain')).toBe(cutOff);
	process.stderr.write(`kill: ${approved.length} approved, ${arrivedBefore} arrived before the kill, ${count('sent')} sent, ${count('uncertain')} uncertain, ${demo.mailbox.mails().length} mails in all\n`);
}, SETTLED_MS + 120_000);
