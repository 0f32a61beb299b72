import { decide } from '../../../lib/consent/decide';
import { REASONS } from '../../../lib/consent/reasons';
import { RULES, RULES_VERSION } from '../../../lib/consent/registry';
import { CrmError } from '../../../lib/domain/errors';
import type { Channel, MessageClass } from '../../../lib/domain/glossary';
import { birthdayByEmail, chain, consent, customer, NOW, shop } from './cases';
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

	it.each([
		['no channel', { channels: [] }],
		['an unknown channel', { channels: ['fax' as Channel] }],
		['an unknown class', { class: 'gift' as MessageClass }],
		['a missing class', { class: undefined as unknown as MessageClass }],
		['an unknown moment', { moment: 'later' as 'plan' }],
		['no text at the moment of sending', { moment: 'send' as const }],
		['a day that is none', { today: '22/11/2026' }],
		['an instant that is none', { now: 'now' }],
	])('refuses a request with %s', (_, changes) => {
		expect(() => decide(birthdayByEmail(changes), customer(), shop())).toThrow(CrmError);
	});
});
