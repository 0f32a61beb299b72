import type { DataUse } from '../domain/consent';
import type { Language } from '../domain/glossary';
import { dayInWords } from './dates';
import { fill, loadTexts } from './texts';

type Texts = typeof import('../../templates/it/explain.json');

/** What a message went by, in words: "health data, a purchase of 2 March 2026"; empty where it went by nothing. */
export function usesInWords({ health, purchaseOn, profiling }: DataUse, language: Language): string {
	const { uses } = loadTexts<Texts>('explain', language);
	return [health && uses.health, purchaseOn && fill(uses.purchase, { date: dayInWords(purchaseOn, language) }), profiling && uses.profiling].filter(Boolean).join(', ');
}
