import fc from 'fast-check';
import { decide } from '../../../lib/consent/decide';
import type { Decision, DecisionRequest, NewConsent } from '../../../lib/domain/consent';
import { CONSENT_STATUSES } from '../../../lib/domain/consent';
import type { CustomerFacts, PriorContact } from '../../../lib/domain/consentFacts';
import { CHANNELS, MESSAGE_CLASSES, PURPOSES, type Channel } from '../../../lib/domain/glossary';
import { plusDays } from '../../../lib/domain/time';
import type { ShopRules } from '../../../lib/consent/rule';
import { birthdayByEmail, chain, consent, customer, runs, shop, GOOD_TEXT, NOW, TODAY } from './cases';

/* The whole engine under facts of every kind, on every channel. */

const said = fc.record({
	status: fc.constantFrom('granted', 'granted', 'granted', ...CONSENT_STATUSES),
	channel: fc.constantFrom('any', ...CHANNELS),
	purpose: fc.constantFrom('any', 'marketing', 'recall', ...PURPOSES),
	legalBasis: fc.constantFrom('consent', 'consent', 'request', 'soft-spam', 'contract'),
	capturedAt: fc.integer({ min: 1, max: 9 }).map((day) => `2026-10-0${day}T00:00:00.000Z`),
	method: fc.constantFrom('paper', 'web-form', undefined),
	evidence: fc.constantFrom('scan', undefined),
	doubleOptInAt: fc.constantFrom(undefined, '2026-10-09T00:00:00.000Z'),
	noticeVersion: fc.constantFrom('N1', 'N1', undefined),
}).map((changes) => consent(changes as Partial<NewConsent>));

const situation = fc.record({
	records: fc.array(said, { maxLength: 6 }),
	channel: fc.constantFrom(...CHANNELS),
	class: fc.constantFrom(...MESSAGE_CLASSES),
	kind: fc.constantFrom('birthday', 'recall.vision', 'order.ready', 'survey', 'campaign.x'),
	moment: fc.constantFrom('plan' as const, 'send' as const),
	birthDate: fc.constantFrom('1980-03-04', '2010-03-04', undefined),
	rpo: fc.constantFrom(undefined, { checkedAt: '2026-11-20T00:00:00.000Z', result: 'notListed' as const }, { checkedAt: '2026-11-20T00:00:00.000Z', result: 'listed' as const, enrolledOn: '2026-10-05' }),
	optIn: fc.boolean(),
	template: fc.constantFrom(undefined, { state: 'APPROVED', category: 'MARKETING' as const }, { state: 'PAUSED', category: 'UTILITY' as const }),
	softSpam: fc.boolean(),
	purchaseOn: fc.constantFrom(undefined, '2026-10-01'),
	health: fc.boolean(),
	now: fc.constantFrom(NOW, '2026-11-22T09:00:00.000Z', '2026-11-24T23:00:00.000Z'),
	sent: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 2 }),
});
type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

function made(given: Situation): { request: DecisionRequest; facts: CustomerFacts; rules: ShopRules } {
	const facts = { ...customer(chain(given.records)), birthDate: given.birthDate, contractUntil: given.purchaseOn };
	facts.contactPoints.push({ id: 9, kind: 'push', status: 'valid', preferred: true, suppressedFor: [] });
	facts.contactPoints[1].rpo = given.rpo;
	facts.whatsApp = { optInNamesShop: given.optIn, lastMessageAt: given.optIn ? '2026-11-24T08:00:00.000Z' : undefined };
	facts.contacts = given.sent.map((ago, position): PriorContact => ({ messageId: position + 1, occasionId: position + 1, kind: 'campaign.y', class: 'promotional', dueOn: TODAY, state: 'left', leftOn: plusDays(TODAY, -ago) }));
	const rules = shop();
	Object.assign(rules.policy, { softSpam: given.softSpam, whatsAppLinked: true, adultAge: 14 });
	const request = birthdayByEmail({
		class: given.class, kind: given.kind, channels: [given.channel], moment: given.moment, now: given.now, today: given.now.slice(0, 10), occasionId: 99,
		...(given.moment === 'send' && { text: { ...GOOD_TEXT } }),
		uses: { ...(given.purchaseOn && { purchaseOn: given.purchaseOn }), ...(given.health && { health: true }) },
		whatsApp: { template: given.template, portfolio: { limit: 250, recipients: 3, freeAt: NOW } },
	});
	return { request, facts, rules };
}

const decideOn = ({ request, facts, rules }: ReturnType<typeof made>): Decision => decide(request, facts, rules);

/** What somebody might not know: without it nothing may be allowed that was not allowed with it. */
const FORGOTTEN: Array<[string, (all: ReturnType<typeof made>) => void]> = [
	['all consents', ({ facts }) => (facts.consents = facts.consents.filter(({ status }) => status !== 'granted'))],
	['the register', ({ facts }) => facts.contactPoints.forEach((point) => delete point.rpo)],
	['WhatsApp', ({ facts }) => delete facts.whatsApp],
	['the portfolio', ({ request }) => delete request.whatsApp?.portfolio],
	['the alias', ({ rules }) => delete rules.smsAlias],
	['the notices', ({ rules }) => (rules.privacyNotices = [])],
	['the purchases', ({ facts }) => delete facts.contractUntil],
	['the contact points', ({ facts }) => (facts.contactPoints = [])],
	['who shares an address', ({ facts }) => facts.contactPoints.forEach((point) => delete point.oldestSharer)],
	['the evidence', ({ facts }) => (facts.consents = facts.consents.map((record) => ({ ...record, evidence: undefined, doubleOptInAt: undefined })))],
	['the notice that was shown', ({ facts }) => (facts.consents = facts.consents.map((record) => ({ ...record, noticeVersion: undefined })))],
	...(['offersRefusal', 'namesSender', 'healthDetail', 'oneClickRefusal'] as const).map((fact): [string, (all: ReturnType<typeof made>) => void] => [
		`whether ${fact}`, ({ request }) => request.text && delete (request.text as Partial<typeof GOOD_TEXT>)[fact],
	]),
];

it.each(FORGOTTEN)('who does not know %s allows nothing more', (_, forget) => {
	fc.assert(fc.property(situation, (given) => {
		const before = decideOn(made(given));
		const all = made(given);
		forget(all);
		if (before.outcome !== 'allow') expect(decideOn(all).outcome).not.toBe('allow');
	}), runs(400));
});

it('a withdrawal of everything stops whatever is no service, on every channel', () => {
	fc.assert(fc.property(situation, fc.constantFrom(...CHANNELS), (given, spokenOn: Channel | 'any') => {
		const withdrawal = consent({ status: 'withdrawn', channel: spokenOn, purpose: 'any', capturedAt: '2026-11-01T00:00:00.000Z' });
		const before = decideOn(made(given));
		const after = decideOn(made({ ...given, records: [...given.records, withdrawal] }));
		if (before.outcome !== 'allow') expect(after.outcome).not.toBe('allow');
		if (spokenOn === given.channel && after.purpose !== 'service') expect(after).toMatchObject({ outcome: 'block' });
	}), runs(1000));
});

it('the order of the ledger does not matter, and the request decides alone about the rest', () => {
	fc.assert(fc.property(situation, (given) => {
		const forward = decideOn(made(given));
		const backward = decideOn(made({ ...given, records: given.records.toReversed() }));
		expect([backward.outcome, backward.reason, backward.rule]).toEqual([forward.outcome, forward.reason, forward.rule]);
	}), runs(1000));
});

it('what is put off says until when, later than now; what is allowed or blocked keeps no such moment, save for calls', () => {
	fc.assert(fc.property(situation, (given) => {
		const { outcome, retryAt, reason } = decideOn(made(given));
		if (outcome === 'defer' || reason === 'CALL_HOURS') expect(retryAt! > given.now).toBe(true);
		else expect(retryAt).toBeUndefined();
	}), runs(1000));
});

it('caps leave room on the very day on which a calendar would', () => {
	const days = fc.array(fc.integer({ min: 0, max: 35 }), { maxLength: 6 });
	fc.assert(fc.property(days, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), (ago, perWeek, perMonth) => {
		const facts = customer(chain([consent()]));
		facts.contacts = ago.map((days, position) => ({ messageId: position + 1, occasionId: position + 1, kind: 'welcome', class: 'relational', dueOn: TODAY, state: 'left', leftOn: plusDays(TODAY, -days) }));
		const rules = shop();
		Object.assign(rules.policy, { marketingPerWeek: perWeek, marketingPerMonth: perMonth, spreadMinutes: 0 });
		const inWindow = (day: string, window: number) => facts.contacts!.filter(({ leftOn }) => leftOn! > plusDays(day, -window) && leftOn! <= day).length;
		let free = TODAY;
		while (inWindow(free, 7) >= perWeek || inWindow(free, 30) >= perMonth) free = plusDays(free, 1);
		const decision = decide(birthdayByEmail({ occasionId: 99 }), facts, rules);
		if (free === TODAY) expect(decision.outcome).toBe('allow');
		else expect(decision).toMatchObject({ outcome: 'defer', reason: 'FREQUENCY_CAP', facts: { freeOn: free } });
	}), runs(1000));
});
