import type { Instant } from '../../domain/time';

/* How a person writes on a phone: seldom, with pauses, and little at first. The figures are ours (RULES 39): numbers were restricted at 15 to 40 new contacts a day. */

/** Messages a day, by the whole days since the phone was linked: from that day on so many. */
const PER_DAY: ReadonlyArray<{ fromDay: number; messages: number }> = [
	{ fromDay: 0, messages: 5 },
	{ fromDay: 3, messages: 10 },
	{ fromDay: 7, messages: 20 },
	{ fromDay: 14, messages: 30 },
	{ fromDay: 30, messages: 40 },
];

/** Seconds between two messages. */
export interface Gap {
	shortest: number;
	longest: number;
}

export const HUMAN_GAP: Gap = { shortest: 40, longest: 150 };

const DAY_MS = 86_400_000;
/** Somebody types some characters a second, and nobody watches that for long. */
const MS_PER_CHARACTER = 60;
const TYPING_MS = { shortest: 1_500, longest: 12_000 };

/**
 * Messages that may leave on a day.
 * @param most of the shop's own choosing: it can only lower the figure
 */
export function dayLimit(linkedAt: Instant, now: Instant, most?: number): number {
	const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(linkedAt)) / DAY_MS));
	const ours = PER_DAY.filter(({ fromDay }) => fromDay <= days).at(-1)?.messages ?? PER_DAY[0].messages;
	return most === undefined ? ours : Math.max(1, Math.min(ours, most));
}

/** How long to wait before the next message: mostly short, now and then long, as with people. Milliseconds. */
export function gapMs({ shortest, longest }: Gap, random: () => number): number {
	return Math.round((shortest + (longest - shortest) * random() ** 2) * 1000);
}

/** How long the customer sees "is typing". Milliseconds. */
export function typingMs(text: string, random: () => number): number {
	const usual = text.length * MS_PER_CHARACTER * (0.8 + 0.4 * random());
	return Math.round(Math.min(TYPING_MS.longest, Math.max(TYPING_MS.shortest, usual)));
}
