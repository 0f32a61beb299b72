import type { Books } from './books';
import { acknowledgedConsents, consentChains, nothingAfterRefusal } from './consents';
import { decisionBeforeSending, legalChanges, nothingUnderWay, wholeHistory } from './history';
import { nothingForgotten, occasionsAccounted, oneOfEach } from './occasions';
import { capsHeld } from './pressure';
import { acknowledgedDecisions, approvedText, bookedIsKnown, sentIsBooked, sentOnce } from './sending';

/** Something that must hold of every shop's books, looked for in the most obvious way. */
export interface BookRule {
	name: string;
	/** Names each breach: ids and codes. */
	breaches(books: Books): string[];
}

export const BOOK_RULES: readonly BookRule[] = [
	sentOnce, sentIsBooked, bookedIsKnown, approvedText, acknowledgedDecisions, wholeHistory, legalChanges, nothingUnderWay, decisionBeforeSending,
	occasionsAccounted, nothingForgotten, oneOfEach, consentChains, acknowledgedConsents, nothingAfterRefusal, capsHeld,
];

/** Those that hold while messages are under way, too. */
export const AT_ANY_MOMENT: readonly BookRule[] = [sentOnce, sentIsBooked, approvedText, acknowledgedDecisions, wholeHistory, legalChanges, oneOfEach, consentChains, acknowledgedConsents, capsHeld];

/** A rule that the books break, with all its breaches. */
export interface BrokenRule {
	rule: string;
	breaches: string[];
}

/** Checks the books by these rules, or by all. Empty: they are in order. */
export function checkBooks(books: Books, rules = BOOK_RULES): BrokenRule[] {
	return rules.map(({ name, breaches }) => ({ rule: name, breaches: breaches(books) })).filter(({ breaches }) => breaches.length > 0);
}
