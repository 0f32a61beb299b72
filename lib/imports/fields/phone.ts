import { findPhoneNumbersInText, parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import type { ParsedList } from '../parsed';
import { italianPhones } from './italianPhone';
import { isAbsent } from './words';

/** A phone number of a person. */
export interface ParsedPhone {
	e164: string;
	/** Unknown where a country's numbers do not tell. */
	line?: 'mobile' | 'landline';
}

const MOST_CHARACTERS = 200;
/** Digits beside the numbers, such as an extension or a floor. */
const MOST_DIGITS_LEFT = 4;
const LINES: Partial<Record<string, ParsedPhone['line']>> = { MOBILE: 'mobile', FIXED_LINE: 'landline' };
/** Kinds of number that a person can be reached on; the others (free, premium, shared cost, pager) are not a customer's own. */
const PERSONAL = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'PERSONAL_NUMBER', 'VOIP']);

/**
 * The phone numbers of a cell, as staff type them: 347/1234567, 0185-301234 / 347 1234567, 347 1234567 (moglie).
 * Needs the library's full metadata: the one for mobiles cannot tell a landline from a mistake.
 * @param country the shop's country, for numbers without a prefix
 */
export function phones(text: string, country: string): ParsedList<ParsedPhone> {
	if (text.length > MOST_CHARACTERS) return { values: [], problem: 'PHONE_UNUSABLE' };
	if (isAbsent(text) || isPlaceholder(text)) return { values: [] };
	const usual = country === 'IT' ? italianPhones(text) : undefined;
	if (usual) return { values: once(usual) };
	const only = /^[\d\s+./()-]+$/.test(text) ? parsePhoneNumberFromString(text, country as CountryCode) : undefined;
	const phone = only && toPhone(only);
	const values = once(phone ? [phone] : severalIn(text, country as CountryCode));
	return values.length === 0 ? { values: [], problem: 'PHONE_UNUSABLE' } : { values };
}

function once(phones: ParsedPhone[]): ParsedPhone[] {
	return phones.length < 2 ? phones : [...new Map(phones.map((phone) => [phone.e164, phone])).values()];
}

/**
 * All numbers of a text, or none where digits are left over: what the library then finds may be half of another number, and a message
 * to a stranger is worse than none.
 */
function severalIn(text: string, country: CountryCode): ParsedPhone[] {
	// 0185/301234 is one number; a slash after a whole number parts two, and is left to the library.
	const parts = text.replace(/(?<!\d)(\d{2,4})\/(?=\d)/g, '$1 ').split(/[;,|]/);
	const found = parts.flatMap((part) => findPhoneNumbersInText(part, country).map((match) => ({ ...match, written: part.slice(match.startsAt, match.endsAt) })));
	const left = digitsOf(text).length - found.reduce((sum, { written }) => sum + digitsOf(written).length, 0);
	return left > MOST_DIGITS_LEFT ? [] : found.flatMap(({ number }) => toPhone(number) ?? []);
}

function digitsOf(text: string): string {
	return text.replace(/\D/g, '');
}

/** Undefined where the number is not valid or not a person's. */
function toPhone(number: PhoneNumber): ParsedPhone | undefined {
	const type = number.getType();
	if (type === undefined || !PERSONAL.has(type)) return undefined;
	const line = LINES[type];
	return line ? { e164: number.number, line } : { e164: number.number };
}

/** What staff type to get past a field that must be filled: one digit over and over, or a word without any digit. */
function isPlaceholder(text: string): boolean {
	const digits = digitsOf(text);
	return /^(\d)\1*$/.test(digits) || (digits === '' && /^(no|x+)$/i.test(text));
}
