/**
 * Variables of a template that a language model may be shown, if the shop allows them: none of them is about one customer alone. The others
 * (names, days of an appointment, orders, addresses with a customer's own code) never leave.
 */
export const MODEL_VARIABLES = [
	'occasion.stage', 'occasion.daysLate', 'shop.name', 'shop.address', 'shop.phone', 'link.website',
	'offer.title', 'offer.text', 'offer.validUntil', 'offer.time', 'offer.priceCents',
] as const;
export type ModelVariable = (typeof MODEL_VARIABLES)[number];
