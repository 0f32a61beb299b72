import fc from 'fast-check';
import { decide } from '../../../lib/consent/decide';
import { factClasses } from '../../../lib/consent/factClass';
import type { ShopRules } from '../../../lib/consent/rule';
import { CONSENT_STATUSES } from '../../../lib/domain/consent';
import { factsOf, type FactOutline, type OutlinedConsent, type OutlinedMoments, type OutlinedPoint } from '../../../lib/domain/factOutline';
import { CHANNELS, MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import { NOW, shop, TODAY } from './cases';

/** Few moments, so that many are equal, around now and around the days of both notices. */
const MOMENTS = ['2019-12-31T23:59:59.999Z', '2020-01-01T00:00:00.000Z', '2024-05-01T00:00:00.000Z', '2024-05-01T12:00:00.000Z', '2025-01-01T00:00:00.000Z', NOW, '2026-12-01T00:00:00.000Z', 'yesterday'];
const rules = (birthdayIsMarketing: boolean): ShopRules => ({
	policy: { ...shop().policy, birthdayIsMarketing },
	privacyNotices: [...shop().privacyNotices, { version: 'N2', purposes: ['marketing'], publishedOn: '2024-05-01' }],
});

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const moment = fc.constantFrom(...MOMENTS);
const point: fc.Arbitrary<OutlinedPoint> = fc.tuple(
	fc.constantFrom('email', 'email', 'phone', 'address'), fc.constantFrom(null, 'mobile', 'landline'), fc.constantFrom('valid', 'valid', 'invalid', 'bounced'), fc.constantFrom(0, 1),
	fc.constantFrom(null, null, null, 'any', 'marketing', 'recall,service'),
);
const said: fc.Arbitrary<OutlinedConsent> = fc.tuple(
	fc.constantFrom('email', 'email', 'sms', 'any'), fc.constantFrom('marketing', 'marketing', 'recall', 'service', 'any'), fc.constantFrom(...CONSENT_STATUSES, 'granted', 'granted'),
	fc.constantFrom('consent', 'consent', 'consent', 'contract'), fc.constantFrom('N1', 'N1', 'N2', null),
);
const times: fc.Arbitrary<OutlinedMoments> = fc.tuple(moment, ...Array.from({ length: 4 }, () => fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: moment }))) as never;
const words = fc.array(fc.tuple(said, times, fc.constantFrom(null, null, null, 0, 1, -1)), { maxLength: 4 });
const outline: fc.Arbitrary<FactOutline> = fc.record({ birthDate: maybe(fc.constantFrom('1980-03-04', '2008-11-22', '2008-11-23', '2015-01-01')), points: fc.array(point, { maxLength: 3 }), words }).map(
	({ birthDate, points, words: chain }) => ({
		birthDate,
		contactPoints: points.length === 0 ? null : JSON.stringify(points),
		consents: chain.length === 0 ? null : JSON.stringify(chain.map(([consent]) => consent)),
		moments: chain.length === 0 ? null : JSON.stringify(chain.map(([, moments]) => moments)),
		namedPoints: chain.every(([, , place]) => place === null) ? null : JSON.stringify(chain.map(([, , place]) => place)),
	}),
);

const KINDS = [...MESSAGE_CLASSES.map((messageClass) => ({ kind: 'campaign', class: messageClass })), { kind: 'birthday', class: 'relational' as const }];
const decisions = (one: FactOutline, shopRules: ShopRules) => KINDS.flatMap((kind) => CHANNELS.map((channel) => {
	const { outcome, reason, rule } = decide({ ...kind, channels: [channel], moment: 'plan', today: TODAY, now: NOW }, factsOf(one), shopRules);
	return `${outcome} ${reason} ${rule}`;
}));

/** The same person on other days: every moment is moved to where nothing lies between, on the same side of now and of the notices. */
function elsewhere({ moments, birthDate, ...others }: FactOutline, minutes: number): FactOutline {
	const moved = (text: string | null) => (text === null || text === NOW || text === 'yesterday' ? text : new Date(Date.parse(text) + minutes * 60_000 * (Date.parse(text) < Date.parse('2020-01-01') ? -1 : 1)).toISOString());
	return { ...others, birthDate: birthDate && birthDate.replace('-03-04', '-04-03'), moments: moments && JSON.stringify((JSON.parse(moments) as OutlinedMoments[]).map((list) => list.map(moved))) };
}

it('puts customers together only where every decision is the same', () => {
	let together = 0;
	fc.assert(fc.property(fc.array(outline, { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 700 }), fc.boolean(), (outlines, minutes, strict) => {
		const shopRules = rules(strict);
		const classOf = factClasses(shopRules, TODAY, NOW);
		const known = new Map<string, string[]>();
		for (const one of [...outlines, ...outlines.map((another) => elsewhere(another, minutes))]) {
			const name = classOf(one);
			if (known.has(name)) together++;
			else known.set(name, decisions(one, shopRules));
			expect(decisions(one, shopRules)).toEqual(known.get(name));
		}
	}), { numRuns: 300 });
	expect(together).toBeGreaterThan(1000);
});

it('puts those together who said the same on other days', () => {
	fc.assert(fc.property(outline, fc.integer({ min: 1, max: 700 }), (one, minutes) => {
		const classOf = factClasses(rules(true), TODAY, NOW);
		expect(classOf(elsewhere(one, minutes))).toBe(classOf(one));
	}));
});

it('tells those apart whose decisions differ: by the order of two words, by now, by the day of a notice, by age and by the address that is meant', () => {
	const classOf = factClasses(rules(true), TODAY, NOW);
	const base: FactOutline = {
		birthDate: '1980-03-04', contactPoints: '[["email",null,"valid",1,null],["email",null,"valid",0,null]]', namedPoints: null,
		consents: '[["email","marketing","granted","consent","N1"],["email","marketing","denied","consent",null]]',
		moments: '[["2024-05-01T00:00:00.000Z",null,null,null,null],["2025-01-01T00:00:00.000Z",null,null,null,null]]',
	};
	const moments = (first: string, second: string) => ({ ...base, moments: JSON.stringify([[first, null, null, null, null], [second, null, null, null, null]]) });
	const others = [
		moments('2025-01-01T00:00:00.000Z', '2024-05-01T00:00:00.000Z'), moments('2025-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'), moments('2024-05-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
		moments('2024-04-30T00:00:00.000Z', '2025-01-01T00:00:00.000Z'), { ...base, birthDate: '2015-01-01' }, { ...base, birthDate: null }, { ...base, namedPoints: '[0,null]' }, { ...base, namedPoints: '[1,null]' },
	];
	expect(new Set([base, ...others].map(classOf)).size).toBe(9);
});
