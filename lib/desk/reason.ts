import type { Language } from '../domain/glossary';
import { loadTexts } from '../web/texts';
import { ownText } from './words';

/** What a reason code of the contact rules says; the code itself where it has no words yet. */
export function reasonInWords(code: string, language: Language): string {
	return ownText(loadTexts<Record<string, string>>('reasons', language), code) ?? code;
}
