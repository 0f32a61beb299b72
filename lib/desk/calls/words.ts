import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

export type CallTexts = typeof import('../../../templates/it/desk-calls.json');

/** The words of the pages of calls, in one language. */
export function callTexts(language: Language): CallTexts {
	return loadTexts<CallTexts>('desk-calls', language);
}
