import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

export type DayTexts = typeof import('../../../templates/it/desk-day.json');

/** The words of Today. */
export function dayTexts(language: Language): DayTexts {
	return loadTexts<DayTexts>('desk-day', language);
}
