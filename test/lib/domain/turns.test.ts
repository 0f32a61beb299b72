import fc from 'fast-check';
import { OCCASION_KINDS, rankOf } from '../../../lib/domain/occasionKinds';
import { takeTurns, type Turn } from '../../../lib/domain/turns';

const due = (kind: string, more: Partial<Turn> = {}): Turn => ({
	customer_id: 1, kind, stage: 1, resting: 0, may_wait: kind in OCCASION_KINDS && !OCCASION_KINDS[kind as keyof typeof OCCASION_KINDS].waits ? 0 : 1, ...more,
});
const names = (list: Turn[]) => list.map(({ kind, stage }) => `${kind} ${stage}`);

it('lets the most important go, and the others wait', () => {
	const { go, wait } = takeTurns([due('recall.dormant'), due('recall.vision'), due('recall.eyewear'), due('date.x')]);
	expect([names(go), names(wait)]).toEqual([['recall.vision 1'], ['recall.dormant 1', 'recall.eyewear 1', 'date.x 1']]);
});

it('lets service go at once, and all else wait behind it', () => {
	const { go, wait } = takeTurns([due('recall.vision'), due('order.ready'), due('progressive')]);
	expect([names(go), names(wait)]).toEqual([['order.ready 1', 'progressive 1'], ['recall.vision 1']]);
});

it('lets nobody go who was contacted lately, save for a service', () => {
	expect(names(takeTurns([due('recall.vision', { resting: 1 })]).wait)).toEqual(['recall.vision 1']);
	expect(names(takeTurns([due('order.ready', { resting: 1 })]).go)).toEqual(['order.ready 1']);
});

it('gives everybody at most one that can wait, each kind and stage once, and loses nobody', () => {
	const kinds = [...Object.keys(OCCASION_KINDS), 'date.a', 'date.b'];
	const one = fc.record({ customer_id: fc.integer({ min: 1, max: 3 }), kind: fc.constantFrom(...kinds), stage: fc.integer({ min: 1, max: 2 }), resting: fc.constantFrom(0, 0, 1) })
		.map(({ kind, ...more }) => due(kind, more));
	fc.assert(fc.property(fc.array(one, { maxLength: 12 }), (all) => {
		const { go, wait } = takeTurns(all);
		const keys = (list: Turn[]) => new Set(list.map(({ customer_id, kind, stage }) => `${customer_id} ${kind} ${stage}`));
		expect(keys([...go, ...wait])).toEqual(keys(all));
		expect(go.length + wait.length).toBe(keys(all).size);
		for (const person of new Set(all.map(({ customer_id }) => customer_id))) {
			const mine = go.filter(({ customer_id }) => customer_id === person);
			const patient = mine.filter(({ may_wait }) => may_wait === 1);
			expect(patient.length).toBeLessThanOrEqual(mine.length === patient.length ? 1 : 0);
			for (const { kind } of patient) expect(wait.filter((other) => other.customer_id === person && rankOf(other.kind) < rankOf(kind))).toEqual([]);
		}
	}), { numRuns: 500 });
});
