import { CrmError } from './errors';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From opening to closing, in hours and minutes of the shop's clock: `HH:MM`. Sorts as text. */
export interface OpeningSpan {
	from: string;
	to: string;
}

/** The spans of each weekday in the order of the day. A weekday that is missing is closed. */
export type OpeningHours = Partial<Record<Weekday, OpeningSpan[]>>;

/**
 * Opening hours in order, from spans in any.
 * @throws CrmError naming the weekday, where a time is none, a span ends before it begins, or two spans overlap
 */
export function openingHours(spans: ReadonlyArray<OpeningSpan & { day: Weekday }>): OpeningHours {
	for (const { day } of spans) {
		if (!WEEKDAYS.includes(day)) throw new CrmError(`Opening hours name a day "${day}" that is none`, `Use one of ${WEEKDAYS.join(', ')}.`);
	}
	return Object.fromEntries(
		WEEKDAYS.flatMap((day) => {
			const ofDay = spans.filter((span) => span.day === day).map(({ from, to }) => ({ from: timeOf(from, day), to: timeOf(to, day) }));
			ofDay.sort((one, other) => (one.from < other.from ? -1 : 1));
			ofDay.forEach((span, index) => checkSpan(day, span, ofDay[index - 1]));
			return ofDay.length > 0 ? [[day, ofDay]] : [];
		}),
	);
}

function checkSpan(day: Weekday, { from, to }: OpeningSpan, before: OpeningSpan | undefined): void {
	if (from >= to) throw new CrmError(`On ${day} the shop would close at ${to}, before it opens at ${from}`, 'Correct the times; hours past midnight are not known here.');
	if (before && from < before.to) throw new CrmError(`On ${day} two spans overlap: ${before.from} to ${before.to}, and ${from} to ${to}`, 'Make one span of them, or correct the times.');
}

/** `9:00`, `09.00` and `9` are written too. */
function timeOf(given: string, day: Weekday): string {
	const [, hours, minutes = '00'] = /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*$/.exec(String(given ?? '')) ?? [];
	if (hours !== undefined && Number(hours) <= 23 && Number(minutes) <= 59) return `${hours.padStart(2, '0')}:${minutes}`;
	throw new CrmError(`An opening time of ${day} is no time of day`, 'Write it as 09:00 or 15:30.');
}
