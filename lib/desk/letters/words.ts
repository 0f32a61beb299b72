import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

export type LetterTexts = typeof import('../../../templates/it/desk-letters.json');

/** The words of the pages of letters, in one language. */
export function letterTexts(language: Language): LetterTexts {
	return loadTexts<LetterTexts>('desk-letters', language);
}
