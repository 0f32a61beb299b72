import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

/** The words about accounts, passwords and sessions. The Italian file is the model. */
export type WhoTexts = typeof import('../../../templates/it/desk-who.json');

/** The words of the pages about accounts and sessions, in one language. */
export function whoTexts(language: Language): WhoTexts {
	return loadTexts<WhoTexts>('desk-who', language);
}
