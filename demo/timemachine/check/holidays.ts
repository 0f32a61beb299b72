/* A second, plain reckoning of the days on which nobody is written to, so that a mistake in the rules does not hide itself. Source: RULES 21 and 22. */

const EVERY_YEAR = ['1/1', '6/1', '25/4', '1/5', '2/6', '15/8', '1/11', '8/12', '25/12', '26/12'];
/** Easter Sundays of a lifetime, from the tables of the church. */
const EASTER: Record<number, string> = {
	2015: '5/4', 2016: '27/3', 2017: '16/4', 2018: '1/4', 2019: '21/4', 2020: '12/4', 2021: '4/4', 2022: '17/4', 2023: '9/4', 2024: '31/3',
	2025: '20/4', 2026: '5/4', 2027: '28/3', 2028: '16/4', 2029: '1/4', 2030: '21/4', 2031: '13/4', 2032: '28/3', 2033: '17/4', 2034: '9/4',
	2035: '25/3', 2036: '13/4', 2037: '5/4', 2038: '25/4', 2039: '10/4', 2040: '1/4', 2041: '21/4', 2042: '6/4', 2043: '29/3', 2044: '17/4',
	2045: '9/4', 2046: '25/3', 2047: '14/4', 2048: '5/4', 2049: '18/4', 2050: '10/4',
};

/** Why nobody is written to on the day, if so. @throws RangeError for a year whose Easter is not in the table */
export function dayOff(day: string): 'Sunday' | 'holiday' | undefined {
	const date = new Date(`${day}T12:00:00Z`);
	const year = date.getUTCFullYear();
	if (EASTER[year] === undefined) throw new RangeError(`The table of holidays does not hold ${year}.`);
	if (date.getUTCDay() === 0) return 'Sunday';
	const written = (one: Date) => `${one.getUTCDate()}/${one.getUTCMonth() + 1}`;
	const yesterday = new Date(date.getTime() - 86_400_000);
	const isHoliday = EVERY_YEAR.includes(written(date)) || written(yesterday) === EASTER[year] || (year >= 2026 && written(date) === '4/10');
	return isHoliday ? 'holiday' : undefined;
}

/** The hours of the day in which messages may leave, first included, last not. */
export function hoursOf(day: string): [from: string, to: string] {
	return new Date(`${day}T12:00:00Z`).getUTCDay() === 6 ? ['10:00', '19:00'] : ['09:00', '20:00'];
}
