import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sql } from 'kysely';
import { instantAt, localDate, plusDays, plusMonths } from '../../../lib/domain/time';
import { USUAL_PRICES } from '../../../lib/domain/prices';
import { saveEquipment } from '../../../lib/store/records/equipment';
import { saveExams } from '../../../lib/store/records/exams';
import { saveShop } from '../../../lib/store/shops';
import { openStore, type Store } from '../../../lib/store/open';
import { usualTriggers } from '../../../nodes/OpticalCrm/actions/shop/forecast/kinds';
import { placeholders } from '../../../nodes/OpticalCrm/actions/shop/forecast/placeholder';
import { forecast, type ForecastContact } from '../../../nodes/OpticalCrm/actions/shop/forecast/simulate';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { dueItem, findDue } from '../../../nodes/shared/due';
import { planContacts } from '../../../nodes/shared/planContacts';
import { sendMessages } from '../../../nodes/shared/sendMessages';
import { countStatements, customer, saved } from '../../support/store';
import { runNode } from '../../support/runNode';
import { failure, NOW, openShop, TODAY, type TestShop } from '../support/shop';

const ZONE = 'Europe/Rome';
const DAYS = 24;
/** A dry run of weeks takes its time, above all on a server. */
const LONG = 60_000;

let shop: TestShop;
let store: Store;
beforeEach(async () => {
	shop = await openShop();
	store = shop.store;
});
afterEach(async () => await shop.close());

const run = async (fields: INodeParameters = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'shop', operation: 'forecast', ...fields } }))[0].map((item) => item.json as IDataObject);
const options = (days = DAYS) => ({ days, channels: ['email', 'letter'] as const, triggers: usualTriggers(ZONE) });
const ahead = async (days = DAYS) => await forecast(store, { ...options(days), channels: [...options().channels] }, NOW);

/** Customers with something due in the next weeks, each in another way. */
async function town(count = 12): Promise<number[]> {
	const consents = (['email', 'call', 'letter'] as const).map((channel) => ({ channel, purpose: 'recall' as const, status: 'granted' as const, capturedOn: '2023-02-03' }));
	const points = (number: number) => [{ kind: 'email' as const, value: `c${number}@posta.example` }, { kind: 'phone' as const, value: `+3932500000${String(number).padStart(2, '0')}`, line: 'mobile' as const }];
	const ids = await saved(store, Array.from({ length: count }, (_, number) => customer({
		birthDate: `19${50 + (number % 40)}-${plusDays(TODAY, number * 2).slice(5)}`, contactPoints: number % 5 === 4 ? [] : points(number),
		consents: number % 4 === 3 ? [] : [...consents, { channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }],
	})));
	const dayOf = (months: number, index: number) => plusDays(plusMonths(TODAY, -months), index * 3);
	await saveExams(store, ids.map((customerId, index) => ({ customerId, kind: 'vision' as const, takenOn: dayOf(24, index) })), NOW);
	const deliveries = ids.map((customerId, index) => (index % 3 === 0
		? { customerId, lensType: 'progressive' as const, deliveredOn: plusDays(TODAY, -index) }
		: { customerId, lensType: 'single-vision' as const, deliveredOn: dayOf(6, index) }));
	await saveEquipment(store, deliveries, NOW);
	return ids;
}

/** Everything that the store holds. */
async function dump(): Promise<string> {
	const tables = ['shops', 'customers', 'contact_points', 'consents', 'consent_heads', 'occasions', 'occasion_starts', 'decisions', 'messages', 'message_history', 'visit_rhythms', 'suppressions'];
	const rows = await Promise.all(tables.map(async (table) => (await sql`select * from ${sql.table(table)} order by 1, 2`.execute(store.db)).rows));
	return JSON.stringify(rows);
}

/** Of a contact the day counts, of what was blocked or put off only that it was. */
const told = ({ day, customer: { id }, occasion: { kind, stage, dueOn }, outcome, channel }: ForecastContact) =>
	[id, kind, stage, dueOn, outcome, ...(outcome === 'contacted' ? [day, channel] : [])].join(' ');

/** What the store says has become of everything, told in the same way. */
async function became(): Promise<string[]> {
	const { rows } = await sql<{ customer_id: number; kind: string; stage: number; due_on: string; outcome: string; state: string | null; channel: string | null; at: string | null }>`
		select occasion.customer_id, occasion.kind, occasion.stage, occasion.due_on, occasion.outcome, message.state, message.channel,
			(select min(at) from message_history where message_id = message.id and to_state = 'sent') as at
		from occasions as occasion left join messages as message on message.occasion_id = occasion.id where occasion.state <> 'waiting'`.execute(store.db);
	return rows.map(({ customer_id, kind, stage, due_on, outcome, state, channel, at }) => {
		const known = outcome === 'message' ? { sent: 'contacted', blocked: 'blocked', expired: 'dropped' }[state as string] ?? 'held' : outcome === 'deferred' ? 'held' : outcome;
		return [customer_id, kind, stage, due_on, known, ...(known === 'contacted' ? [localDate(at as string, ZONE), channel] : [])].join(' ');
	});
}

describe('Forecast', () => {
	it('changes nothing in the store, whether it succeeds or fails', async () => {
		await town();
		const before = await dump();
		expect((await run({ days: DAYS, channels: ['email', 'letter'], give: 'contacts' })).length).toBeGreaterThan(30);
		expect(await dump()).toBe(before);
		await expect(forecast({ ...store, shop: { ...store.shop, email: undefined } }, { ...options(), channels: ['email'] }, NOW)).rejects.toThrow(/no e-mail address/);
		expect(await dump()).toBe(before);
	}, LONG);

	it('says what then happens while nobody reacts', async () => {
		await town();
		const { contacts } = await ahead();
		for (const [day, time] of Array.from({ length: DAYS }, (_, number) => plusDays(TODAY, number)).flatMap((one) => [[one, '10:00'], [one, '17:00']])) {
			const now = instantAt(day, time, ZONE);
			for (const { kinds, restDays } of time === '10:00' ? usualTriggers(ZONE) : []) {
				const { found, today } = await findDue(store, kinds, { leaseMinutes: 60, mostPerPoll: 500, restDays, olderDays: 0 }, { claim: true }, now);
				const items = found.map((occasion) => dueItem(occasion, kinds.find(({ kind }) => kind === occasion.kind) as (typeof kinds)[number], today));
				await planContacts(store, items, { channelsOf: ({ by }) => (by === 'call' ? ['call'] : ['email', 'letter']), write: placeholders(store), approvalOf: () => 'policy' }, now);
			}
			for (const channel of ['email', 'letter', 'call'] as const) {
				await sendMessages(store, channel, { send: async () => ({ outcome: 'sent', providerId: '1' }), close: async () => undefined }, { most: 500, parallel: 500, leaseMinutes: 2 }, () => now);
			}
		}
		expect(contacts.map(told).sort()).toEqual((await became()).sort());
		expect(new Set(contacts.map(({ occasion }) => occasion.stage))).toEqual(new Set([1, 2]));
		expect(contacts.some(({ channel, outcome }) => channel === 'call' && outcome === 'contacted')).toBe(true);
		expect(contacts.some(({ outcome }) => outcome === 'blocked')).toBe(true);
	}, LONG);

	it('gives a count for each day, or for all days together', async () => {
		const [, withoutConsent] = [await shop.customers(3), await shop.customers(2, { consents: [] })];
		const [today, tomorrow, ...more] = await run({ days: 3, kinds: ['birthday', 'recall.vision'] });
		expect(today).toMatchObject({
			day: TODAY, occasions: 5, messages: 3, calls: 0, blocked: 2, held: 0, contactsByKind: { birthday: { email: 3 } }, reasons: { CONSENT_MISSING: 2 }, staffMinutes: 1.5, costCents: { messages: 0, staff: 63 },
		});
		expect([tomorrow, ...more]).toMatchObject([{ day: '2026-11-23', occasions: 0 }, { day: '2026-11-24', occasions: 0 }]);
		expect(await run({ days: 3, kinds: ['birthday', 'recall.vision'], give: 'total', costs: { cost_email: 0.1, approvalMinutes: 2, staffHour: 30 } })).toMatchObject([
			{ from: TODAY, to: '2026-11-24', occasions: 5, messages: 3, staffMinutes: 6, costCents: { messages: 30, staff: 300, total: 330 }, leftOut: { 'recall.vision': 0 } },
		]);
		const blocked = (await run({ days: 1, give: 'contacts' })).filter(({ outcome }) => outcome === 'blocked');
		expect(blocked).toMatchObject(withoutConsent.map((id) => ({ day: TODAY, customer: { id }, occasion: { kind: 'birthday' }, channel: 'email', reason: 'CONSENT_MISSING', rule: 'R07' })));
	});

	it('reckons with the prices of the shop, unless the panel says otherwise', async () => {
		await saveShop(store.db, store.shop.code, { smsAlias: 'OtticaProva' }, NOW);
		await shop.customers(2, { contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }], consents: [{ channel: 'sms', purpose: 'marketing', status: 'granted', capturedOn: '2026-01-01' }] });
		const cost = async (costs: INodeParameters = {}) => ((await run({ days: 3, channels: ['sms'], give: 'total', kinds: ['birthday'], costs }))[0].costCents as IDataObject).messages;
		const before = (await cost()) as number;
		expect(before).toBeGreaterThan(0);
		await saveShop(store.db, store.shop.code, { prices: { smsSegment: 200 } }, NOW);
		expect(await cost()).toBe((before / USUAL_PRICES.smsSegment) * 200);
		expect(await cost({ cost_sms: 0.4 })).toBe((before / USUAL_PRICES.smsSegment) * 400);
	});

	it('looks for the chosen occasions only, and leaves out who is contacted already', async () => {
		await shop.customers(2);
		expect(await run({ days: 1, kinds: ['recall.vision'] })).toMatchObject([{ occasions: 0 }]);
		expect(await run({ days: 1, kinds: ['birthday'] })).toMatchObject([{ occasions: 2 }]);
		await shop.queued();
		expect(await run({ days: 1 })).toMatchObject([{ occasions: 0 }]);
	});

	it('begins on the rehearsal date of a shop that has one', async () => {
		await saved(store, [customer({ birthDate: '1980-01-06' })]);
		await saveShop(store.db, 'main', { rehearsalDate: '2027-01-05' }, NOW);
		store = await openStore(shop.credentials.opticalCrmStoreApi);
		expect((await ahead(2)).contacts).toMatchObject([{ day: '2027-01-06', occasion: { kind: 'birthday', daysLate: 0 } }]);
	});

	it('takes as many statements for many customers as for few', async () => {
		const statements = async () => await countStatements(async () => void (await ahead(10)));
		await town(24);
		const few = await statements();
		await town(76);
		// Some kinds have somebody on days on which they had nobody before.
		expect(await statements()).toBeLessThan(few * 1.4);
	}, LONG);

	it('refuses days and costs that cannot be', async () => {
		expect(await failure(run({ days: 0 }))).toMatchObject({ message: expect.stringMatching(/Days/), description: expect.stringMatching(/30/) });
		expect(await failure(run({ costs: { staffHour: -1 } }))).toMatchObject({ message: expect.stringMatching(/staffHour/) });
	});
});
