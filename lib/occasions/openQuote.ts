import { plusDays, type LocalDate } from '../domain/time';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import type { CustomerFacts, Due } from './facts';
import { wholeNumber } from './settings';
import { afterDays } from './spans';

/** When somebody is asked about a quote that had no answer. */
export interface OpenQuoteSettings extends CourseSettings {
	/** Days after the quote was made. */
	afterDays: number;
}

export const OPEN_QUOTE_DEFAULTS: OpenQuoteSettings = { afterDays: 7, windowDays: 14, followUps: [14], callLast: true };

/** @throws CrmError naming the setting that cannot be used */
export function openQuoteSettings(given: Partial<Record<keyof OpenQuoteSettings, unknown>>): OpenQuoteSettings {
	const all = { ...OPEN_QUOTE_DEFAULTS, ...given };
	return { ...courseSettings('the open quotes', all), afterDays: wholeNumber('"Days After" of the open quotes', all.afterDays, 1, 180) };
}

/** Each quote that is open and still holds today. */
export function openQuoteDue({ quotes }: CustomerFacts, { afterDays }: OpenQuoteSettings, today: LocalDate): Due[] {
	return quotes.flatMap(({ status, madeOn, validUntil }) =>
		status === 'open' && (validUntil === undefined || validUntil >= today) ? [{ dueOn: plusDays(madeOn, afterDays), since: madeOn }] : []);
}

/** Quotes without an answer, as a kind of occasion. */
export function openQuotes(settings: OpenQuoteSettings): DueKind {
	return course('quote.open', settings, (window, today) => [{
		...firstStage('quote.open'),
		unlessBooked: true,
		fact: { of: 'openQuote', today },
		same: { dueDays: 0, sinceDays: 0 },
		when: afterDays(window(settings.windowDays), settings.afterDays),
	}]);
}
