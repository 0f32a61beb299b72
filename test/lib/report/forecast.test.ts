import fc from 'fast-check';
import { countForecast, type ContactCosts, type ForecastEntry } from '../../../lib/report/forecast';

const COSTS: ContactCosts = { centsFor: { sms: 6, letter: 150 }, minutesFor: { call: 5, letter: 3 }, approvalMinutes: 0.5, centsAnHour: 2400 };
const entry = (changes: Partial<ForecastEntry>): ForecastEntry => ({ day: '2026-11-22', kind: 'birthday', outcome: 'contacted', channel: 'email', reason: 'ALLOW_CONSENT', ...changes });

describe('the count of a forecast', () => {
	it('tells contacts by kind and channel, calls apart, what is not contacted by its reason, and what it costs', () => {
		const entries = [
			entry({}), entry({}), entry({ kind: 'recall.vision', channel: 'sms' }), entry({ kind: 'recall.vision', channel: 'call' }), entry({ kind: 'recall.vision', channel: 'letter' }),
			entry({ outcome: 'blocked', reason: 'CONSENT_MISSING' }), entry({ outcome: 'held', reason: 'QUIET_HOURS' }), entry({ outcome: 'dropped', reason: 'FREQUENCY_CAP' }),
		];
		expect(countForecast(entries, COSTS)).toEqual({
			occasions: 8, messages: 4, calls: 1, blocked: 1, held: 1, dropped: 1,
			contactsByKind: { birthday: { email: 2 }, 'recall.vision': { sms: 1, call: 1, letter: 1 } },
			contactsByChannel: { email: 2, sms: 1, call: 1, letter: 1 },
			reasons: { CONSENT_MISSING: 1, QUIET_HOURS: 1, FREQUENCY_CAP: 1 },
			// Four approvals, one call, one letter.
			staffMinutes: 10,
			costCents: { messages: 156, staff: 400, total: 556 },
		});
	});

	it('is nothing for nothing', () => {
		expect(countForecast([], COSTS)).toMatchObject({ occasions: 0, messages: 0, calls: 0, staffMinutes: 0, costCents: { total: 0 }, reasons: {} });
	});

	it('loses no entry', () => {
		const some = fc.array(fc.record({
			day: fc.constant('2026-11-22'), kind: fc.constantFrom('birthday', 'recall.vision'), outcome: fc.constantFrom('contacted', 'blocked', 'held', 'dropped'),
			channel: fc.constantFrom('email', 'sms', 'call'), reason: fc.constantFrom('A', 'B'),
		})) as fc.Arbitrary<ForecastEntry[]>;
		fc.assert(fc.property(some, (entries) => {
			const { occasions, messages, calls, blocked, held, dropped, reasons, contactsByChannel } = countForecast(entries, COSTS);
			const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
			expect(occasions).toBe(entries.length);
			expect(messages + calls + blocked + held + dropped).toBe(occasions);
			expect(sum(contactsByChannel)).toBe(messages + calls);
			expect(sum(reasons)).toBe(blocked + held + dropped);
		}));
	});
});
