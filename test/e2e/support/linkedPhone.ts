import { DESK_PATH } from '../../../demo/setup/shopContext';
import { DeskVisitor } from '../../../demo/setup/deskVisitor';
import { demoWorkflow } from '../../../demo/setup/demoWorkflow';
import { requireSuccess } from '../../../demo/setup/n8nExecution';
import type { LinkedDeviceStandin } from '../../../demo/standins/linkedDevice/server';
import { openStore, type Store } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { ANNA, clock, deviceWhen, LINKED_SECRET, startLinkedDeviceStandin, stateOf, until } from '../../nodes/linkedDevice/support';
import { approved } from '../../support/approved';
import { OPENING_MS, type DemoShop } from './demoShop';

const PHONE = '86-linked-phone.json';
const EVERY_MINUTE = 'Every Minute';
const TEXT = 'Gentile Anna, i suoi occhiali sono pronti.\n\nChiara\nOttica Belvedere';

/**
 * The shop's phone, linked on the Desk: what customers write to it, and what leaves by it.
 * @param open a shop on a day
 */
export function linkedPhone(open: (today: string) => Promise<DemoShop>): void {
	let demo: DemoShop;
	let store: Store;
	let server: LinkedDeviceStandin;
	let desk: DeskVisitor;
	let workflow: string;

	beforeAll(async () => {
		demo = await open(clock().slice(0, 10));
		server = await startLinkedDeviceStandin();
		server.customer(ANNA);
		const { settings, context: { folder }, workflows, credentials } = demo.shop;
		store = await openStore(settings);
		await saveShop(store.db, settings.shop, { policy: { ...store.shop.policy, whatsAppLinked: true } }, clock());
		store = await openStore(settings);
		const id = await demo.client().saveCredential({ name: 'Demo phone', type: 'opticalLinkedDeviceApi', data: { secret: LINKED_SECRET, url: server.url } });
		workflow = await demo.client().saveWorkflow(await demoWorkflow(folder, PHONE, () => undefined), { ...credentials, opticalLinkedDeviceApi: { id, name: 'Demo phone' } });
		await demo.client().activate(workflows['80-desk.json']);
		await demo.client().activate(workflow);
		desk = await DeskVisitor.logIn(`${demo.pages()}/${DESK_PATH}`);
	}, OPENING_MS);

	afterAll(async () => {
		await server?.stop();
		await demo?.close();
	}, 60_000);

	it('asks WhatsApp for nothing before the lead does, who links the phone on the Desk', async () => {
		await deviceWhen(store, 'n8n holds the session', ({ isHeld }) => isHeld);
		expect(server.visits()).toBe(0);
		await desk.act({ action: 'phoneConnect' });
		const { qr } = await deviceWhen(store, 'a QR code is there', (device) => device.qr !== undefined);
		expect(await desk.page('?view=phone')).toMatch(/<img[^>]+src="data:image\/(?:gif|svg)/);
		server.scan(qr as string);
		await deviceWhen(store, 'the phone is linked', ({ state, connected }) => state === 'linked' && connected);
		expect(server.connected()).toBe(1);
		expect(await desk.page('?view=phone')).not.toContain(LINKED_SECRET);
	});

	it('hears a customer, and sends what was approved and left for it: the text is read at the other side, once', async () => {
		const [{ id }] = await approved(store, 'whatsappLinked', [{ contactPoints: [{ kind: 'phone', value: ANNA, line: 'mobile' }] }], clock(), { kind: 'order.ready', message: { subject: undefined, text: TEXT, refusalUrl: undefined } });
		await server.say(ANNA, 'Buongiorno, sono pronti gli occhiali?');
		await until('the shop has a ticket', async () => (await store.db.selectFrom('tickets').select('id').execute()).length > 0);
		requireSuccess(await demo.client().waitForExecution(await demo.client().run(workflow, EVERY_MINUTE)));
		await until('it was sent', async () => (await stateOf(store, id)) === 'sent', 50_000);
		expect(server.texts).toMatchObject([{ to: ANNA, text: TEXT }]);
		server.report(server.texts[0].id, 'read');
		await until('it was read', async () => (await stateOf(store, id)) === 'read');
		expect(server.texts).toHaveLength(1);
	});

	it('needs no pairing after n8n was started again', async () => {
		await demo.server().stop();
		await demo.restart();
		await deviceWhen(store, 'the phone is connected again', ({ state, connected, isHeld }) => state === 'linked' && connected && isHeld);
		await server.say(ANNA, 'Grazie!');
		await until('it is heard', async () => (await store.db.selectFrom('inbound_messages').select('id').where('sender', '=', ANNA).execute()).length === 2);
	}, 180_000);
}
