import { plusDays, type LocalDate } from '../../lib/domain/time';
import type { Random } from '../shop/random';

/** Outages in a year, and their length in days: most fit the window of a birthday, some do not. */
const IN_A_YEAR = 3;
const LENGTHS = [[50, 1], [30, 3], [15, 5], [5, 12]] as const;

/** The days on which nothing runs: no poll, no sending, no import, no page. Never the first day. */
export function downtime(random: Random, from: LocalDate, days: number): Set<LocalDate> {
	const down = new Set<LocalDate>();
	for (let outage = 0; outage < Math.round((IN_A_YEAR * days) / 365); outage++) {
		const start = random.integer(1, Math.max(1, days - 1));
		const length = random.weighted(LENGTHS);
		for (let day = start; day < Math.min(start + length, days); day++) down.add(plusDays(from, day));
	}
	return down;
}
