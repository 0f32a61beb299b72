import type { LinkedDeviceStandin } from '../../../demo/standins/linkedDevice/server';
import { saveShop } from '../../../lib/store/shops';
import { WhatsAppLinkedDeviceTrigger } from '../../../nodes/WhatsAppLinkedDeviceTrigger/WhatsAppLinkedDeviceTrigger.node';
import { startTrigger, testCredential, type RunningTrigger } from '../../support/runNode';
import { ANY_HOUR, openTestStore, type TestStore } from '../../support/store';
import { ANNA, clock, deviceWhen, LINKED_SECRET, startLinkedDeviceStandin, until } from './support';

jest.setTimeout(60_000);

let server: LinkedDeviceStandin;
let test: TestStore;
let running: RunningTrigger | undefined;

beforeEach(async () => {
	test = await openTestStore(clock());
	await saveShop(test.store.db, 'main', { policy: { ...ANY_HOUR, whatsAppLinked: true } }, clock());
	server = await startLinkedDeviceStandin();
	running = undefined;
});

afterEach(async () => {
	await running?.response.closeFunction?.();
	await server.stop();
	await test.close();
});

const start = async (mode: 'trigger' | 'manual', credential: object = {}) =>
	await startTrigger(WhatsAppLinkedDeviceTrigger, { mode, credentials: { opticalCrmStoreApi: test.settings, opticalLinkedDeviceApi: { secret: LINKED_SECRET, url: server.url, ...credential } } });
const look = async () => {
	const { items, response } = await start('manual');
	await response.manualTriggerFunction?.();
	return items[0];
};

it('shows the QR code of the published workflow as a picture in the editor, and starts the workflow with what customers write', async () => {
	running = await start('trigger');
	await deviceWhen(test.store, 'the session is held', ({ isHeld }) => isHeld);
	const shown = await look();
	expect(shown).toMatchObject({ json: { phone: { state: 'pairing', connected: false } }, binary: { qr: { mimeType: 'image/gif', fileName: 'qr.gif' } } });
	const { qr } = await deviceWhen(test.store, 'a code is shown', ({ qr }) => qr !== undefined);
	server.scan(qr as string);
	await deviceWhen(test.store, 'the phone is linked', ({ connected }) => connected);
	expect(await look()).toEqual({ json: { phone: { state: 'linked', connected: true, number: server.number, linkedAt: expect.any(String) } } });
	await server.say(ANNA, 'Ciao');
	const [item] = await until('it is heard', () => running && running.items.length > 0 && running.items);
	// Ids and codes: the words stay in the store.
	expect(item.json).toEqual({ reply: { kind: 'reply', channel: 'whatsappLinked', at: expect.any(String), meaning: 'other', ticketId: expect.any(Number) } });
});

it('asks WhatsApp for nothing before somebody wants to link the phone', async () => {
	running = await start('trigger');
	await deviceWhen(test.store, 'the session is held', ({ isHeld }) => isHeld);
	expect(await deviceWhen(test.store, 'nothing is offered', ({ state }) => state === 'pairing')).not.toHaveProperty('qr');
	expect(server.visits()).toBe(0);
});

it('a run by hand needs the published workflow, and says so', async () => {
	await expect(look()).rejects.toMatchObject({ message: 'No published workflow keeps the session of the phone', description: expect.stringContaining('Publish this workflow') });
});

it('takes no short secret and no address without encryption', async () => {
	await expect(start('trigger', { secret: 'short' })).rejects.toThrow('shorter than 32 characters');
	await expect(start('trigger', { url: 'ws://whatsapp.example' })).rejects.toThrow('no secure one');
	expect(await testCredential(WhatsAppLinkedDeviceTrigger, 'opticalLinkedDeviceApi', { secret: LINKED_SECRET })).toMatchObject({ status: 'OK' });
	expect(await testCredential(WhatsAppLinkedDeviceTrigger, 'opticalLinkedDeviceApi', { secret: 'short' })).toMatchObject({ status: 'Error' });
});
