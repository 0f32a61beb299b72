import { bestParts, nextTry, partOf } from '../../../lib/calls/bestHour';
import { calendarEntry, telLink } from '../../../lib/calls/calendarEntry';
import { consequenceOf } from '../../../lib/calls/consequence';
import { orderCalls } from '../../../lib/calls/order';
import type { CallOutcome, CallTry, WaitingCall } from '../../../lib/domain/calls';
import { CrmError } from '../../../lib/domain/errors';

const ROME = 'Europe/Rome';
/** Tuesday, eleven in the morning in Rome. */
const NOW = '2026-11-24T10:00:00.000Z';
const UNTIL = '2026-11-24T23:00:00.000Z';
const tried = (at: string, outcome: CallOutcome = 'notReached', againAt?: string): CallTry => ({ at, outcome, ...(againAt && { againAt }) });
const call = (messageId: number, changes: Partial<WaitingCall> = {}): WaitingCall => ({ messageId, customerId: messageId, kind: 'recall.vision', dueOn: '2026-11-20', tries: [], ...changes });
/** Nothing is forbidden. */
const always = (from: string) => ({ from, to: '9999' });

describe('the order', () => {
	it('keeps promises first, then whoever said that something is wrong, then goes by importance', () => {
		const calls = [
			call(1, { kind: 'recall.dormant' }), call(2), call(3, { kind: 'progressive', cause: 'answered-wrong' }), call(4, { kind: 'progressive' }),
			call(5, { kind: 'recall.dormant', tries: [tried('2026-11-23T10:00:00.000Z', 'again', '2026-11-24T15:00:00.000Z')] }),
			call(6, { kind: 'recall.dormant', tries: [tried('2026-11-23T10:00:00.000Z', 'again', '2026-11-24T12:00:00.000Z')] }),
			call(7, { kind: 'order.ready' }), call(8, { kind: 'progressive', cause: 'first-time' }), call(9, { kind: 'date.own' }),
		];
		expect(orderCalls(calls, UNTIL).map(({ messageId }) => messageId)).toEqual([6, 5, 3, 7, 8, 4, 2, 1, 9]);
	});

	it('takes what ends first, what was tried less often and what is due longer', () => {
		const calls = [call(1), call(2, { dueOn: '2026-11-01' }), call(3, { tries: [tried('2026-11-23T10:00:00.000Z')], dueOn: '2026-10-01' }), call(4, { expiresOn: '2026-11-25', dueOn: '2026-11-24' })];
		expect(orderCalls(calls, UNTIL).map(({ messageId }) => messageId)).toEqual([4, 2, 1, 3]);
	});
});

describe('the best hour', () => {
	it('goes by the clock of the shop', () => {
		expect(['2026-11-24T11:59:00.000Z', '2026-11-24T12:00:00.000Z', '2026-11-24T16:00:00.000Z'].map((at) => partOf(at, ROME))).toEqual(['morning', 'afternoon', 'evening']);
	});

	it('is where somebody answered, then where nobody has tried', () => {
		expect(bestParts([], ROME)).toEqual(['evening', 'afternoon', 'morning']);
		expect(bestParts([tried('2026-11-20T09:00:00.000Z', 'reached'), tried('2026-11-21T17:00:00.000Z')], ROME)).toEqual(['morning', 'afternoon', 'evening']);
		expect(bestParts([tried('2026-11-20T09:00:00.000Z', 'wrongNumber')], ROME)).toEqual(['evening', 'afternoon', 'morning']);
	});

	it('is never soon after a try in vain, and never when nobody may ring', () => {
		expect(nextTry(NOW, [tried(NOW)], ROME, always)).toBe('2026-11-24T16:00:00.000Z');
		expect(nextTry('2026-11-24T17:30:00.000Z', [tried('2026-11-24T17:30:00.000Z'), tried('2026-11-20T13:00:00.000Z')], ROME, always)).toBe('2026-11-25T08:00:00.000Z');
		// The shop is closed until Thursday.
		const closed = (from: string) => ({ from: from < '2026-11-26T08:00:00.000Z' ? '2026-11-26T08:00:00.000Z' : from, to: '9999' });
		expect(nextTry(NOW, [tried(NOW)], ROME, closed)).toBe('2026-11-26T16:00:00.000Z');
	});

	it('is the first allowed moment where the best part of the day is never allowed', () => {
		const mornings = (from: string) => ({ from: from.slice(11) < '08:00' ? `${from.slice(0, 11)}08:00:00.000Z` : '2027-01-02T08:00:00.000Z', to: '9999' });
		expect(nextTry(NOW, [], ROME, mornings)).toBe('2027-01-02T08:00:00.000Z');
	});
});

describe('what an outcome means', () => {
	const meant = (outcome: CallOutcome, tries: CallTry[] = [], more: object = {}) => consequenceOf({ outcome, ...more }, tries, { most: 3, next: UNTIL, now: NOW });

	it.each([['reached', 'read', true], ['booked', 'read', true], ['refuses', 'read', true], ['wrongNumber', 'failed', false]] as const)('%s: %s', (outcome, to, answered) => {
		expect(meant(outcome)).toMatchObject({ to, answered });
	});

	it('gives up after the last try in vain, and counts only those', () => {
		expect(meant('notReached', [tried(NOW)])).toEqual({ to: 'approved', why: 'NOT_REACHED', notBefore: UNTIL, answered: false });
		expect(meant('notReached', [tried(NOW), tried(NOW, 'again'), tried(NOW)])).toEqual({ to: 'failed', why: 'NOT_REACHED', answered: false });
	});

	it('waits until the customer wants to be called', () => {
		expect(meant('again', [], { againAt: UNTIL })).toMatchObject({ to: 'approved', notBefore: UNTIL });
		for (const againAt of [undefined, NOW]) expect(meant('again', [], { againAt })).toBeInstanceOf(CrmError);
	});

	it('takes an appointment only with Booked, and only one that lies ahead', () => {
		expect(meant('booked', [], { appointmentAt: UNTIL })).toMatchObject({ to: 'read' });
		expect(meant('reached', [], { appointmentAt: UNTIL })).toBeInstanceOf(CrmError);
		expect(meant('booked', [], { appointmentAt: NOW })).toBeInstanceOf(CrmError);
	});
});

describe('a calendar entry', () => {
	it('is an iCalendar file with one event, the same each time', async () => {
		const moment = { id: 'call-7', startsAt: UNTIL, minutes: 15, timeZone: ROME, summary: 'Richiamare, 0185', description: 'a\nb; c', now: NOW, alarmMinutes: 10 };
		const file = await calendarEntry(moment);
		for (const line of ['BEGIN:VCALENDAR', 'UID:call-7', 'DTSTART:20261124T230000Z', 'DTEND:20261124T231500Z', 'DTSTAMP:20261124T100000Z', 'SUMMARY:Richiamare\\, 0185', 'DESCRIPTION:a\\nb\\; c', 'TRIGGER:-PT10M', 'END:VCALENDAR']) {
			expect(file).toContain(`${line}`);
		}
		expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(1);
		expect(await calendarEntry(moment)).toBe(file);
	});

	it('dials what a person reads', () => {
		expect(telLink('+39 0185 000-147')).toBe('tel:+390185000147');
	});
});
