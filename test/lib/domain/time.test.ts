import { DateTime } from 'luxon';
import { endOfMonth, localDate, localDayBounds, plusDays, plusMonths } from '../../../lib/domain/time';

const MONTHS = [1, 6, 12, 18, 24, 30];

it('adds months as a calendar does, on every day from 1900 to 2100', () => {
	const wrong: string[] = [];
	for (let day = DateTime.utc(1900, 1, 1); day.year <= 2100; day = day.plus({ days: 1 })) {
		const from = day.toISODate() as string;
		const months = MONTHS[day.ordinal % MONTHS.length];
		if (plusMonths(from, months) !== day.plus({ months }).toISODate()) wrong.push(`${from} + ${months}`);
		if (plusMonths(from, -months) !== day.minus({ months }).toISODate()) wrong.push(`${from} - ${months}`);
		if (endOfMonth(from) !== day.endOf('month').toISODate()) wrong.push(`end of ${from}`);
	}
	expect(wrong).toEqual([]);
}, 60_000);

it.each([['2026-08-31', 6, '2027-02-28'], ['2027-08-31', 6, '2028-02-29'], ['2028-02-29', 12, '2029-02-28'], ['2026-12-31', 2, '2027-02-28'], ['2026-03-31', -1, '2026-02-28']])(
	'%s and %i months are %s', (day, months, expected) => expect(plusMonths(day, months)).toBe(expected),
);

it('knows when a day begins and ends in every zone, also where there are two midnights or none', () => {
	const wrong: string[] = [];
	for (const zone of Intl.supportedValuesOf('timeZone')) {
		for (const day of ['2026-03-08', '2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-11-01', '2026-12-31', '2028-02-29']) {
			const { from, to } = localDayBounds(day, zone);
			const before = (moment: string) => localDate(new Date(Date.parse(moment) - 1).toISOString(), zone);
			const holds = localDate(from, zone) === day && before(from) === plusDays(day, -1) && before(to) === day && localDate(to, zone) === plusDays(day, 1);
			if (!holds) wrong.push(`${zone} ${day}`);
		}
	}
	expect(wrong).toEqual([]);
}, 60_000);

it('gives a day that a zone left out no moment', () => {
	const { from, to } = localDayBounds('2011-12-30', 'Pacific/Apia');
	expect(from).toBe(to);
});
