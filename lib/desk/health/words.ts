import type { Language } from '../../domain/glossary';
import type { Finding } from '../../domain/health';
import { momentInWords } from '../../web/dates';
import { fill, fillCounted, loadTexts, numberInWords } from '../../web/texts';
import { deskTexts, kindInWords, ownText } from '../words';

/** The words of the page about the health of the system. */
export type HealthTexts = typeof import('../../../templates/it/desk-health.json');

/** The words of the page of the system's health, in one language. */
export function healthTexts(language: Language): HealthTexts {
	return loadTexts<HealthTexts>('desk-health', language);
}

/** What was found, and what to do about it. */
export function findingInWords({ code, count, about = '', since }: Finding, timeZone: string, language: Language): { what: string; next: string; since?: string } {
	const texts = healthTexts(language);
	const name = code === 'pollLate' ? kindInWords(about, language) : (ownText(deskTexts(language).channels, about) ?? about);
	const values = { count: numberInWords(count, language), about: name };
	const { what, next } = texts.findings[code];
	// Until when a sender is left alone is no beginning.
	const begun = since !== undefined && code !== 'senderOpen' ? { since: fill(texts.since, { moment: momentInWords(since, timeZone, language) }) } : {};
	return { what: typeof what === 'string' ? fill(what, values) : fillCounted(what, count, language, values), next, ...begun };
}
