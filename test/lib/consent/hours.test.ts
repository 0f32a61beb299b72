import fc from 'fast-check';
import { isHoliday, easterOf, weekdayOf } from '../../../lib/consent/time/holidays';
import { isDayOff, nextSpan, type ContactClock } from '../../../lib/consent/time/hours';
import { spreadMoment } from '../../../lib/consent/time/spread';
import { WEEKDAYS, type OpeningHours } from '../../../lib/domain/openingHours';
import { plusDays, plusMinutes } from '../../../lib/domain/time';
import { runs } from './cases';

const STRICT: ContactClock = { timeZone: 'Europe/Rome', hours: { workdays: '09:00-20:00', saturdays: '10:00-19:00', holidays: '' } };

describe('holidays', () => {
	/** Butcher's rule of 1876, which looks nothing like the other one. */
	function butcher(year: number): string {
		const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
		const [d, e, g] = [Math.floor(b / 4), b % 4, Math.floor((8 * b + 13) / 25)];
		const h = (19 * a + b - d - g + 15) % 30;
		const [i, k] = [Math.floor(c / 4), c % 4];
		const l = (32 + 2 * e + 2 * i - h - k) % 7;
		const m = Math.floor((a + 11 * h + 19 * l) / 433);
		const month = Math.floor((h + l - 7 * m + 90) / 25);
		return `${year}-${String(month).padStart(2, '0')}-${String((h + l - 7 * m + 33 * month + 19) % 32).padStart(2, '0')}`;
	}

	it('Easter falls on the day of the almanac, and of another rule, for four hundred years', () => {
		const almanac = ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21', '2035-03-25', '2038-04-25'];
		for (const day of almanac) expect(easterOf(Number(day.slice(0, 4)))).toBe(day);
		for (let year = 1900; year < 2300; year++) expect(easterOf(year)).toBe(butcher(year));
	});

	it('are those of Italy', () => {
		const days = Array.from({ length: 365 }, (_, ahead) => plusDays('2027-01-01', ahead)).filter((day) => weekdayOf(day) !== 0 && isHoliday(day));
		expect(days).toEqual(['2027-01-01', '2027-01-06', '2027-03-29', '2027-05-01', '2027-06-02', '2027-10-04', '2027-11-01', '2027-12-08', '2027-12-25']);
		expect(['2026-04-25', '2026-05-01', '2026-08-15', '2028-12-26', '2026-04-06', '2026-04-05'].every((day) => isHoliday(day))).toBe(true);
	});

	it('know Saint Francis from 2026 on, every Sunday, and the saint of the town', () => {
		expect([isHoliday('2025-10-04'), isHoliday('2027-10-04'), isHoliday('2023-10-04')]).toEqual([false, true, false]);
		expect([isHoliday('2026-11-22'), isHoliday('2026-11-21'), isHoliday('2026-11-23')]).toEqual([true, false, false]);
		expect([isHoliday('2027-06-24'), isHoliday('2027-06-24', '06-24'), isHoliday('2027-06-25', '06-24')]).toEqual([false, true, false]);
	});
});

describe('hours', () => {
	const from = (now: string, ...clocks: ContactClock[]) => nextSpan(now, clocks)?.from;
	const WHOLE: ContactClock['hours'] = { workdays: '00:00-24:00', saturdays: '00:00-24:00', holidays: '00:00-24:00' };

	it('begin and end on the minute, in winter and in summer', () => {
		expect(nextSpan('2026-11-24T07:59:59.999Z', [STRICT])).toEqual({ from: '2026-11-24T08:00:00.000Z', to: '2026-11-24T19:00:00.000Z' });
		expect(nextSpan('2026-11-24T09:00:00.000Z', [STRICT])).toEqual({ from: '2026-11-24T09:00:00.000Z', to: '2026-11-24T19:00:00.000Z' });
		expect(from('2026-11-24T18:59:59.999Z', STRICT)).toBe('2026-11-24T18:59:59.999Z');
		expect(from('2026-11-24T19:00:00.000Z', STRICT)).toBe('2026-11-25T08:00:00.000Z');
		expect(from('2026-07-14T06:00:00.000Z', STRICT)).toBe('2026-07-14T07:00:00.000Z');
	});

	it('go on by the clock of the wall on the days on which it changes', () => {
		const sundays: ContactClock = { timeZone: 'Europe/Rome', hours: { workdays: '09:00-20:00', saturdays: '10:00-19:00', holidays: '02:30-10:00' } };
		// The clock goes from 2 to 3: half past two never comes.
		expect(nextSpan('2026-03-29T00:00:00.000Z', [sundays])).toEqual({ from: '2026-03-29T01:30:00.000Z', to: '2026-03-29T08:00:00.000Z' });
		// It goes from 3 back to 2: the day has 25 hours.
		expect(nextSpan('2026-10-25T05:00:00.000Z', [sundays])).toEqual({ from: '2026-10-25T05:00:00.000Z', to: '2026-10-25T09:00:00.000Z' });
		expect(from('2026-03-28T18:30:00.000Z', STRICT)).toBe('2026-03-30T07:00:00.000Z');
		expect(from('2026-10-24T17:30:00.000Z', STRICT)).toBe('2026-10-26T08:00:00.000Z');
	});

	it('are shorter on the day before a holiday where that is set, and on Saturdays as on Saturdays', () => {
		const calls = { ...STRICT, hours: { ...STRICT.hours, eves: '10:00-19:00' } };
		expect(nextSpan('2026-12-07T05:00:00.000Z', [calls])).toEqual({ from: '2026-12-07T09:00:00.000Z', to: '2026-12-07T18:00:00.000Z' });
		expect(nextSpan('2026-12-07T05:00:00.000Z', [STRICT])).toEqual({ from: '2026-12-07T08:00:00.000Z', to: '2026-12-07T19:00:00.000Z' });
		expect(from('2026-11-28T05:00:00.000Z', { ...calls, hours: { ...calls.hours, eves: '12:00-13:00' } })).toBe('2026-11-28T09:00:00.000Z');
		expect(from('2026-11-23T05:00:00.000Z', { ...calls, patronSaint: '11-24' })).toBe('2026-11-23T09:00:00.000Z');
	});

	it('are those in which the shop is open, where it must be', () => {
		const open = { ...STRICT, openingHours: { tuesday: [{ from: '08:00', to: '13:00' }, { from: '15:30', to: '19:30' }, { from: '21:00', to: '22:00' }], monday: [{ from: '19:00', to: '21:00' }] } };
		expect(nextSpan('2026-11-24T05:00:00.000Z', [open])).toEqual({ from: '2026-11-24T08:00:00.000Z', to: '2026-11-24T12:00:00.000Z' });
		expect(from('2026-11-24T12:00:00.000Z', open)).toBe('2026-11-24T14:30:00.000Z');
		expect(nextSpan('2026-11-24T18:30:00.000Z', [open])).toEqual({ from: '2026-11-30T18:00:00.000Z', to: '2026-11-30T19:00:00.000Z' });
		expect(from('2026-11-24T05:00:00.000Z', { ...STRICT, openingHours: {} })).toBeUndefined();
	});

	it('hold in both zones, or leave nothing', () => {
		const newYork = { ...STRICT, timeZone: 'America/New_York' };
		expect(nextSpan('2026-11-24T05:00:00.000Z', [STRICT, newYork])).toEqual({ from: '2026-11-24T14:00:00.000Z', to: '2026-11-24T19:00:00.000Z' });
		const auckland = { ...STRICT, timeZone: 'Pacific/Auckland' };
		expect(nextSpan('2026-11-24T05:00:00.000Z', [STRICT, auckland])).toBeUndefined();
		expect(from('2026-11-24T05:00:00.000Z', { ...STRICT, hours: { ...STRICT.hours, workdays: '', saturdays: '' } })).toBeUndefined();
	});

	it('tell a day off from an hour that is too late', () => {
		const off = (now: string, clock = STRICT) => isDayOff(now, clock);
		expect([off('2026-11-22T09:00:00.000Z'), off('2026-11-24T23:30:00.000Z'), off('2026-11-21T23:30:00.000Z')]).toEqual([true, false, true]);
		expect(off('2026-11-22T09:00:00.000Z', { ...STRICT, hours: WHOLE })).toBe(false);
	});

	it('agree with a walk from quarter to quarter of an hour by the clock on the wall', () => {
		const clocks = fc.array(fc.record({
			timeZone: fc.constantFrom('Europe/Rome', 'Europe/London', 'America/New_York', 'Asia/Kolkata'),
			hours: fc.record({ workdays: fc.constantFrom('09:00-20:00', '08:30-12:15'), saturdays: fc.constantFrom('10:00-19:00', ''), holidays: fc.constantFrom('', '11:00-12:00'), eves: fc.constantFrom(undefined, '10:00-13:00') }),
			patronSaint: fc.constantFrom(undefined, '03-30', '10-26'),
			openingHours: fc.constantFrom<OpeningHours | undefined>(undefined, { monday: [{ from: '09:00', to: '12:00' }, { from: '15:00', to: '19:00' }], saturday: [{ from: '09:00', to: '11:00' }] }),
		}), { minLength: 1, maxLength: 2 });
		// Around both changes of the clock, Easter, and holidays in a row.
		const start = fc.constantFrom('2026-03-27', '2026-04-03', '2026-10-23', '2026-12-23').chain((day) => fc.integer({ min: 0, max: 3 * 96 }).map((quarters) => plusMinutes(`${day}T00:00:00.000Z`, 15 * quarters)));
		fc.assert(fc.property(clocks, start, (all, now) => {
			const found = nextSpan(now, all);
			const walked = walk(now, all);
			if (walked === undefined) return;
			expect(found?.from).toBe(walked);
		}), runs(25));
	});

	/** The first quarter of an hour of the next days in which the clock on each wall shows a good time. */
	function walk(now: string, clocks: readonly ContactClock[]): string | undefined {
		const shown = new Map(clocks.map(({ timeZone }) => [timeZone, new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' })]));
		for (let minute = 0; minute < 6 * 1440; minute += 15) {
			const at = plusMinutes(now, minute);
			const good = clocks.every(({ timeZone, hours, patronSaint, openingHours }) => {
				const [date, time] = (shown.get(timeZone) as Intl.DateTimeFormat).format(new Date(at)).split(', ');
				const day = date.split('/').reverse().join('-');
				const inside = (span: string) => span !== '' && span.split('-')[0] <= time && time < span.split('-')[1];
				const tomorrow = plusDays(day, 1);
				const span = isHoliday(day, patronSaint) ? hours.holidays : weekdayOf(day) === 6 ? hours.saturdays : isHoliday(tomorrow, patronSaint) ? (hours.eves ?? hours.workdays) : hours.workdays;
				const weekday = WEEKDAYS[(weekdayOf(day) + 6) % 7];
				return inside(span) && (!openingHours || (openingHours[weekday] ?? []).some(({ from: opens, to }) => opens <= time && time < to));
			});
			if (good) return at;
		}
		return undefined;
	}
});

describe('what waited for the morning', () => {
	const SPAN = { from: '2026-11-25T08:00:00.000Z', to: '2026-11-25T19:00:00.000Z' };
	const minutesAfter = (id: number, span = SPAN, minutes = 120) => (Date.parse(spreadMoment(span, id, minutes)) - Date.parse(span.from)) / 60_000;

	it('leaves bit by bit: a thousand messages in a row fill each ten minutes alike', () => {
		const bins = new Array<number>(12).fill(0);
		for (let id = 5000; id < 6000; id++) bins[Math.floor(minutesAfter(id) / 10)]++;
		for (const count of bins) expect(Math.abs(count - 1000 / 12)).toBeLessThan(10);
	});

	it('leaves at the same moment however often it is asked, inside of the span', () => {
		fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 0, max: 600 }), (id, minutes) => {
			const after = minutesAfter(id, SPAN, minutes);
			expect(after).toBe(minutesAfter(id, SPAN, minutes));
			expect(after >= 0 && (after < minutes || minutes === 0)).toBe(true);
		}));
		expect(minutesAfter(3, { from: SPAN.from, to: '2026-11-25T09:00:00.000Z' }, 600)).toBeLessThan(30);
		expect(minutesAfter(2 ** 31 - 1, { from: SPAN.from, to: '2026-11-25T09:00:00.000Z' }, 600)).toBeLessThan(30);
	});
});
