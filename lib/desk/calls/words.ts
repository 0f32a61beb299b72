import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

export type CallTexts = typeof import('../../../templates/it/desk-calls.json');

export function callTexts(language: Language): CallTexts {
	return loadTexts<CallTexts>('desk-calls', language);
}
