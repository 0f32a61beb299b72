import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { sql } from 'kysely';
import type { LinkedDeviceStandin } from '../../../demo/standins/linkedDevice/server';
import { instantOf } from '../../../lib/domain/time';
import { openStore } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { approved } from '../../support/approved';
import { ANY_HOUR, openTestStore, type TestStore } from '../../support/store';
import { clock, leaveForPhone, link, LINKED_SECRET, phoneOf, startLinkedDeviceStandin, until } from './support';

jest.setTimeout(90_000);

const ROOT = path.join(__dirname, '..', '..', '..');
const NUMBERS = Array.from({ length: 5 }, (_, index) => `+39333123456${index}`);
/** Longer than the lease of a sending, and than the hold of the session. */
const MINUTES_LATER = 10;

let server: LinkedDeviceStandin;
let test: TestStore;
let child: ChildProcess;

beforeEach(async () => {
	test = await openTestStore(clock());
	await saveShop(test.store.db, 'main', { policy: { ...ANY_HOUR, whatsAppLinked: true } }, clock());
	test.store = await openStore(test.settings);
	server = await startLinkedDeviceStandin();
	child = spawn(process.execPath, ['--import', 'tsx', 'test/support/linkedPhoneAlone.ts', JSON.stringify(test.settings), server.url, LINKED_SECRET], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
});

afterEach(async () => {
	child.kill('SIGKILL');
	await server.stop();
	await test.close();
});

const states = async () => (await sql<{ state: string; value: string }>`select message.state, point.value from messages as message join contact_points as point on point.id = message.contact_point_id`.execute(test.store.db)).rows;

it('killed in the middle of sending: each message has arrived once or is uncertain; none is lost, none comes twice', async () => {
	await link(test.store, server);
	for (const number of NUMBERS) await server.say(number, 'Ciao');
	await until('all have written', async () => (await sql`select id from inbound_messages`.execute(test.store.db)).rows.length === NUMBERS.length);
	await approved(test.store, 'whatsappLinked', NUMBERS.map((value) => ({ contactPoints: [{ kind: 'phone', value, line: 'mobile' }] })), clock(), { kind: 'order.ready', message: { subject: undefined, text: 'Gli occhiali sono pronti.\n\nOttica Prova, Via Roma 1, Firenze', refusalUrl: undefined } });
	// The text has been read by then, and the word of the server is still under way.
	server.delayMs = 1_000;
	await leaveForPhone(test.store, undefined, clock());
	await until('the second was read', () => server.texts.length === 2);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect((await states()).map(({ state }) => state).sort()).toEqual(['approved', 'approved', 'approved', 'sending', 'sent']);

	server.delayMs = 0;
	const next = phoneOf(test.store, server.url);
	const later = () => instantOf(new Date(Date.now() + MINUTES_LATER * 60_000));
	Object.assign((next.phone as unknown as { setup: object }).setup, { clock: later });
	Object.assign((next.phone as unknown as { sender: object }).sender, { clock: later });
	next.phone.start();
	try {
		await until('nothing waits any more', async () => (await states()).every(({ state }) => ['sent', 'uncertain'].includes(state)));
	} finally {
		await next.phone.stop();
	}
	expect((await states()).map(({ state }) => state).sort()).toEqual(['sent', 'sent', 'sent', 'sent', 'uncertain']);
	expect(server.texts.map(({ to }) => to).sort()).toEqual(NUMBERS);
	expect(new Set(server.handedOver).size).toBe(server.handedOver.length);
});
