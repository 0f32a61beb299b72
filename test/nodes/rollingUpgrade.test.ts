import type { Outgoing } from '../../lib/channels/channel';
import { messageStates } from '../../lib/store/review';
import { holdLinkedDevice } from '../../lib/store/linkedDevice/device';
import { plusMinutes } from '../../lib/domain/time';
import { MOVED } from '../../lib/store/migrate';
import { MIGRATIONS, SCHEMA_VERSION } from '../../lib/store/migrations';
import { openStore } from '../../lib/store/open';
import { BirthdayDueTrigger } from '../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { SendMessage } from '../../nodes/SendMessage/SendMessage.node';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { recorder, SENDING } from '../release/busyShop';
import { approved } from '../support/approved';
import { callWebhook, logged, pollNode, runNode } from '../support/runNode';
import { StaffDeskTrigger } from '../../nodes/StaffDeskTrigger/StaffDeskTrigger.node';
import { failure, NOW, openShop, type TestShop } from './support/shop';

/* A chain of several n8n at work, of which one has the package of tomorrow already: the same code with one more step of the schema. */

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

/** Tomorrow's package: what it exports, loaded beside today's. */
async function newer(): Promise<{ openStore: typeof openStore; sendMessages: typeof sendMessages; close(): Promise<void> }> {
	let loaded: { open: typeof import('../../lib/store/open'); send: typeof import('../../nodes/shared/sendMessages') } | undefined;
	jest.doMock('../../lib/store/migrations', () => ({
		MIGRATIONS: [...MIGRATIONS, { version: SCHEMA_VERSION + 1, name: 'of-tomorrow', statements: () => ["alter table messages add column tomorrow text not null default ''", 'create table tomorrow (shop_id integer not null references shops (id))'] }],
		SCHEMA_VERSION: SCHEMA_VERSION + 1,
	}));
	await jest.isolateModulesAsync(async () => {
		loaded = { open: await import('../../lib/store/open'), send: await import('../../nodes/shared/sendMessages') };
	});
	jest.dontMock('../../lib/store/migrations');
	const { open, send } = loaded as NonNullable<typeof loaded>;
	return { openStore: open.openStore, sendMessages: send.sendMessages, close: async () => await open.closeDatabase(shop.credentials.opticalCrmStoreApi) };
}

const people = (count: number) => Array.from({ length: count }, (_, one) => ({ lastName: `Prova ${one}`, contactPoints: [{ kind: 'email' as const, value: `prova.${one}@posta.example` }] }));
const states = async (ids: number[]) => {
	const known = await messageStates(shop.store, ids);
	return ids.map((id) => known.get(id));
};
const SAYS = { message: expect.stringContaining('newer version'), description: expect.stringMatching(/each worker.*kept/) };

it('the older n8n refuses, says what to do, and takes nothing; the newer one goes on', async () => {
	await shop.customers(2);
	const ids = (await approved(shop.store, 'email', people(3), NOW)).map(({ id }) => id);
	const other = await newer();
	const store = await other.openStore(shop.credentials.opticalCrmStoreApi);
	expect(await failure(pollNode(BirthdayDueTrigger, { credentials: shop.credentials }))).toMatchObject(SAYS);
	const smtp = { host: '127.0.0.1', port: 9, user: 'x', password: 'x', secure: false, requireTls: false };
	expect(await failure(runNode(SendMessage, { parameters: { operation: 'sendApproved' }, credentials: { ...shop.credentials, opticalSmtpApi: smtp } }))).toMatchObject(SAYS);
	const desk = await callWebhook(StaffDeskTrigger, { credentials: { ...shop.credentials, opticalCrmDeskApi: { accounts: {} } } });
	expect([desk.status, logged.at(-1)]).toEqual([500, expect.stringContaining('newer version')]);
	expect(await states(ids)).toEqual(['approved', 'approved', 'approved']);
	const way = recorder();
	await other.sendMessages(store, 'email', way, SENDING, () => NOW);
	expect(way.sent.map(({ id }) => id)).toEqual(ids);
	await other.close();
});

it('a run of the older n8n that is under way records what it has sent, takes no more, and the newer one sends the rest: each once', async () => {
	const ids = (await approved(shop.store, 'email', people(6), NOW)).map(({ id }) => id);
	let other: Awaited<ReturnType<typeof newer>> | undefined;
	const sent: Outgoing[] = [];
	const way = { close: async () => undefined, send: async (message: Outgoing) => {
		sent.push(message);
		if (sent.length === 2) {
			other = await newer();
			await other.openStore(shop.credentials.opticalCrmStoreApi);
		}
		return { outcome: 'sent' as const, providerId: `P${message.id}` };
	} };
	await sendMessages(shop.store, 'email', way, SENDING, () => NOW);
	expect(await states(ids)).toEqual(['sent', 'sent', 'approved', 'approved', 'approved', 'approved']);
	const rest = recorder();
	const { openStore: openAsNewer, sendMessages: sendAsNewer, close } = other as NonNullable<typeof other>;
	await sendAsNewer(await openAsNewer(shop.credentials.opticalCrmStoreApi), 'email', rest, SENDING, () => NOW);
	expect([...sent, ...rest.sent].map(({ id }) => id)).toEqual(ids);
	expect(await states(ids)).toEqual(ids.map(() => 'sent'));
	await close();
});

it('the older n8n lets the session of the phone go', async () => {
	expect(await holdLinkedDevice(shop.store, 'older', plusMinutes(NOW, 1), NOW)).toBeDefined();
	const other = await newer();
	await other.openStore(shop.credentials.opticalCrmStoreApi);
	expect(await holdLinkedDevice(shop.store, 'older', plusMinutes(NOW, 2), NOW)).toBeUndefined();
	await other.close();
});

it('a file that was moved to PostgreSQL takes no more work, also from an n8n that had it open', async () => {
	const ids = (await approved(shop.store, 'email', people(2), NOW)).map(({ id }) => id);
	await shop.store.db.insertInto('schema_migrations' as never).values({ version: MOVED, name: 'moved', applied_at: NOW } as never).execute();
	const way = recorder();
	await sendMessages(shop.store, 'email', way, SENDING, () => NOW);
	expect([way.sent, await states(ids)]).toEqual([[], ['approved', 'approved']]);
	expect(await failure(pollNode(BirthdayDueTrigger, { credentials: shop.credentials }))).toMatchObject({ message: 'This store was moved to PostgreSQL' });
});
