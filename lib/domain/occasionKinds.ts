import type { MessageClass } from './glossary';

/** What the engine knows of an occasion kind. */
interface KindRule {
	class: MessageClass;
	/** Lets more important contacts with the same person go first. */
	waits: boolean;
	/** Is over as soon as the customer comes to the shop or answers. */
	endsWithVisit: boolean;
}

/**
 * The kinds that the triggers give, from the most important one down: where several are due for one person, the first is handed out and the
 * others wait. Source: RULES 24.
 */
export const OCCASION_KINDS = {
	'order.ready': { class: 'service', waits: false, endsWithVisit: true },
	'appointment.missed': { class: 'service', waits: false, endsWithVisit: true },
	progressive: { class: 'service', waits: false, endsWithVisit: false },
	'recall.lenses': { class: 'recall', waits: true, endsWithVisit: true },
	'recall.vision': { class: 'recall', waits: true, endsWithVisit: true },
	'recall.eyewear': { class: 'recall', waits: true, endsWithVisit: true },
	'quote.open': { class: 'promotional', waits: true, endsWithVisit: true },
	'recall.dormant': { class: 'recall', waits: true, endsWithVisit: true },
	welcome: { class: 'relational', waits: true, endsWithVisit: false },
	survey: { class: 'relational', waits: true, endsWithVisit: false },
	birthday: { class: 'relational', waits: false, endsWithVisit: false },
} as const satisfies Record<string, KindRule>;

/** What the staff write back to a customer who wrote. Not due by itself, so no trigger gives it. */
export const STAFF_ANSWER = 'reply';

export type OccasionKind = keyof typeof OCCASION_KINDS;

/** The kinds that a visit or an answer ends. */
export const ENDED_BY_VISIT = (Object.keys(OCCASION_KINDS) as OccasionKind[]).filter((kind) => OCCASION_KINDS[kind].endsWithVisit);

/** Whether a visit or an answer ends what is due by this kind. */
export function endsWithVisit(kind: string): boolean {
	return ENDED_BY_VISIT.includes(kind as OccasionKind);
}

/** How important a kind is: 0 is first. Dates of a consultant's own (`date.<name>`) come last. */
export function rankOf(kind: string): number {
	const rank = Object.keys(OCCASION_KINDS).indexOf(kind);
	return rank < 0 ? Infinity : rank;
}
