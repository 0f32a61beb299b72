import { WEEKDAYS, type OpeningHours, type OpeningSpan } from '../../domain/openingHours';
import { instantAt, localDate, plusDays, type Instant, type LocalDate } from '../../domain/time';
import { isHoliday, weekdayOf } from './holidays';

/** Spans of the day by the kind of day, `09:00-20:00`; empty: none. */
export interface ContactHours {
	workdays: string;
	saturdays: string;
	/** Sundays too. */
	holidays: string;
	/** Days before a holiday; absent: like any other day. */
	eves?: string;
}

/** Where and when the hours count. */
export interface ContactClock {
	hours: ContactHours;
	/** IANA. */
	timeZone: string;
	/** `MM-DD`. */
	patronSaint?: string;
	/** The shop must be open too. */
	openingHours?: OpeningHours;
}

/** A span of time in which people may be contacted: from the first instant up to, and without, the last. */
export interface ContactSpan {
	from: Instant;
	to: Instant;
}

/** Hours that leave no moment free for so long leave none at all. Days. */
const LONGEST_WAIT_DAYS = 60;

/**
 * What is left of the first span that has not ended at `now`: it begins at `now` when that lies inside. All clocks must agree.
 * @returns undefined where the hours leave nothing within two months
 */
export function nextSpan(now: Instant, clocks: readonly ContactClock[]): ContactSpan | undefined {
	const limit = plusDays(now.slice(0, 10), LONGEST_WAIT_DAYS);
	let from = now;
	while (from.slice(0, 10) <= limit) {
		const spans = clocks.map((clock) => spanFrom(from, clock));
		if (spans.some((span) => span === undefined)) return undefined;
		const common = { from: latest(spans.map((span) => (span as ContactSpan).from)), to: earliest(spans.map((span) => (span as ContactSpan).to)) };
		if (common.from < common.to) return common;
		from = common.from;
	}
	return undefined;
}

/** Whether there are hours at all on the day that the clock shows at `now`: none on holidays, as a rule. */
export function isDayOff(now: Instant, clock: ContactClock): boolean {
	return spansOn(localDate(now, clock.timeZone), clock).length === 0;
}

function spanFrom(now: Instant, clock: ContactClock): ContactSpan | undefined {
	const today = localDate(now, clock.timeZone);
	for (let ahead = 0; ahead <= LONGEST_WAIT_DAYS; ahead++) {
		const day = plusDays(today, ahead);
		for (const span of spansOn(day, clock)) {
			const [from, to] = [instantAt(day, span.from, clock.timeZone), instantAt(day, span.to, clock.timeZone)];
			if (now < to) return { from: latest([now, from]), to };
		}
	}
	return undefined;
}

function spansOn(day: LocalDate, { hours, patronSaint, openingHours }: ContactClock): OpeningSpan[] {
	const text = hoursOf(day, hours, patronSaint);
	if (text === '') return [];
	const [from, to] = text.split('-');
	if (!openingHours) return [{ from, to }];
	const open = openingHours[WEEKDAYS[(weekdayOf(day) + 6) % 7]] ?? [];
	// One that ends before it begins is none: nobody finds a moment in it.
	return open.map((span) => ({ from: latest([from, span.from]), to: earliest([to, span.to]) }));
}

function hoursOf(day: LocalDate, { workdays, saturdays, holidays, eves }: ContactHours, patronSaint?: string): string {
	if (isHoliday(day, patronSaint)) return holidays;
	if (weekdayOf(day) === 6) return saturdays;
	return eves !== undefined && isHoliday(plusDays(day, 1), patronSaint) ? eves : workdays;
}

function latest(values: readonly string[]): string {
	return values.reduce((one, other) => (other > one ? other : one));
}

function earliest(values: readonly string[]): string {
	return values.reduce((one, other) => (other < one ? other : one));
}
