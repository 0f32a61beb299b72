import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

/** The words of the page about the shop's phone. */
export type PhoneTexts = typeof import('../../../templates/it/desk-phone.json');

/** The words of the page of the shop's own phone, in one language. */
export function phoneTexts(language: Language): PhoneTexts {
	return loadTexts<PhoneTexts>('desk-phone', language);
}
