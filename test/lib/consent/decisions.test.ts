import { decide } from '../../../lib/consent/decide';
import { REASONS } from '../../../lib/consent/reasons';
import { RULES, RULES_VERSION } from '../../../lib/consent/registry';
import { CrmError } from '../../../lib/domain/errors';
import type { Channel, MessageClass } from '../../../lib/domain/glossary';
import type { DecisionRequest } from '../../../lib/domain/consent';
import type { CustomerFacts } from '../../../lib/domain/consentFacts';
import { birthdayByEmail, chain, consent, customer, GOOD_TEXT, NOW, shop } from './cases';
import { readAsked, readGiven, readTable } from './decisionTable';

const TABLE = readTable();

describe('decisions.table.md', () => {
	it.each(TABLE)('$rule: given $given; asked $asked', ({ given, asked, then }) => {
		const { facts, rules } = readGiven(given);
		const { outcome, channel, reason, rule, retryAt } = decide(readAsked(asked), facts, rules);
		expect(`${outcome} ${channel} ${reason} ${rule}${retryAt ? ` retry ${retryAt}` : ''}`).toBe(then);
	});

	it.each(RULES.map(({ id }) => id))('shows what %s blocks and what it lets pass', (id) => {
		const own = TABLE.filter(({ rule }) => rule === id);
		expect(own.some(({ then }) => !then.startsWith('allow') && then.split(' ')[3] === id)).toBe(true);
		expect(own.some(({ then }) => then.startsWith('allow'))).toBe(true);
	});

	it('reaches every reason code that a rule gives', () => {
		const reached = new Set(TABLE.map(({ then }) => then.split(' ')[2]));
		expect([...reached].sort()).toEqual(Object.entries(REASONS).filter(([, { rules }]) => rules.length > 0).map(([code]) => code).sort());
	});
});

/** What the first row that each rule objects to keeps with the decision. */
const FACTS: Record<string, object> = {
	R01: { deceased: true },
	R02: { adult: false, adultAge: 18 },
	R03: { consentId: 101, status: 'objected', capturedAt: '2025-01-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' },
	R04: { offersRefusal: false },
	R05: { noticeVersion: 'N1', consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper' },
	R06: { namesSender: false },
	R07: { consentId: null },
	R16: { consentId: null },
	R09: { consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' },
	C03: { consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1', recordedBasis: 'contract' },
	R17: { consentId: 100, status: 'denied', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' },
	R18: { consentId: 100, status: 'unknown', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' },
	C01: { contactPointKind: 'email', contactPointStatus: 'none' },
	R28a: { contactPointStatus: 'bounced' },
	C02: { consentId: 100, status: 'expired', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1', effectiveTo: '2026-11-24T00:00:00.000Z' },
	R15: { purchaseOn: '2024-10-01', months: 24 },
	R10: { consentId: null },
	R11: { consentId: null },
	R12: { consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1', online: false },
	R13: { consentId: null },
	R14: { healthDetail: true },
	C04: { consentId: 100, status: 'granted', capturedAt: '2024-11-24T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1', consentMonths: 24 },
	R19: { timeZone: 'Europe/Rome' },
	R20a: { checkedAt: null, rpoDays: 15 },
	R20b: { checkedAt: '2026-11-20T00:00:00.000Z', enrolledOn: null, consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' },
	R21: { timeZone: 'Europe/Rome' },
	R22: { timeZone: 'Europe/Rome' },
	R23: { contacts: 1, freeOn: '2026-11-25' },
	R24: { otherMessageId: 500, otherKind: 'recall.vision', otherState: 'left', otherLeftOn: '2026-11-24' },
	R25a: { otherMessageId: 500, otherKind: 'recall.vision', otherState: 'left', otherLeftOn: '2026-11-18' },
	R25b: { otherMessageId: 500, otherKind: 'recall.vision', otherState: 'waiting', otherLeftOn: null },
	R25c: { adult: false, sharedWithAdult: true },
	R26: { otherMessageId: 500, otherKind: 'birthday', otherState: 'left', otherLeftOn: '2026-11-24' },
	R27: { oneClickRefusal: false },
	R28b: { retryAfter: '2026-11-24T10:00:00.000Z' },
	R29: { optInNamesShop: false },
	R30: { lastMessageAt: null },
	R31: { category: 'UTILITY', needed: 'MARKETING' },
	R32: { templateState: 'PAUSED' },
	R33: { limit: 250, recipients: 250 },
	R39a: { whatsAppLinked: false },
	R39b: { lastMessageAt: null },
	R40: { alias: false },
};

it.each(RULES.map(({ id }) => id))('%s keeps what it objected to', (id) => {
	const row = TABLE.find(({ then }) => !then.startsWith('allow') && then.split(' ')[3] === id);
	const { facts, rules } = readGiven(row?.given as string);
	expect(decide(readAsked(row?.asked as string), facts, rules).facts).toEqual(FACTS[id]);
});

it.each([
	['alias OtticaBelvedere', 'service order.ready by sms', { alias: true }],
	['whatsapp opt-in; whatsapp wrote 2026-11-23T09:00', 'service order.ready by whatsapp at send portfolio 0/250', { lastMessageAt: '2026-11-23T09:00:00.000Z' }],
	['whatsapp opt-in', 'service order.ready by whatsapp at send template APPROVED/UTILITY', { limit: 0, recipients: 0 }],
	['born 2010-01-01; setting adultAge 14; granted marketing by email on 2024-05-01', 'relational birthday by email', { adult: false, sharedWithAdult: null }],
	['granted marketing by call on 2024-05-01; rpo notListed on 2026-11-08', 'relational birthday by call', { checkedAt: '2026-11-08T00:00:00.000Z', rpoDays: 15 }],
	['whatsapp wrote 2026-11-20; setting whatsAppLinked true; granted marketing by whatsappLinked on 2024-05-01', 'relational birthday by whatsappLinked', { whatsAppLinked: true }],
	['zone America/New_York', 'service order.ready by email at send', { timeZone: 'America/New_York' }],
	['email suppressed for marketing', 'relational birthday by email', { suppressed: true }],
	['email invalid', 'service order.ready by email', { contactPointKind: 'email', contactPointStatus: 'invalid' }],
	['granted marketing by email on 2024-05-01 method web-form source import', 'relational birthday by email', { online: true, consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'import', method: 'web-form', noticeVersion: 'N1' }],
	['no notice; granted recall by email on 2024-05-01 basis request', 'recall recall.vision by email', { noticeVersion: null }],
	['no notice; granted marketing by email on 2024-05-01 without notice', 'relational birthday by email', { noticeVersion: null, consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper' }],
	['granted marketing by call on 2024-05-01; rpo listed on 2026-11-20 enrolled 2025-05-01', 'relational birthday by call', { checkedAt: '2026-11-20T00:00:00.000Z', enrolledOn: '2025-05-01', consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' }],
	['expired marketing by email on 2024-05-01', 'relational birthday by email', { consentId: 100, status: 'expired', effectiveTo: null, capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' }],
])('given %s, asked %s: the decision keeps %o', (given, asked, kept) => {
	const { facts, rules } = readGiven(given);
	expect(decide(readAsked(asked), facts, rules).facts).toEqual(kept);
});

describe('decide', () => {
	it('keeps what it decided from: ids, dates and codes', () => {
		const facts = customer(chain([consent()]));
		expect(decide(birthdayByEmail({ channels: ['sms', 'email', 'letter'] }), facts, shop())).toEqual({
			channel: 'email', outcome: 'allow', reason: 'ALLOW_CONSENT', rule: 'R07', legalBasis: 'consent', contactPointId: 1,
			facts: { consentId: 100, status: 'granted', capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', noticeVersion: 'N1' },
			class: 'relational', purpose: 'marketing', moment: 'plan', rulesVersion: RULES_VERSION, decidedAt: NOW,
			tried: [
				{ channel: 'sms', outcome: 'block', reason: 'CONSENT_MISSING', rule: 'R07', legalBasis: 'consent', contactPointId: 2, facts: { consentId: null } },
				expect.objectContaining({ channel: 'email', outcome: 'allow', facts: expect.objectContaining({ consentId: 100 }) }),
			],
		});
	});

	it('knows nothing of WhatsApp before somebody supplies it: nothing leaves', () => {
		const ask = (facts: CustomerFacts['whatsApp']) =>
			decide(birthdayByEmail({ class: 'service', kind: 'order.ready', channels: ['whatsapp'], moment: 'send', text: GOOD_TEXT }), { ...customer(), whatsApp: facts }, shop());
		expect(ask(undefined)).toMatchObject({ reason: 'WA_OPTIN_MISSING' });
		expect(ask({ optInNamesShop: true })).toMatchObject({ reason: 'WA_WINDOW_CLOSED', facts: { lastMessageAt: null } });
	});

	it('needs what else the customer gets before anything leaves', () => {
		const ask = () => decide(birthdayByEmail({ moment: 'send', text: GOOD_TEXT }), { ...customer(), contacts: undefined }, shop());
		expect(ask).toThrow('what else the customer gets');
		expect(ask).toThrow(expect.objectContaining({ howToGoOn: expect.stringContaining('contacts') }));
		expect(decide(birthdayByEmail({ text: GOOD_TEXT }), { ...customer(), contacts: undefined }, shop()).outcome).toBe('block');
	});

	it('names the version of the settings where it is known', () => {
		expect(decide(birthdayByEmail(), customer(), { ...shop(), policyVersion: 4 })).toMatchObject({ policyVersion: 4 });
		expect(decide(birthdayByEmail(), customer(), shop())).not.toHaveProperty('policyVersion');
	});

	it('keeps neither birth date nor address with a decision', () => {
		const facts = { ...customer(), birthDate: '2010-07-09' };
		expect(decide(birthdayByEmail(), facts, shop()).facts).toEqual({ adult: false, adultAge: 18 });
	});

	it('carries the verdict of the first channel when none is allowed', () => {
		const decision = decide(birthdayByEmail({ channels: ['letter', 'email'] }), customer(chain([consent({ status: 'objected' })])), shop());
		expect(decision).toMatchObject({ channel: 'letter', reason: 'CONSENT_MISSING' });
		expect(decision.tried.map(({ channel, reason }) => [channel, reason])).toEqual([['letter', 'CONSENT_MISSING'], ['email', 'OBJECTED']]);
	});

	it('uses the preferred of the valid contact points, else the oldest', () => {
		const point = { kind: 'email', status: 'valid', preferred: false, suppressedFor: [] } as const;
		const pointOf = (...points: Array<{ id: number; preferred?: boolean; status?: 'valid' | 'invalid' | 'bounced' }>) =>
			decide(birthdayByEmail({ class: 'service', kind: 'order.ready' }), {
				...customer(), contactPoints: points.map((changes) => ({ ...point, suppressedFor: [], ...changes })),
			}, shop()).contactPointId;
		expect(pointOf({ id: 9 }, { id: 5 })).toBe(5);
		expect(pointOf({ id: 5 }, { id: 9, preferred: true })).toBe(9);
		expect(pointOf({ id: 5, preferred: true, status: 'bounced' }, { id: 9 })).toBe(9);
	});

	it('keeps the record that it allows on, and nothing where it needs none', () => {
		const allowed = (given: string, asked: string) => {
			const { facts, rules } = readGiven(given);
			return decide(readAsked(asked), facts, rules);
		};
		expect(allowed('granted service by email on 2024-05-01', 'service order.ready by email')).toMatchObject({ outcome: 'allow', facts: {}, legalBasis: 'contract' });
		expect(allowed('granted service by email on 2024-05-01', 'service order.ready by email').facts).toEqual({});
		expect(allowed('setting birthdayIsMarketing false; granted marketing by email on 2024-05-01', 'relational birthday by email').facts).toEqual({});
		expect(allowed('granted recall by email on 2024-05-01 basis request', 'recall recall.vision by email')).toMatchObject({ legalBasis: 'request', facts: { consentId: 100, status: 'granted' } });
		const sold = 'setting softSpam true; bought on 2026-10-01; granted marketing by email on 2026-10-01 basis soft-spam';
		expect(allowed(sold, 'promotional campaign.x by email using purchase 2026-10-01')).toMatchObject({ legalBasis: 'soft-spam', facts: { consentId: 100, status: 'granted' } });
		const { facts, rules } = readGiven(sold);
		expect(decide(birthdayByEmail({ class: 'promotional', kind: 'campaign.x' }), facts, rules)).toMatchObject({ reason: 'CONSENT_MISSING' });
	});

	it('puts each message off to a moment of its own: of the message, else of the occasion, else of the customer', () => {
		const retry = (changes: Partial<DecisionRequest>, customerId = 7) =>
			decide(birthdayByEmail({ class: 'service', kind: 'order.ready', moment: 'send', text: GOOD_TEXT, now: '2026-11-24T23:00:00.000Z', ...changes }), { ...customer(), customerId }, shop()).retryAt;
		const moments = [retry({ messageId: 5, occasionId: 6 }), retry({ occasionId: 6 }), retry({}), retry({}, 8)];
		expect(new Set(moments).size).toBe(4);
		expect(moments).toEqual([retry({ messageId: 5, occasionId: 9 }, 9), retry({ occasionId: 6 }, 9), retry({ occasionId: 7 }), retry({ messageId: 8 })]);
	});

	it.each<[string, object, RegExp, RegExp]>([
		['no channel', { channels: [] }, /^No channel/, /^Choose at least one of email, sms/],
		['an unknown channel', { channels: ['email', 'fax' as Channel] }, /^A channel/, /^Use only email, sms/],
		['an unknown class', { class: 'gift' as MessageClass }, /^The class/, /occasion\.class.*service, relational/],
		['a missing class', { class: undefined as unknown as MessageClass }, /^The class/, /occasion\.class/],
		['an unknown moment', { moment: 'later' as 'plan' }, /^The moment/, /^Use plan or send/],
		['no text at the moment of sending', { moment: 'send' as const }, /finished text/, /^Pass text/],
		['a day that is none', { today: '22/11/2026' }, /^The day or the moment/, /YYYY-MM-DD/],
		['an instant that is none', { now: 'now' }, /^The day or the moment/, /ISO instant/],
	])('refuses a request with %s', (_, changes, message, howToGoOn) => {
		const problem = ((): CrmError | undefined => {
			try {
				decide(birthdayByEmail(changes), customer(), shop());
			} catch (error) {
				return error as CrmError;
			}
		})();
		expect(problem).toBeInstanceOf(CrmError);
		expect(problem?.message).toMatch(message);
		expect(problem?.howToGoOn).toMatch(howToGoOn);
	});
});
