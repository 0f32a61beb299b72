import type { MessageClass } from './glossary';
import type { LocalDate } from './time';

/* What the store counts for the report, and the report reckons with. */

/** A month of the shop's calendar, `YYYY-MM`. */
export type Month = string;

/** What the figures of one month are made of, counted over all customers. */
export interface MonthFigures {
	month: Month;
	/** Customers who belonged to the shop a year before the end of the month: seen in the months before that day, as many as the shop says ... */
	known: number;
	/** ... and how often they came in the year that ends with the month. Days within 60 of each other are one visit. */
	visits: number;
	/** What was ordered in the month: what one customer ordered on one day is one basket. Sales without an amount and those returned do not count. */
	baskets: number;
	basketCents: number;
	/** Spectacles in use at the end of the month, and the customers who have any. */
	pairs: number;
	wearers: number;
}

/** One group of a campaign, contacted or held out. Each customer counts once, from the day on which the campaign had to do with them first. */
export interface GroupFigures {
	people: number;
	/** Those of them whose time to come back is over ... */
	over: number;
	/** ... and of these, those who came back in it, ... */
	returned: number;
	/** ... those who bought, for how much together, and the sum of the squares of what each spent. */
	buyers: number;
	revenueCents: number;
	revenueSquares: number;
}

/** A campaign by assignment: who was to be contacted counts as contacted, whatever became of the message. */
export interface CampaignFigures {
	/** The occasions' kind. */
	campaign: string;
	/** Of its messages; absent until one has left. */
	class?: MessageClass;
	/** The first day in the period. */
	firstOn: LocalDate;
	/** How many have come in since `recentFrom` of the query. */
	recent: number;
	contact: GroupFigures;
	holdout: GroupFigures;
	/** Of those who were to be contacted: a message left, it did not come back, they answered, made an appointment in the window, want no more messages. */
	sent: number;
	delivered: number;
	answered: number;
	booked: number;
	optedOut: number;
}
