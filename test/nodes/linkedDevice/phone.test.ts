import { format } from 'node:util';
import { sql } from 'kysely';
import { listAlerts } from '../../../lib/store/alerts';
import { findLinkedDevice, resumeLinkedDevice, wishOfLinkedDevice } from '../../../lib/store/linkedDevice/device';
import { openStore } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import type { LinkedDeviceStandin } from '../../../demo/standins/linkedDevice/server';
import { receiveEvents } from '../../../nodes/shared/receiveEvents';
import { approved } from '../../support/approved';
import { ANY_HOUR, openTestStore, type TestStore } from '../../support/store';
import { ANNA, clock, deviceWhen, leaveForPhone, link, phoneOf, sleep, startLinkedDeviceStandin, stateOf, until } from './support';

const BRUNO = '+393337654321';
const STRANGER = '+393330000000';
const TEXT = 'Gentile cliente, i suoi occhiali sono pronti.\n\nChiara\nOttica Prova, Via Roma 1, Firenze';

jest.setTimeout(60_000);

let server: LinkedDeviceStandin;
let test: TestStore;
let phones: Array<ReturnType<typeof phoneOf>>;

beforeEach(async () => {
	test = await openTestStore(clock());
	await saveShop(test.store.db, 'main', { policy: { ...ANY_HOUR, whatsAppLinked: true } }, clock());
	test.store = await openStore(test.settings);
	server = await startLinkedDeviceStandin();
	for (const number of [ANNA, BRUNO, STRANGER]) server.customer(number);
	phones = [];
});

afterEach(async () => {
	await Promise.all(phones.map(async ({ phone }) => await phone.stop()));
	await server.stop();
	await test.close();
}, 30_000);

function start(changes?: Parameters<typeof phoneOf>[2]) {
	const started = phoneOf(test.store, server.url, changes);
	phones.push(started);
	started.phone.start();
	return started;
}

/** A customer writes, and it is kept. */
const says = async (number: string) => {
	await server.say(number, 'Ciao');
	await until('it is kept', async () => (await test.store.db.selectFrom('inbound_messages').select('id').where('sender', '=', number).execute()).length > 0);
};

const written = async (numbers: string[]) =>
	(await approved(test.store, 'whatsappLinked', numbers.map((value) => ({ contactPoints: [{ kind: 'phone', value, line: 'mobile' }] })), clock(), { kind: 'order.ready', message: { subject: undefined, text: TEXT, refusalUrl: undefined } })).map(({ id }) => id);

it('is paired by a QR code, and sends what was left for it to who wrote before: the text is read at the other side', async () => {
	const { heard } = start();
	await link(test.store, server);
	const [anna, bruno] = await written([ANNA, BRUNO]);
	await server.say(ANNA, 'Buongiorno, sono pronti gli occhiali?');
	const [reply] = await until('the reply is heard', () => heard.length > 0 && heard);
	expect(reply).toMatchObject({ customer: { id: expect.any(Number) }, reply: { kind: 'reply', channel: 'whatsappLinked', ticketId: expect.any(Number) } });
	await sleep(300);
	expect(server.handedOver).toEqual([]);

	expect(await leaveForPhone(test.store, [anna, bruno], clock())).toEqual([anna, bruno]);
	await until('it was sent', async () => (await stateOf(test.store, anna)) === 'sent');
	expect(server.texts).toMatchObject([{ to: ANNA, text: TEXT }]);
	// Bruno never wrote.
	await until('the other was decided', async () => (await stateOf(test.store, bruno)) === 'blocked');
	expect(heard).toContainEqual(expect.objectContaining({ message: { id: bruno, state: 'blocked' }, reply: expect.objectContaining({ code: 'UNOFFICIAL_COLD' }) }));

	server.report(server.texts[0].id, 'read');
	await until('it was read', async () => (await stateOf(test.store, anna)) === 'read');
	expect(server.texts).toHaveLength(1);
});

it('is paired by a code that is typed on the phone; a restart needs no pairing, and what came meanwhile is heard', async () => {
	const first = start();
	await until('the node runs', async () => await wishOfLinkedDevice(test.store, { kind: 'code', number: server.number }, clock()));
	const { code } = await deviceWhen(test.store, 'a code is shown', ({ code }) => code !== undefined);
	expect(code).toMatch(/^[1-9A-HJ-NP-Z]{8}$/);
	await server.typeCode(code as string);
	await deviceWhen(test.store, 'the phone is linked', ({ connected }) => connected);
	await first.phone.stop();
	expect(await findLinkedDevice(test.store, clock())).toMatchObject({ state: 'linked', connected: false, isHeld: false });
	// Nobody has keys yet by which to write: the first connection has brought them to the server.
	await server.say(ANNA, 'Siete aperti domani?');

	const second = start();
	await until('it is heard', () => second.heard.some(({ reply }) => reply.kind === 'reply'));
	expect(first.heard).toEqual([]);
});

it('what is kept of the session tells nothing: neither keys nor numbers', async () => {
	start();
	await link(test.store, server);
	await says(ANNA);
	const { rows } = await sql<{ kind: string; name: string; value: string }>`select kind, name, value from linked_device_keys`.execute(test.store.db);
	expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['creds', 'pre-key', 'session', 'lid-mapping']));
	const everything = JSON.stringify(rows) + rows.map(({ value }) => Buffer.from(value, 'base64').toString('latin1')).join();
	for (const known of [ANNA.slice(1), server.number.slice(1), 'private', 'noiseKey', 'registrationId']) expect(everything).not.toContain(known);
});

it('error 463 stops the sending and tells the staff, until somebody says that it may go on', async () => {
	start();
	await link(test.store, server);
	await says(ANNA);
	await says(BRUNO);
	const [first, second] = await written([ANNA, BRUNO]);
	server.fate = { nack: 463 };
	await leaveForPhone(test.store, undefined, clock());
	await deviceWhen(test.store, 'it has stopped', ({ stoppedCode }) => stoppedCode === 'WA_463');
	server.fate = 'ack';
	await sleep(300);
	expect(await Promise.all([first, second].map(async (id) => await stateOf(test.store, id)))).toEqual(['failed', 'approved']);
	expect(await listAlerts(test.store, clock())).toMatchObject([{ kind: 'linkedDevice', subject: 'WA_463' }]);

	expect(await resumeLinkedDevice(test.store, clock())).toBe(true);
	await until('the other was sent', async () => (await stateOf(test.store, second)) === 'sent');
});

it.each([[401, 'loggedOut', 'LOGGED_OUT', 0], [403, 'banned', 'BANNED', 0], [440, 'conflict', 'CONFLICT', 1]] as const)('the end %i makes the phone rest: %s, with an alert', async (code, state, subject, kept) => {
	start();
	await link(test.store, server);
	server.refuse(code);
	expect(await deviceWhen(test.store, 'it rests', (device) => device.state === state)).toMatchObject({ connected: false });
	expect(await listAlerts(test.store, clock())).toMatchObject([{ kind: 'linkedDevice', subject }]);
	const credentials = async () => (await sql`select kind from linked_device_keys where kind = 'creds'`.execute(test.store.db)).rows.length;
	await until('the keys are forgotten or kept', async () => (await credentials()) === kept);
	// It is not tried again by itself.
	await sleep(300);
	expect(server.connected()).toBe(0);
	expect(await credentials()).toBe(kept);
});

it('a number that is not on WhatsApp is not tried there again', async () => {
	start();
	await link(test.store, server);
	const [id] = await written(['+393339999999']);
	await receiveEvents(test.store, [{ kind: 'reply', channel: 'whatsappLinked', eventId: 'x', from: '+393339999999', text: 'Ciao', at: clock() }], clock());
	await leaveForPhone(test.store, undefined, clock());
	await until('it has failed', async () => (await stateOf(test.store, id)) === 'failed');
	expect(server.handedOver).toEqual([]);
	expect(await test.store.db.selectFrom('contact_points').select('unreachable').where('value', '=', '+393339999999').execute()).toEqual([{ unreachable: 'whatsappLinked' }]);
});

it('a shop that switches its phone off, or a marketing text: nothing leaves', async () => {
	start();
	await link(test.store, server);
	await says(ANNA);
	await says(BRUNO);
	const [service] = await written([ANNA]);
	const [marketing] = await approved(test.store, 'whatsappLinked', [{ contactPoints: [{ kind: 'phone', value: BRUNO, line: 'mobile' }] }], clock(), { kind: 'birthday', messageClass: 'relational' });
	await leaveForPhone(test.store, [marketing.id], clock());
	await until('it is blocked', async () => (await stateOf(test.store, marketing.id)) === 'blocked');
	await saveShop(test.store.db, 'main', { policy: { whatsAppLinked: false } }, clock());
	test.store.shop = (await openStore(test.settings)).shop;
	await leaveForPhone(test.store, undefined, clock());
	await until('it is blocked too', async () => (await stateOf(test.store, service)) === 'blocked');
	expect(server.handedOver).toEqual([]);
});

it('a line that breaks is taken up again by itself, and what was left leaves then', async () => {
	start();
	await link(test.store, server);
	await says(ANNA);
	server.drop();
	await deviceWhen(test.store, 'it is away', ({ connected }) => !connected);
	const [id] = await written([ANNA]);
	await leaveForPhone(test.store, undefined, clock());
	await until('it was sent', async () => (await stateOf(test.store, id)) === 'sent');
	expect(server.texts).toHaveLength(1);
});

it.each(['silence', 'cut'] as const)('a message without the server\'s word (%s) is uncertain and sent no second time; its receipt makes it known', async (fate) => {
	start();
	await link(test.store, server);
	await says(ANNA);
	server.fate = fate;
	const [id] = await written([ANNA]);
	await leaveForPhone(test.store, undefined, clock());
	await until('it is uncertain', async () => (await stateOf(test.store, id)) === 'uncertain');
	server.fate = 'ack';
	await deviceWhen(test.store, 'it is there again', ({ connected }) => connected);
	await sleep(300);
	expect(server.texts).toHaveLength(1);
	server.report(server.texts[0].id, 'delivered');
	await until('it is known', async () => (await stateOf(test.store, id)) === 'delivered');
});

it('one process has the session; the next takes it over when the first is silent for long enough', async () => {
	const first = start({ holdMs: 2_000 });
	await link(test.store, server);
	const second = start({ holdMs: 2_000 });
	await sleep(500);
	expect(server.connected()).toBe(1);
	// As if its process stood still: it says no more that it holds the session, and its connection stands.
	(first.phone as unknown as { beat: () => void }).beat = () => undefined;
	await until('the second has the session', async () => (await test.store.db.selectFrom('linked_devices').select('holder').executeTakeFirstOrThrow()).holder === (second.phone as unknown as { holder: string }).holder);
	await deviceWhen(test.store, 'the second is connected', ({ connected }) => connected);
	await server.say(ANNA, 'Ciao');
	await until('the second hears', () => second.heard.length > 0);
	expect(first.heard).toEqual([]);
	expect(server.connected()).toBe(1);
	// That the first was sent away is no news of the phone.
	expect(await listAlerts(test.store, clock())).toEqual([]);
	expect([...first.warnings, ...second.warnings]).toEqual([]);
});

it('prints no keys: what the library says of its sessions on the console holds none', async () => {
	const printed: unknown[][] = [];
	const { console: real } = jest.requireActual<typeof import('node:vm')>('node:vm').runInThisContext('globalThis') as { console: Console };
	const [info, warn] = [jest.spyOn(real, 'info'), jest.spyOn(real, 'warn')];
	for (const spy of [info, warn]) spy.mockImplementation((...line: unknown[]) => void printed.push(line));
	start();
	await link(test.store, server);
	await says(ANNA);
	const [id] = await written([ANNA]);
	await leaveForPhone(test.store, undefined, clock());
	await until('it was sent', async () => (await stateOf(test.store, id)) === 'sent');
	for (const spy of [info, warn]) spy.mockRestore();
	expect(printed.length).toBeGreaterThan(0);
	expect(printed.map((line) => format(...line)).join('\n')).not.toMatch(/privKey|Buffer|chainKey|rootKey/);
});
