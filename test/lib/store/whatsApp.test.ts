import type { TemplateEvent } from '../../../lib/domain/inbound';
import type { AccountTemplate } from '../../../lib/domain/whatsApp';
import { plusMinutes } from '../../../lib/domain/time';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import { exportCustomer } from '../../../lib/store/customers/exportCustomer';
import { customerFacts } from '../../../lib/store/facts';
import { openStore, type Store } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { recordConsents } from '../../../lib/store/recordConsents';
import { recordTemplateEvents, saveWhatsAppAccount, saveWhatsAppTemplates, stopWhatsAppTemplates, whatsAppAccount, whatsAppTemplates } from '../../../lib/store/whatsApp/whatsAppAccount';
import { whatsAppState } from '../../../lib/store/whatsApp/whatsAppFacts';
import { openWhatsAppWindows } from '../../../lib/store/whatsApp/whatsAppWindows';
import { saveWording } from '../../../lib/store/wordings';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const ACCOUNT = { wabaId: 'W1', phoneNumberId: 'P1', limit: 250, quality: 'GREEN', state: 'CONNECTED', fetchedAt: NOW };
const NUMBER = '+393331234567';

let test: TestStore;
let store: Store;
let number = 0;
beforeEach(async () => {
	test = await openTestStore(NOW);
	store = test.store;
	await saveWhatsAppAccount(store, ACCOUNT);
});
afterEach(async () => await test.close());

const template = (changes: Partial<AccountTemplate> = {}): AccountTemplate => ({
	id: '1', name: 'ordine_pronto', language: 'it', state: 'APPROVED', category: 'UTILITY', parameterFormat: 'NAMED', header: 'none', headerParameters: [],
	bodyParameters: ['customer_name'], urlButtons: [{ index: 0, base: 'https://crm.example/' }], quality: 'GREEN', ...changes,
});
const told = (changes: Partial<TemplateEvent> = {}): TemplateEvent => ({ kind: 'template', channel: 'whatsapp', eventId: `e${++number}`, account: 'W1', at: plusMinutes(NOW, 1), ...changes });
const people = async (count: number, value?: string) =>
	await saved(store, Array.from({ length: count }, () => customer({ contactPoints: [{ kind: 'phone', value: value ?? `+39333${String(++number).padStart(7, '0')}`, line: 'mobile' }] })), NOW);
const pointsOf = async (ids: number[]) => [...(await customerFacts(store, ids)).values()].map(({ contactPoints }) => contactPoints[0].id);

/** A WhatsApp message that has left at this moment. */
async function sent(customerId: number, at: string, changes: { extra?: string | null; state?: string; shopId?: number } = {}): Promise<number> {
	const { db, shop } = store;
	const shop_id = changes.shopId ?? shop.id;
	const point = await db.selectFrom('contact_points').select('id').where('customer_id', '=', customerId).executeTakeFirstOrThrow();
	const { id: occasion_id } = await db.insertInto('occasions').values({ shop_id, customer_id: customerId, kind: 'order.ready', due_on: `2026-11-${10 + (++number % 20)}`, stage: number, state: 'settled', claims: 1, created_at: at }).returning('id').executeTakeFirstOrThrow();
	const { id } = await db.insertInto('messages').values({
		shop_id, customer_id: customerId, occasion_id, contact_point_id: point.id, channel: 'whatsapp', class: 'service', language: 'it', template_id: 'a', template_version: 1, body: 'a', text: 'a',
		content_hash: 'a', state: changes.state ?? 'sent', attempts: 1, created_at: at, updated_at: at, sent_on: at.slice(0, 10), extra: changes.extra === undefined ? '{"whatsApp":{}}' : changes.extra,
	}).returning('id').executeTakeFirstOrThrow();
	await db.insertInto('message_history').values({ message_id: id, at, from_state: 'approved', to_state: 'sending', who: 'sender' }).execute();
	return id;
}

describe('what the account has', () => {
	it('is kept, changed and forgotten as it is fetched', async () => {
		expect(await saveWhatsAppTemplates(store, 'W1', [template(), template({ name: 'auguri', state: 'PAUSED' }), template({ name: 'richiamo', quality: 'RED' })], NOW)).toEqual([
			{ template: 'auguri', language: 'it', what: 'PAUSED' }, { template: 'richiamo', language: 'it', what: 'RED' },
		]);
		expect(await whatsAppTemplates(store)).toEqual([template({ name: 'auguri', state: 'PAUSED' }), template(), template({ name: 'richiamo', quality: 'RED' })]);
		await saveWhatsAppTemplates(store, 'W1', [template({ bodyParameters: [] })], plusMinutes(NOW, 5));
		expect(await whatsAppTemplates(store)).toEqual([template({ bodyParameters: [] })]);
		expect(await whatsAppAccount(store)).toEqual(ACCOUNT);
		expect(await saveWhatsAppAccount(store, { ...ACCOUNT, limit: 'unlimited', quality: 'RED', state: 'RESTRICTED' })).toEqual([{ what: 'RED' }, { what: 'RESTRICTED' }]);
		expect(await whatsAppAccount(store)).toMatchObject({ limit: 'unlimited', quality: 'RED' });
	});

	it('is changed by webhooks: once, in the order of their time, and never by what is older', async () => {
		await saveWhatsAppTemplates(store, 'W1', [template(), template({ language: 'en' })], NOW);
		const paused = told({ name: 'ordine_pronto', language: 'it', state: 'PAUSED' });
		const [approved, quality] = [told({ ...paused, state: 'APPROVED', at: plusMinutes(NOW, 3) }), told({ name: 'ordine_pronto', language: 'it', quality: 'RED', at: plusMinutes(NOW, 2) })];
		expect(await recordTemplateEvents(store, [paused])).toEqual([{ template: 'ordine_pronto', language: 'it', what: 'PAUSED' }]);
		expect(await recordTemplateEvents(store, [paused])).toEqual([]);
		// Out of order, and more than one at once.
		expect(await recordTemplateEvents(store, [approved, quality, told({ name: 'unknown', language: 'it', state: 'PAUSED' })])).toEqual([{ template: 'ordine_pronto', language: 'it', what: 'RED' }]);
		expect(await recordTemplateEvents(store, [told({ ...paused, state: 'DISABLED', at: plusMinutes(NOW, -5) })])).toEqual([]);
		expect((await whatsAppTemplates(store)).map(({ language, state, quality: score }) => [language, state, score])).toEqual([['en', 'APPROVED', 'GREEN'], ['it', 'APPROVED', 'RED']]);
	});

	it('and so is the account, of which only ours counts', async () => {
		expect(await recordTemplateEvents(store, [told({ limit: 2000 }), told({ state: 'ACCOUNT_VIOLATION', at: plusMinutes(NOW, 2) }), told({ account: 'W2', limit: 'unlimited' })])).toEqual([{ what: 'ACCOUNT_VIOLATION' }]);
		expect(await whatsAppAccount(store)).toMatchObject({ limit: 2000, state: 'ACCOUNT_VIOLATION', quality: 'GREEN' });
	});

	it('stops where Meta takes nothing from it, until it is fetched anew', async () => {
		await saveWhatsAppTemplates(store, 'W1', [template(), template({ name: 'auguri' })], NOW);
		await stopWhatsAppTemplates(store, [{ name: 'auguri', language: 'it' }, { name: 'unknown', language: 'it' }], NOW);
		expect((await whatsAppTemplates(store)).map(({ name, state }) => [name, state])).toEqual([['auguri', 'STOPPED'], ['ordine_pronto', 'APPROVED']]);
		await saveWhatsAppTemplates(store, 'W1', [template({ name: 'auguri' })], plusMinutes(NOW, 1));
		expect(await whatsAppTemplates(store)).toMatchObject([{ state: 'APPROVED' }]);
	});
});

describe('the window', () => {
	const windowOf = async (ids: number[], now = NOW) => [...(await whatsAppState(store, ids, now, { besides: [] })).windows.values()];

	it('is open for a day after the latest message, whatever comes late or twice', async () => {
		const [id] = await people(1, NUMBER);
		await openWhatsAppWindows(store, [{ from: NUMBER, at: plusMinutes(NOW, -60) }, { from: NUMBER, at: plusMinutes(NOW, -10) }, { from: '+393330000000', at: NOW }], NOW);
		await openWhatsAppWindows(store, [{ from: NUMBER, at: plusMinutes(NOW, -60) }], NOW);
		expect(await windowOf([id])).toEqual([plusMinutes(NOW, -10)]);
		expect(await windowOf([id], plusMinutes(NOW, 1429))).toEqual([plusMinutes(NOW, -10)]);
		expect(await windowOf([id], plusMinutes(NOW, 1430))).toEqual([]);
	});

	it('opens no longer than a day from now, whatever the clock of the other side says', async () => {
		const [id] = await people(1, NUMBER);
		await openWhatsAppWindows(store, [{ from: NUMBER, at: '2030-01-01T00:00:00.000Z' }], NOW);
		expect(await windowOf([id])).toEqual([NOW]);
	});

	it('is forgotten after a day, told to the customer, and gone with her', async () => {
		const [id] = await people(1, NUMBER);
		await openWhatsAppWindows(store, [{ from: NUMBER, at: NOW }, { from: '+393330000000', at: plusMinutes(NOW, -1400) }], NOW);
		expect((await exportCustomer(store, id, NOW)).sections.whatsAppWindows).toMatchObject([{ lastMessageAt: NOW }]);
		const rows = async () => await store.db.selectFrom('whatsapp_windows').selectAll().execute();
		expect(JSON.stringify(await rows())).not.toContain('333');
		expect(await rows()).toHaveLength(2);
		await openWhatsAppWindows(store, [], plusMinutes(NOW, 60));
		expect(await rows()).toHaveLength(1);
		await eraseCustomers(store, [id], { reason: 'request', who: 'chiara' }, NOW);
		expect(await rows()).toEqual([]);
	});
});

describe('the recipients of the last 24 hours', () => {
	const portfolioOf = async (ids: number[], besides: number[] = []) => (await whatsAppState(store, ids, NOW, { besides })).portfolio;

	it('are unique numbers that got a template, and free up when the first has had a day without', async () => {
		const [one, other, third, fourth] = await people(4);
		const [shared] = await people(1, NUMBER);
		const [sharing] = await people(1, NUMBER);
		for (const minutes of [-1500, -1300, -100]) await sent(one, plusMinutes(NOW, minutes));
		await sent(other, plusMinutes(NOW, -1200), { state: 'uncertain' });
		await sent(shared, plusMinutes(NOW, -50));
		await sent(sharing, plusMinutes(NOW, -40));
		// Neither a day old, nor a free text, nor what never left.
		await sent(third, plusMinutes(NOW, -1440));
		await sent(third, NOW, { extra: null });
		await sent(fourth, NOW, { state: 'failed' });
		const waiting = await sent(fourth, NOW, { state: 'sending' });
		const points = await pointsOf([one, third, sharing]);
		expect(await portfolioOf([one, third, sharing], [waiting])).toEqual({ limit: 250, recipients: 3, freeAt: plusMinutes(NOW, 240), counted: new Set([points[0], points[2]]) });
		expect(await portfolioOf([one])).toMatchObject({ recipients: 4 });
	});

	it('are those of all shops of the account, and of no other', async () => {
		for (const [code, wabaId] of [['second', 'W1'], ['third', 'W3']]) {
			await saveShop(store.db, code, { name: `Ottica ${code}` }, NOW);
			const other = await openStore({ ...test.settings, shop: code });
			await saveWhatsAppAccount(other, { ...ACCOUNT, wabaId });
			const [id] = await saved(other, [customer({ contactPoints: [{ kind: 'phone', value: `+39333${++number}`, line: 'mobile' }] })], NOW);
			await sent(id, NOW, { shopId: other.shop.id });
		}
		const [mine] = await people(1);
		await sent(mine, NOW);
		expect(await portfolioOf([mine])).toMatchObject({ recipients: 2 });
	});

	it('are not known before Meta was asked, and few where Meta does not tell how many they may be', async () => {
		await saveWhatsAppAccount(store, { ...ACCOUNT, limit: undefined });
		expect(await portfolioOf([])).toMatchObject({ limit: 250, recipients: 0 });
		await store.db.deleteFrom('whatsapp_accounts').execute();
		expect(await portfolioOf([])).toBeUndefined();
	});
});

describe('opt-ins that name the shop', () => {
	it('are those whose wording holds its name', async () => {
		const [id, other] = await people(2);
		await saveWording(store, 'named', 'Sì, voglio ricevere su WhatsApp gli avvisi di OTTICA  Prova.', NOW);
		await saveWording(store, 'unnamed', 'Sì, voglio ricevere su WhatsApp gli avvisi dell\'ottica.', NOW);
		await saveWording(store, 'longer', 'Sì, a Ottica Provata.', NOW);
		const consent = (customerId: number, wordingVersion: string | undefined, more = {}) =>
			({ customerId, channel: 'whatsapp' as const, purpose: 'marketing' as const, status: 'granted' as const, legalBasis: 'consent', capturedAt: NOW, source: 'desk', ...(wordingVersion && { wordingVersion }), ...more });
		await recordConsents(store, [consent(id, 'named'), consent(id, 'unnamed'), consent(id, 'longer'), consent(id, undefined), consent(id, 'named', { status: 'withdrawn' }), consent(other, 'named')], NOW);
		const named = await store.db.selectFrom('consents').select('id').where('wording_version', '=', 'named').where('status', '=', 'granted').where('customer_id', '=', id).execute();
		expect([...(await whatsAppState(store, [id], NOW)).namingConsents]).toEqual(named.map((row) => row.id));
		expect((await whatsAppState(store, [id, other], NOW)).namingConsents.size).toBe(2);
	});
});

it('asks the store once, whatever the number of customers', async () => {
	const ids = await people(30);
	expect(await countStatements(async () => await whatsAppState(store, ids, NOW))).toBe(1);
	expect(await countStatements(async () => await whatsAppState(store, ids, NOW, { besides: [1, 2] }))).toBe(1);
});
