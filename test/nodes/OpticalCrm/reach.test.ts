import fc from 'fast-check';
import { CONSENT_STATUSES, type NewConsent } from '../../../lib/domain/consent';
import { CHANNELS, type Channel } from '../../../lib/domain/glossary';
import { decide } from '../../../lib/consent/decide';
import { recordConsents } from '../../../lib/store/recordConsents';
import { customerFacts } from '../../../lib/store/facts';
import type { Store } from '../../../lib/store/open';
import { suppress } from '../../../lib/store/suppressions';
import { KINDS } from '../../../nodes/shared/reach';
import { qualityFigures } from '../../../nodes/shared/quality';
import { customer, saved } from '../../support/store';
import { NOW, openShop, TODAY } from '../support/shop';

/** How it was done before: every customer's facts, and every question, one by one. */
async function oneByOne(store: Store, ids: readonly number[], channels: readonly Channel[]): Promise<Record<string, number>> {
	const people = [...(await customerFacts(store, ids)).values()].filter(({ deceased }) => !deceased);
	return Object.fromEntries(KINDS.flatMap((kind) => channels.map((channel) => {
		const request = { ...kind, channels: [channel], moment: 'plan' as const, today: TODAY, now: NOW };
		return [`${kind.kind} ${channel}`, people.filter((facts) => decide(request, facts, store.shop).outcome === 'allow').length];
	})));
}

const moment = fc.constantFrom('2017-01-01T00:00:00.000Z', '2023-02-03T00:00:00.000Z', '2024-05-06T07:08:09.000Z', '2026-11-01T00:00:00.000Z', NOW, '2026-12-01T00:00:00.000Z');
const rarely = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const word = fc.record({
	channel: fc.constantFrom('email', 'email', 'sms', 'letter', 'call', 'call', 'any'), purpose: fc.constantFrom('marketing', 'marketing', 'marketing', 'recall', 'service', 'any'), status: fc.constantFrom(...CONSENT_STATUSES, ...Array<'granted'>(7).fill('granted')),
	legalBasis: fc.constantFrom('consent', 'consent', 'consent', 'request', 'contract'), noticeVersion: fc.constantFrom('2024-01', '2024-01', '2024-01', undefined), capturedAt: moment,
	source: fc.constantFrom('import', 'import', 'website'), method: fc.constantFrom(undefined, undefined, 'paper', 'web-form'), evidence: fc.constantFrom(undefined, 'scan 7', 'scan 8'), doubleOptInAt: rarely(moment),
	effectiveFrom: rarely(moment), effectiveTo: rarely(moment), withdrawnAt: rarely(moment), recorded: fc.constantFrom(0, 1), point: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2, 99),
});
const point = fc.record({
	kind: fc.constantFrom('email', 'email', 'phone', 'phone', 'address'), line: fc.constantFrom('mobile', 'landline'), status: fc.constantFrom('valid', 'valid', 'valid', 'invalid', 'bounced'), preferred: fc.constantFrom(0, 1),
	suppressed: fc.constantFrom('', '', '', '', 'any', 'marketing', 'service'), shared: fc.constantFrom(0, 0, 0, 1, 2),
	checks: fc.array(fc.record({ checked_at: fc.constantFrom(NOW, '2026-11-10T00:00:00.000Z', '2026-11-01T00:00:00.000Z'), result: fc.constantFrom('listed', 'notListed', 'notListed'), enrolled_on: fc.constantFrom(null, '2020-01-01', '2025-01-01') }), { maxLength: 2 }),
});
const person = fc.record({
	birthDate: fc.constantFrom(undefined, '1980-11-22', '1990-05-05', '2008-11-22', '2008-11-23', '2009-05-05', '2010-11-23'), deceased: fc.constantFrom(false, false, false, true), preferred: fc.constantFrom(null, null, null, 'email', 'call'),
	bought: fc.constantFrom(null, null, '2026-11-01', '2024-01-01'), returned: fc.boolean(), points: fc.array(point, { maxLength: 3 }), words: fc.array(word, { maxLength: 4 }),
});
/** Somebody whom little keeps from being reached: one thing that is read wrongly shows. */
const nearlyReached = fc.tuple(person, word, fc.option(word)).map(([someone, yes, other]): typeof someone => ({
	...someone, birthDate: '1980-11-22', deceased: false, preferred: null,
	points: (['email', 'email', 'phone'] as const).map((kind, place) => ({ kind, line: 'mobile', status: 'valid', preferred: place === 1 ? 0 : 1, suppressed: '', shared: 0, checks: [{ checked_at: NOW, result: 'notListed', enrolled_on: null }] })),
	words: [
		{ ...yes, channel: yes.channel === 'call' ? 'call' : 'email', purpose: yes.purpose === 'recall' ? 'recall' : 'marketing', status: 'granted', legalBasis: 'consent', noticeVersion: '2024-01', effectiveFrom: undefined, effectiveTo: undefined, withdrawnAt: undefined, point: yes.point === 0 || yes.point === 1 ? yes.point : undefined },
		...(other ? [{ ...other, status: 'withdrawn' as const, capturedAt: '2024-05-06T07:08:09.000Z' as const, effectiveFrom: undefined, effectiveTo: undefined, withdrawnAt: undefined }] : []),
	],
}));
const people = fc.array(fc.oneof(person, nearlyReached), { minLength: 80, maxLength: 100 });
/** Strict, and as lenient as may be. */
const POLICIES = [{}, { birthdayIsMarketing: false, recallNeedsConsent: false, adultAge: 16, paperNeedsEvidence: false }, { consentMonths: 24, onlineNeedsDoubleOptIn: false, softSpam: true, rpoDays: 30, adultAge: 16 }];

it('counts just those whom the rules allow when they are asked about one customer after another, in whatever shop', async () => {
	let allowed = 0;
	for (const [round, shopPeople] of fc.sample(people, { numRuns: 6, seed: 20261122 }).entries()) {
		const shop = await openShop();
		const { store } = shop;
		Object.assign(store.shop.policy, POLICIES[round % POLICIES.length]);
		store.shop.smsAlias = 'Belvedere';
		const ids = await saved(store, shopPeople.map(({ birthDate, deceased }) => customer({ birthDate, deceased, contactPoints: [], consents: [] })));
		const said: Array<NewConsent & { recorded: number }> = [];
		for (const [index, { points, words, preferred, bought, returned }] of shopPeople.entries()) {
			await store.db.updateTable('customers').set({ preferred_channel: preferred }).where('id', '=', ids[index]).execute();
			const sale = { shop_id: store.shop.id, customer_id: ids[index], source_key: `${index}`, kind: 'spectacles', ordered_on: bought, returned_on: returned ? bought : null, created_at: NOW, updated_at: NOW };
			if (bought) await store.db.insertInto('equipment').values(sale).execute();
			const pointIds: number[] = [];
			for (const [place, { kind, line, status, preferred: first, suppressed, shared, checks }] of points.entries()) {
				const hash = `${ids[index]}-${place}`;
				const row = { shop_id: store.shop.id, customer_id: ids[index], kind, value: shared ? `shared ${shared} ${place}` : hash, line: kind === 'phone' ? line : null, status, preferred: first, address_hash: hash, created_at: NOW };
				pointIds.push((await store.db.insertInto('contact_points').values(row).returning('id').executeTakeFirstOrThrow()).id);
				if (checks.length > 0) await store.db.insertInto('rpo_checks').values(checks.map((check) => ({ shop_id: store.shop.id, address_hash: hash, ...check }))).execute();
				if (suppressed) await suppress(store.db, store.shop.id, [{ address_hash: hash, purpose: suppressed as 'any' }], 'objected', NOW);
			}
			for (const { point: named, ...one } of words) said.push({ customerId: ids[index], contactPointId: named === undefined ? undefined : (pointIds[named] ?? 999_999), ...one } as NewConsent & { recorded: number });
		}
		// Some were recorded long before others, and before the day that they speak of.
		for (const [recorded, consents] of Map.groupBy(said, (one) => one.recorded)) await recordConsents(store, consents.map(({ recorded: _recorded, ...one }) => one), recorded ? NOW : '2024-01-01T00:00:00.000Z');
		const expected = await oneByOne(store, ids, CHANNELS);
		const { reach } = await qualityFigures(store, CHANNELS, 10, NOW);
		expect(Object.fromEntries(reach.map(({ kind, channel, reachable }) => [`${kind} ${channel}`, reachable]))).toEqual(expected);
		allowed += expected['birthday email'] + expected['recall.vision call'] + expected['campaign call'];
		await shop.close();
	}
	expect(allowed).toBeGreaterThan(20);
}, 60_000);
