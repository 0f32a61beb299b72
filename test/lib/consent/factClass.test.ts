import fc from 'fast-check';
import { decide } from '../../../lib/consent/decide';
import { factClasses } from '../../../lib/consent/factClass';
import type { ShopRules } from '../../../lib/consent/rule';
import { CONSENT_STATUSES } from '../../../lib/domain/consent';
import { factsOf, type FactOutline, type OutlinedConsent, type OutlinedMoments, type OutlinedPoint, type OutlinedStanding } from '../../../lib/domain/factOutline';
import { CHANNELS, MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import { NOW, shop, TODAY } from './cases';

/** Few moments, so that many are equal, around now and around the days of both notices, of an enrolment and of the end of an old consent. */
const MOMENTS = [
	'2019-12-31T23:59:59.999Z', '2020-01-01T00:00:00.000Z', '2024-05-01T00:00:00.000Z', '2024-05-01T12:00:00.000Z', '2024-11-24T00:00:00.000Z', '2024-11-25T00:00:00.000Z', '2025-01-01T00:00:00.000Z',
	'2025-06-15T00:00:00.000Z', '2025-06-16T00:00:00.000Z', NOW, '2026-12-01T00:00:00.000Z', 'yesterday',
];
const anyRules: fc.Arbitrary<ShopRules> = fc.record({
	birthdayIsMarketing: fc.boolean(), softSpam: fc.boolean(), surveyNeedsConsent: fc.boolean(), recallNeedsConsent: fc.boolean(), onlineNeedsDoubleOptIn: fc.boolean(), paperNeedsEvidence: fc.boolean(),
	consentMonths: fc.constantFrom(0, 0, 24), adultAge: fc.constantFrom(14, 16, 18, 21), rpoDays: fc.constantFrom(15, 30), whatsAppLinked: fc.boolean(),
}).map((policy) => ({
	...shop(),
	policy: { ...shop().policy, ...policy },
	privacyNotices: [...shop().privacyNotices, { version: 'N2', purposes: ['marketing'], publishedOn: '2024-05-01' }],
}));
const usualRules: ShopRules = { ...shop(), privacyNotices: [...shop().privacyNotices, { version: 'N2', purposes: ['marketing'], publishedOn: '2024-05-01' }] };

const moment = fc.constantFrom(...MOMENTS);
const rarely = <Value, Else>(value: fc.Arbitrary<Value>, otherwise: Else) => fc.oneof({ weight: 6, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });
const point: fc.Arbitrary<OutlinedPoint> = fc.tuple(
	fc.constantFrom('email', 'email', 'phone', 'phone', 'address'), fc.constantFrom('mobile', 'mobile', null), rarely(fc.constantFrom('invalid', 'bounced'), 'valid'), fc.constantFrom(0, 1),
	rarely(fc.constantFrom('any', 'marketing', 'recall,service'), null),
);
const said: fc.Arbitrary<OutlinedConsent> = fc.tuple(
	fc.constantFrom('email', 'email', 'call', 'sms', 'any'), rarely(fc.constantFrom('recall', 'service', 'survey', 'any'), 'marketing'), fc.oneof(fc.constantFrom(...CONSENT_STATUSES), fc.constant('granted')),
	rarely(fc.constantFrom('contract', 'request', 'soft-spam'), 'consent'), rarely(fc.constantFrom('N2', null), 'N1'), rarely(fc.constant('website'), 'import'), rarely(fc.constantFrom('paper', 'web-form'), null), fc.constantFrom(0, 1),
);
const birthDate = fc.constantFrom(null, '1980-03-04', '2008-11-24', '2008-11-25', '2015-01-01');
const rpo = fc.constantFrom(null, `${NOW} listed `, `${NOW} listed 2025-06-15`, `${NOW} listed 2025-01-01`, '2026-11-12T00:00:00.000Z notListed ', '2026-11-01T00:00:00.000Z listed 2025-06-15', '2026-10-01T00:00:00.000Z notListed ');
const standing: fc.Arbitrary<OutlinedStanding> = fc.tuple(rpo, fc.constantFrom(null, 'nobody', 'unknown', '1960-01-01', '2010-01-01'));

/** What may differ between people who share the texts of an outline. */
interface Own {
	birthDate: string | null;
	contractUntil: string | null;
	standings: OutlinedStanding[];
	times: Array<[OutlinedMoments, number | null]>;
}

const own = (points: number, words: number): fc.Arbitrary<Own> => fc.record({
	birthDate,
	contractUntil: fc.constantFrom(null, '2020-01-01', '2026-10-24', '2026-10-25', '2026-12-24'),
	standings: fc.array(standing, { minLength: points, maxLength: points }),
	times: fc.array(fc.tuple(fc.tuple(moment, ...Array.from({ length: 5 }, () => rarely(moment, null))) as unknown as fc.Arbitrary<OutlinedMoments>, rarely(fc.constantFrom(0, 1, -1), null)), { minLength: words, maxLength: words }),
});
/** People with the same contact points and the same words, spoken at other times: some are of one class. */
const relatives: fc.Arbitrary<FactOutline[]> = fc.tuple(fc.array(point, { minLength: 1, maxLength: 2 }), fc.array(said, { minLength: 1, maxLength: 2 }), rarely(fc.constantFrom('email', 'call'), null))
	.chain(([points, words, preferredChannel]) => fc.array(own(points.length, words.length), { minLength: 30, maxLength: 80 }).map((people) => people.map((person, index): FactOutline => ({
		preferredChannel,
		birthDate: person.birthDate,
		contractUntil: person.contractUntil,
		contactPoints: JSON.stringify(points),
		// Half of them were never checked: more are of one class.
		standings: JSON.stringify(person.standings.map((own) => (index % 2 ? [null, null] : own))),
		consents: JSON.stringify(words),
		moments: JSON.stringify(person.times.map(([moments]) => moments)),
		namedPoints: person.times.every(([, place]) => place === null) ? null : JSON.stringify(person.times.map(([, place]) => place)),
	}))));

const KINDS = [...MESSAGE_CLASSES.map((messageClass) => ({ kind: 'campaign', class: messageClass })), { kind: 'birthday', class: 'relational' as const }];
const decisions = (one: FactOutline, shopRules: ShopRules) => KINDS.flatMap((kind) => CHANNELS.map((channel) => {
	const { outcome, reason, rule } = decide({ ...kind, channels: [channel], moment: 'plan', today: TODAY, now: NOW }, factsOf(one), shopRules);
	return `${outcome} ${reason} ${rule}`;
}));

/** The same person on other days: every moment keeps its side of now and of all days that mean something, and its place among the others. */
function elsewhere({ moments, birthDate, ...others }: FactOutline, nearness: number): FactOutline {
	const moved = (text: string | null) => {
		const from = [NOW, '2025-06-16T00:00:00.000Z'].find((start) => text !== null && text > start);
		return text === null || text === 'yesterday' || from === undefined ? text : new Date(Date.parse(from) + Math.ceil((Date.parse(text) - Date.parse(from)) * nearness)).toISOString();
	};
	return { ...others, birthDate: birthDate && birthDate.replace('-03-04', '-04-03'), moments: moments && JSON.stringify((JSON.parse(moments) as OutlinedMoments[]).map((list) => list.map((one) => (one === NOW ? one : moved(one))))) };
}
const nearness = fc.double({ min: 0.001, max: 1, noNaN: true });

it('puts customers together only where every decision is the same', () => {
	let together = 0;
	fc.assert(fc.property(relatives, nearness, anyRules, (people, share, shopRules) => {
		const classOf = factClasses(shopRules, TODAY, NOW);
		const known = new Map<string, string>();
		for (const one of [...people, ...people.slice(0, 5).map((another) => elsewhere(another, share))]) {
			const [name, answer] = [classOf(one), decisions(one, shopRules).join()];
			if (known.has(name)) together++;
			else known.set(name, answer);
			// Not by Jest's own comparison, which is slow for so many.
			if (known.get(name) !== answer) throw new Error(`Of one class, but not decided alike: ${JSON.stringify(one)}`);
		}
	}), { numRuns: 100 });
	expect(together).toBeGreaterThan(200);
});

it('puts those together who said the same on other days', () => {
	fc.assert(fc.property(relatives, nearness, ([one], share) => {
		const classOf = factClasses(usualRules, TODAY, NOW);
		expect(classOf(elsewhere(one, share))).toBe(classOf(one));
	}));
});

it('gives a customer of whom nothing is known a class too', () => {
	const nothing: FactOutline = { birthDate: null, preferredChannel: null, contractUntil: null, contactPoints: null, standings: null, consents: null, moments: null, namedPoints: null };
	expect(factClasses(usualRules, TODAY, NOW)(nothing)).toEqual(expect.any(String));
	expect(factsOf(nothing)).toMatchObject({ contactPoints: [], consents: [] });
});

it('tells those apart whose decisions differ: by the order of two words, by now, by the day of a notice, by age, contract, register and the address that is meant', () => {
	const classOf = factClasses(usualRules, TODAY, NOW);
	const base: FactOutline = {
		birthDate: '1980-03-04', preferredChannel: null, contractUntil: null, namedPoints: null,
		contactPoints: '[["phone",null,"valid",1,null],["phone",null,"valid",0,null]]', standings: '[[null,null],[null,null]]',
		consents: '[["call","marketing","granted","consent","N1","import",null,0],["call","marketing","denied","consent",null,"import",null,0]]',
		moments: '[["2024-05-01T00:00:00.000Z",null,null,null,null,null],["2025-01-01T00:00:00.000Z",null,null,null,null,null]]',
	};
	const moments = (first: string, second: string) => ({ ...base, moments: JSON.stringify([[first, null, null, null, null, null], [second, null, null, null, null, null]]) });
	const others = [
		moments('2025-01-01T00:00:00.000Z', '2024-05-01T00:00:00.000Z'), moments('2025-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'), moments('2024-05-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
		moments('2024-04-30T00:00:00.000Z', '2025-01-01T00:00:00.000Z'), { ...base, birthDate: '2015-01-01' }, { ...base, birthDate: null }, { ...base, namedPoints: '[0,null]' }, { ...base, namedPoints: '[1,null]' },
		{ ...base, preferredChannel: 'call' }, { ...base, contractUntil: '2026-11-01' }, { ...base, contractUntil: '2020-01-01' },
		...[`${NOW} notListed `, `${NOW} listed `, '2026-01-01T00:00:00.000Z listed ', `${NOW} listed 2024-06-01`, `${NOW} listed 2024-04-01`].map((check) => ({ ...base, standings: JSON.stringify([[check, null], [null, null]]) })),
	];
	expect(new Set([base, ...others].map(classOf)).size).toBe(17);
});
