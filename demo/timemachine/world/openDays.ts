import { plusDays, type LocalDate } from '../../../lib/domain/time';

/** Days on which the fictional shop is shut beside Sundays; Easter Monday it takes as it comes. */
const SHUT = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'];

export function isOpen(day: LocalDate): boolean {
	return new Date(`${day}T00:00:00Z`).getUTCDay() !== 0 && !SHUT.includes(day.slice(5));
}

/** The day itself, or the next one on which the shop is open. */
export function nextOpen(day: LocalDate): LocalDate {
	let open = day;
	while (!isOpen(open)) open = plusDays(open, 1);
	return open;
}
