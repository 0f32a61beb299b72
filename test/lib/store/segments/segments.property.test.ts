import fc from 'fast-check';
import { COMPARISONS, SEGMENT_DEFAULTS, type Condition, type PurchaseModel, type Rule, type SegmentScope } from '../../../../lib/domain/segment';
import { FACT_NAMES, factDefinition, type SegmentFacts } from '../../../../lib/domain/segmentFacts';
import { LENS_TYPES } from '../../../../lib/domain/records';
import { plusDays, plusMonths } from '../../../../lib/domain/time';
import { matches } from '../../../../lib/segments/matches';
import { READY_MADE } from '../../../../lib/segments/readyMade';
import { countCustomers, countSegment, segmentFacts, segmentMembers } from '../../../../lib/store/segments/members';
import { purchaseHistories, valueCuts } from '../../../../lib/store/segments/shopWide';
import { openStore, type Store } from '../../../../lib/store/open';
import { saveShop } from '../../../../lib/store/shops';
import { ON_POSTGRES, openTestStore, type TestStore } from '../../../support/store';
import { obviousFacts, type Shopper } from '../../segments/obviousFacts';

const NOW = '2026-03-31T08:00:00.000Z';
/** The end of a long month, after a short one: the day on which months are most easily miscounted. */
const TODAY = '2026-03-31';
const RUNS = ON_POSTGRES ? 15 : 40;

let test: TestStore;
beforeAll(async () => void (test = await openTestStore(NOW)));
afterAll(async () => await test.close());

/** Days all over the past, those on which something turns, and some that have not come. */
const day = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: -1500, max: 40 }).map((days) => plusDays(TODAY, days)) },
	{ weight: 3, arbitrary: fc.tuple(fc.constantFrom(1, 6, 12, 24, 36), fc.integer({ min: -1, max: 3 })).map(([months, days]) => plusDays(plusMonths(TODAY, -months), days)) },
	{ weight: 1, arbitrary: fc.constantFrom(TODAY, plusDays(TODAY, -30), plusDays(TODAY, -90), plusDays(TODAY, -120), plusDays(TODAY, 1)) },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const sale = fc.record({
	kind: fc.constantFrom('spectacles', 'spectacles', 'contact-lenses', 'other'), lensType: maybe(fc.constantFrom(...LENS_TYPES)), cents: maybe(fc.integer({ min: 0, max: 90_000 })),
	orderedOn: maybe(day), deliveredOn: maybe(day), returned: fc.boolean().map((yes) => yes && true), first: maybe(fc.boolean()), supplyDays: maybe(fc.constantFrom(30, 90, 180)), usefulMonths: maybe(fc.constantFrom(1, 12, 24, 36)),
}).filter(({ orderedOn, deliveredOn }) => orderedOn !== null || deliveredOn !== null).map((made) => ({ ...made, returned: made.returned && made.cents !== null && made.cents % 4 === 0 }));

const shopper: fc.Arbitrary<Shopper> = fc.record({
	birthDate: maybe(fc.constantFrom('1950-03-31', '1980-02-29', '2001-04-01', '2026-01-01')), sex: maybe(fc.constantFrom('F' as const, 'M' as const)), language: maybe(fc.constantFrom('it' as const, 'en' as const)),
	addresses: fc.uniqueArray(fc.record({ value: fc.constantFrom('{"street":"Via Roma 1","town":"Firenze"}', '{"town":"Fiesole","province":"FI"}', '{"street":"Via Po 2"}', 'Via Roma 1, Firenze'), preferred: fc.boolean() }), { maxLength: 3, selector: ({ value }) => value }),
	enteredOn: day, present: fc.integer({ min: 0, max: 9 }).map((number) => number > 0), sales: fc.array(sale, { maxLength: 5 }), exams: fc.array(day, { maxLength: 2 }),
	appointments: fc.array(fc.record({ day, status: fc.constantFrom('booked', 'kept', 'missed', 'cancelled') }), { maxLength: 2 }),
	quotes: fc.array(fc.record({ madeOn: day, validUntil: maybe(day), status: fc.constantFrom('open', 'accepted', 'expired') }), { maxLength: 2 }),
	answers: fc.array(fc.record({ day, answer: fc.constantFrom('fine', 'wrong', 'other') }), { maxLength: 3 }),
	messages: fc.array(fc.record({ sentOn: day, channel: fc.constantFrom('email', 'sms', 'letter'), state: fc.constantFrom('sent', 'delivered', 'read'), rehearsed: fc.boolean() }), { maxLength: 4 }),
});

const condition: fc.Arbitrary<Condition> = fc.constantFrom(...FACT_NAMES).chain((fact): fc.Arbitrary<Condition> => {
	const { type, values = [] } = factDefinition(fact);
	const comparisons = COMPARISONS.filter((comparison) => {
		const isOrder = ['above', 'atLeast', 'below', 'atMost'].includes(comparison);
		const isPart = comparison === 'contains' || comparison === 'lacks';
		return type === 'text' ? !isOrder : type === 'yesNo' ? !isOrder && !isPart : !isPart;
	});
	const value = type === 'text' ? fc.constantFrom(...values, 'MA', '%', 'r_s', 'firenze', 'Fi') : type === 'yesNo' ? fc.boolean() : type === 'day' ? day : fc.oneof(fc.integer({ min: -2, max: 5 }), fc.integer({ min: -40, max: 1500 }), fc.constantFrom(0.5, 2.5, 365.5, 1e7, -1e7));
	return fc.record({ fact: fc.constant(fact), comparison: fc.constantFrom(...comparisons), value });
});
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
	rule: fc.oneof({ maxDepth: 2 }, condition, fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }), fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) })),
})).rule;

const model: fc.Arbitrary<PurchaseModel> = fc.oneof(
	fc.record({ kind: fc.constant('bg-nbd' as const), r: fc.constantFrom(0.243, 2), alpha: fc.constantFrom(4.414, 60), a: fc.constant(0.793), b: fc.constant(2.426), buyers: fc.constant(1), logLikelihood: fc.constant(0) }),
	fc.record({ kind: fc.constant('interval' as const), days: fc.constantFrom(730, 91.5), buyers: fc.constant(1) }),
);

it('facts and segments of the database are those of the slow reference, and those that the pure rules find', async () => {
	let runs = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(shopper, { minLength: 1, maxLength: 12 }), fc.array(rule, { minLength: 5, maxLength: 12 }), model, async (people, rules, purchaseModel) => {
			const store = await shopOf(`shop${++runs}`);
			const ids = await store.db.transaction().execute(async (db) => await save({ ...store, db }, people));
			const scope: SegmentScope = { today: TODAY, settings: SEGMENT_DEFAULTS, model: purchaseModel };
			const present = people.filter((one) => one.present);
			scope.cuts = await valueCuts(store, scope, ['recency', 'frequency', 'monetary']);
			const facts = await segmentFacts(store, ids, FACT_NAMES, scope);
			const references = new Map(people.flatMap((one, index) => (one.present ? [[ids[index], obviousFacts(one, people, TODAY, SEGMENT_DEFAULTS, purchaseModel)]] : [])));
			expect([...facts.keys()].sort((one, other) => one - other)).toEqual([...references.keys()]);
			for (const [id, reference] of references) expect(facts.get(id)).toEqual(Object.fromEntries(FACT_NAMES.map((name) => [name, typeof reference[name] === 'number' ? expect.closeTo(reference[name] as number, 3) : reference[name]])));
			expect(await countCustomers(store)).toBe(present.length);
			for (const wanted of [...rules, ...Object.values(READY_MADE).map((segment) => segment.rule)]) {
				const members = [...facts].filter(([, known]) => matches(wanted, known)).map(([id]) => id).sort((one, other) => one - other);
				expect({ wanted, members: await segmentMembers(store, wanted, scope) }).toEqual({ wanted, members });
				expect(await countSegment(store, wanted, scope)).toBe(members.length);
				// The reference agrees where no rounding can move a value over a line.
				const slow = [...references].filter(([, known]) => matches(wanted, known as SegmentFacts)).map(([id]) => id);
				if (!JSON.stringify(wanted).includes('aliveProbability')) expect({ wanted, slow }).toEqual({ wanted, slow: members });
			}
		}),
		{ numRuns: RUNS },
	);
}, 240_000);

it('numbers of days are compared as numbers, also where the value is no whole one', async () => {
	const store = await shopOf('days');
	const sold = (days: number) => ({ kind: 'contact-lenses', lensType: null, cents: 1, orderedOn: null, deliveredOn: plusDays(TODAY, -days), returned: false, first: null, supplyDays: 5, usefulMonths: null });
	const nobody: Shopper = { birthDate: null, sex: null, language: null, addresses: [], enteredOn: TODAY, present: true, sales: [], exams: [], appointments: [], quotes: [], answers: [], messages: [] };
	const ids = await save(store, [1, 2, 3, 4, 7].map((days) => ({ ...nobody, sales: [sold(days)] })));
	const scope = { today: TODAY, settings: SEGMENT_DEFAULTS };
	const facts = await segmentFacts(store, ids, ['daysSincePurchase', 'daysToLensesEnd'], scope);
	for (const fact of ['daysSincePurchase', 'daysToLensesEnd'] as const) {
		for (const comparison of COMPARISONS.filter((one) => one !== 'contains' && one !== 'lacks')) {
			for (const value of [-2.5, -2, 1.999, 2, 2.5, 3, 1e9, -1e9]) {
				const members = ids.filter((id) => matches({ fact, comparison, value }, facts.get(id) as SegmentFacts));
				expect({ fact, comparison, value, members: await segmentMembers(store, { fact, comparison, value }, scope) }).toEqual({ fact, comparison, value, members });
			}
		}
	}
});

it('reads every purchase history once', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(shopper, { minLength: 1, maxLength: 12 }), async (people) => {
			const store = await shopOf(`histories${Math.random()}`.slice(0, 25));
			await store.db.transaction().execute(async (db) => await save({ ...store, db }, people.map((one) => ({ ...one, present: true }))));
			const found = await purchaseHistories(store, { today: TODAY, settings: SEGMENT_DEFAULTS });
			const expected = people.map((one) => obviousFacts(one, people, TODAY, SEGMENT_DEFAULTS, { kind: 'interval', days: 1, buyers: 1 })).filter(({ purchases }) => Number(purchases) > 0);
			const text = (history: { purchases: unknown; firstOn: unknown; lastOn: unknown }) => `${history.purchases} ${history.firstOn} ${history.lastOn}`;
			expect(found.flatMap((history) => Array.from({ length: history.customers }, () => text(history))).sort()).toEqual(
				expected.map(({ purchases, first, lastPurchaseOn }) => text({ purchases, firstOn: first, lastOn: lastPurchaseOn })).sort(),
			);
		}),
		{ numRuns: 10 },
	);
}, 60_000);

async function shopOf(code: string): Promise<Store> {
	await saveShop(test.store.db, code, { name: code }, NOW);
	return await openStore({ ...test.settings, shop: code });
}

async function save({ db, shop }: Pick<Store, 'db' | 'shop'>, people: readonly Shopper[]): Promise<number[]> {
	const common = { shop_id: shop.id, created_at: NOW, updated_at: NOW };
	const ids: number[] = [];
	for (const [index, one] of people.entries()) {
		const { id } = await db.insertInto('customers').values({
			...common, first_name: 'Giulia', last_name: 'Conti', sex: one.sex, language: one.language, birth_date: one.birthDate, match_key: '', search_name: '',
			entered_on: one.enteredOn, deceased: one.present || index % 2 ? 0 : 1, erased_at: one.present || index % 2 === 0 ? null : NOW,
		}).returning('id').executeTakeFirstOrThrow();
		ids.push(id);
		for (const { value, preferred } of one.addresses) await db.insertInto('contact_points').values({ shop_id: shop.id, customer_id: id, kind: 'address', value, status: 'valid', preferred: preferred ? 1 : 0, address_hash: '', created_at: NOW }).execute();
		let serial = 0;
		const record = () => ({ ...common, customer_id: id, source_key: `${id} ${++serial}` });
		for (const made of one.sales) {
			await db.insertInto('equipment').values({
				...record(), kind: made.kind, lens_type: made.lensType, amount_cents: made.cents, ordered_on: made.orderedOn, delivered_on: made.deliveredOn, returned_on: made.returned ? TODAY : null,
				first_progressive: made.first === null ? null : Number(made.first), supply_days: made.supplyDays, useful_months: made.usefulMonths,
			}).execute();
		}
		for (const taken_on of one.exams) await db.insertInto('exams').values({ ...record(), kind: 'vision', taken_on }).execute();
		for (const { day: on, status } of one.appointments) await db.insertInto('appointments').values({ ...record(), kind: 'exam', starts_at: `${on}T09:00:00.000Z`, status }).execute();
		for (const { madeOn, validUntil, status } of one.quotes) await db.insertInto('quotes').values({ ...record(), made_on: madeOn, valid_until: validUntil, status }).execute();
		for (const { day: answered_on, answer } of one.answers) await db.insertInto('customer_answers').values({ shop_id: shop.id, customer_id: id, kind: 'progressive', answer, answered_on, created_at: NOW }).execute();
		for (const message of one.messages) await saveMessage({ db, shop }, id, ++serial, message);
	}
	return ids;
}

async function saveMessage({ db, shop }: Pick<Store, 'db' | 'shop'>, customerId: number, stage: number, { sentOn, channel, state, rehearsed }: Shopper['messages'][number]): Promise<void> {
	const owned = { shop_id: shop.id, customer_id: customerId };
	const point = await db.insertInto('contact_points').values({ ...owned, kind: 'email', value: `${stage}@posta.example`, status: 'valid', preferred: 0, address_hash: '', created_at: NOW }).returning('id').executeTakeFirstOrThrow();
	const occasion = await db.insertInto('occasions').values({ ...owned, kind: 'birthday', due_on: sentOn, stage, state: 'settled', claims: 1, created_at: NOW }).returning('id').executeTakeFirstOrThrow();
	const message = await db.insertInto('messages').values({
		...owned, occasion_id: occasion.id, contact_point_id: point.id, channel, class: 'relational', language: 'it', template_id: 'birthday', template_version: 1, body: '', text: '', content_hash: '', state, provider: rehearsed ? 'rehearsal' : null, attempts: 1, created_at: NOW, updated_at: NOW,
	}).returning('id').executeTakeFirstOrThrow();
	for (const to_state of ['approved', 'sending', 'sent']) await db.insertInto('message_history').values({ message_id: message.id, at: `${sentOn}T10:00:00.000Z`, to_state, who: 'test' }).execute();
}
