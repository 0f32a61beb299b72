import { withoutMojibake } from './mojibake';

/** What is read of a cell, in characters. Every field refuses far shorter texts; this keeps a cell of 10 MB from costing time. */
const MOST_CHARACTERS = 10_000;

/** Characters that are not seen but do harm: controls, bidirectional marks and other invisible signs, halves of characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** Spreadsheet programs write ="00123" to keep the zeros of a code. */
const KEPT_AS_TEXT = /^="([\p{L}\p{N} ./-]*)"$/u;

/** What needs no cleaning: nearly every cell of a real export. A first = is left to the rest. */
const CLEAN = /^(?:[!-<>-~][!-~]*(?: [!-~]+)*)?$/;

/** Text of a cell, whatever a spreadsheet or another node put there: trimmed, single spaces, composed accents, no mojibake, nothing invisible. */
export function cellText(value: unknown): string {
	if (typeof value === 'string' && value.length <= MOST_CHARACTERS && CLEAN.test(value)) return value;
	const text = withoutMojibake(textOf(value).slice(0, MOST_CHARACTERS)).normalize('NFC').replace(/\s+/gu, ' ').replace(INVISIBLE, '').replace(/ {2,}/g, ' ').trim();
	return KEPT_AS_TEXT.exec(text)?.[1].trim() ?? text;
}

/** Whether a spreadsheet would run the text as a formula (OWASP, CSV injection), also behind a quote. */
export function isFormula(text: string): boolean {
	return /^['"\s]*[=+@|-]/.test(text) || /\|.*!/.test(text);
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	return '';
}
