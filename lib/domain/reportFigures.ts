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
