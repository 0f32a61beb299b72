import { explain } from '../../../lib/consent/explain';
import { REASONS } from '../../../lib/consent/reasons';
import { OUTCOMES } from '../../../lib/domain/consent';
import type { RecordedDecision } from '../../../lib/domain/explanation';
import { LANGUAGES, MESSAGE_STATES } from '../../../lib/domain/glossary';

const ROME = 'Europe/Rome';

function recorded(changes: Partial<RecordedDecision> = {}): RecordedDecision {
	const reason = changes.reason ?? 'CONSENT_MISSING';
	return {
		customerId: 7, occasionId: 3, kind: 'birthday', dueOn: '2026-11-22', decisionId: 9, decidedAt: '2026-11-22T08:00:00.000Z', moment: 'plan', outcome: 'block', channel: 'email',
		tried: [{ channel: 'email', outcome: changes.outcome ?? 'block', reason, rule: 'R07', facts: {} }], ...changes, reason,
	};
}

const english = (changes?: Partial<RecordedDecision>) => explain(recorded(changes), ROME, 'en');

it('says when, what about, by which channel and why', () => {
	expect(english()).toBe('On 22 November 2026 it was decided not to write to the customer (birthday, 22 November 2026, e-mail). The customer has not agreed to this channel and purpose.');
	expect(explain(recorded(), ROME, 'it')).toBe('In data 22 novembre 2026 si è deciso di non scrivere al cliente (compleanno, 22 novembre 2026, e-mail). Manca il consenso del cliente per questo canale e questo scopo.');
});

it('tells days by the clock of the shop', () => {
	expect(english({ decidedAt: '2026-11-22T23:30:00.000Z' })).toMatch(/^On 23 November 2026/);
	expect(explain(recorded({ decidedAt: '2026-11-22T23:30:00.000Z' }), 'America/New_York', 'en')).toMatch(/^On 22 November 2026/);
});

it('says until when it was put off', () => {
	expect(english({ outcome: 'defer', reason: 'QUIET_HOURS', moment: 'send', retryAt: '2026-11-23T08:12:00.000Z' })).toBe(
		'On 22 November 2026 the message had to wait (birthday, 22 November 2026, e-mail); next try: 23 Nov 2026, 09:12. No messages leave at this hour.',
	);
});

it('names the day of the consent, or of the no', () => {
	const withFacts = (reason: string, capturedAt: string | null, outcome: 'allow' | 'block' = 'allow') =>
		english({ outcome, reason, tried: [{ channel: 'email', outcome, reason, rule: 'R', facts: { capturedAt } }] });
	for (const reason of ['ALLOW_CONSENT', 'ALLOW_REQUEST', 'SOFT_SPAM']) expect(withFacts(reason, '2024-01-10T00:00:00.000Z')).toContain('The consent that it rests on is of 10 January 2024.');
	expect(withFacts('OBJECTED', '2024-01-10T09:00:00.000Z', 'block')).toContain('The customer said so on 10 January 2024.');
	// Of a day only, a no is kept at its end in UTC.
	expect(withFacts('OBJECTED', '2024-01-10T23:59:59.999Z', 'block')).toContain('The customer said so on 10 January 2024.');
	expect(withFacts('OBJECTED', '2024-01-10T23:59:00.000Z', 'block')).toContain('The customer said so on 11 January 2024.');
	for (const capturedAt of ['yesterday', null]) expect(withFacts('ALLOW_CONSENT', capturedAt)).toMatch(/The customer has agreed\.$/);
	expect(withFacts('PROOF_WEAK', '2024-01-10T00:00:00.000Z', 'block')).not.toContain('January');
});

it('tells of the other channels that were tried', () => {
	const facts = {};
	const tried = [
		{ channel: 'sms' as const, outcome: 'block' as const, reason: 'CONTACT_INVALID', rule: 'C01', facts },
		{ channel: 'email' as const, outcome: 'allow' as const, reason: 'ALLOW_CONSENT', rule: 'R07', facts },
		{ channel: 'letter' as const, outcome: 'block' as const, reason: 'FULL_MOON', rule: 'R99', facts },
	];
	expect(english({ outcome: 'allow', reason: 'ALLOW_CONSENT', tried })).toBe(
		'On 22 November 2026 it was decided to write to the customer (birthday, 22 November 2026, e-mail). The customer has agreed. ' +
			'As for the other channels: SMS: there is no valid address or number for this channel; letter: the reason on record: FULL_MOON.',
	);
	expect(english()).not.toContain('other channels');
});

it('has words for every outcome, moment, state and reason, in both languages', () => {
	for (const language of LANGUAGES) {
		const sentences = new Set<string>();
		for (const moment of ['plan', 'send'] as const) for (const outcome of OUTCOMES) sentences.add(explain(recorded({ moment, outcome }), ROME, language));
		for (const messageState of MESSAGE_STATES) sentences.add(explain(recorded({ messageState, sentOn: '2026-11-24' }), ROME, language));
		for (const reason of Object.keys(REASONS)) {
			const sentence = explain(recorded({ reason }), ROME, language);
			expect(sentence).not.toContain(reason);
			sentences.add(sentence);
		}
		// The first block is the one of CONSENT_MISSING too.
		expect(sentences.size).toBe(2 * OUTCOMES.length + MESSAGE_STATES.length + Object.keys(REASONS).length - 1);
		for (const sentence of sentences) expect(sentence).toMatch(/^\S.*[.]$/);
	}
});

it('tells what became of the message, on which day', () => {
	expect(english({ outcome: 'allow', reason: 'ALLOW_CONSENT', messageState: 'sent', sentOn: '2026-11-24' })).toMatch(/ The message left on 24 November 2026\.$/);
	expect(english({ messageState: 'read' })).toMatch(/it left on …\.$/);
});

it('goes by what was recorded where it is not known any more', () => {
	expect(english({ reason: 'FULL_MOON', kind: 'campaign.auguri', channel: 'pigeon' })).toBe(
		'On 22 November 2026 it was decided not to write to the customer (campaign.auguri, 22 November 2026, pigeon). The reason on record: FULL_MOON. As for the other channels: e-mail: the reason on record: FULL_MOON.',
	);
	expect(english({ kind: 'toString', dueOn: undefined })).toContain('(toString, e-mail)');
	expect(english({ kind: undefined, dueOn: undefined })).toContain('(–, e-mail)');
	expect(english({ reason: 'constructor' })).toContain('The reason on record: constructor.');
});

it('tells of an occasion about which nothing was decided', () => {
	const occasion = (occasionOutcome?: string) => english({ decisionId: undefined, decidedAt: undefined, occasionOutcome });
	expect(occasion()).toBe('Nothing has been decided for this occasion yet (birthday, 22 November 2026).');
	expect(occasion('held')).toBe('Nothing was written for this occasion (birthday, 22 November 2026): it was held back.');
	expect(occasion('something new')).toBe(occasion());
	expect(new Set(['dropped', 'held', 'not-matched', 'stopped', 'handed-over', 'message', 'blocked', 'deferred'].map(occasion)).size).toBe(8);
});
