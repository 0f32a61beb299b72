import type { Parsed } from '../parsed';
import { isAbsent } from './words';

/** Above this, cents are no longer counted exactly enough to be money of a shop: ten million. */
const MOST_CENTS = 1_000_000_000;
const CURRENCY = /^(?:€|EUR|euro)\s*|\s*(?:€|EUR|euro)$/gi;
/** Thousands in groups of three, parted by dots, spaces or apostrophes, with a decimal comma; or no groups and either sign. */
const ITALIAN = /^([1-9]\d{0,2}(?:([. '’])\d{3})(?:\2\d{3})*)(?:,(\d{1,2}|\d{4}))?$/;
const ENGLISH = /^([1-9]\d{0,2}(?:,\d{3})+)\.(\d{1,2}|\d{4})$/;
const PLAIN = /^(\d+)(?:[.,](\d{1,2}|\d{4,}))?$/;

/**
 * An amount in cents: 1.234,56 or 1234,56 or 1234.56 or € 1.234. A dot before three digits parts thousands, as Italians write; a comma
 * before three digits could be either, so it is refused.
 */
export function amountInCents(text: string): Parsed<number> {
	const bare = text.replace(CURRENCY, '').trim();
	if (isAbsent(bare)) return {};
	const negative = /^[-−(]|-$/.test(bare);
	const digits = bare.replace(/^[-−+(]\s*|\s*[-)]$/g, '').replace(CURRENCY, '').trim();
	const [, whole, , italianCents] = ITALIAN.exec(digits) ?? [];
	const [, units, decimals] = whole === undefined ? (ENGLISH.exec(digits) ?? PLAIN.exec(digits) ?? []) : [undefined, whole, italianCents];
	if (units === undefined) return { problem: 'AMOUNT_UNUSABLE' };
	return centsOf(Number(`${negative ? '-' : ''}${units.replace(/\D/g, '')}.${decimals ?? '0'}`));
}

/** An amount that is a number already, in whole units of the currency. */
export function centsOf(amount: number): Parsed<number> {
	const cents = Math.round(Number((amount * 100).toFixed(4)));
	if (cents < 0) return { problem: 'AMOUNT_NEGATIVE' };
	return cents <= MOST_CENTS ? { value: cents + 0 } : { problem: 'AMOUNT_UNUSABLE' };
}
