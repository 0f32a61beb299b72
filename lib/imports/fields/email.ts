import { isFormula } from '../cell';
import words from '../data/words.json';
import type { ParsedList } from '../parsed';
import { isAbsent } from './words';

/** RFC 5321, 4.5.3.1: the longest local part and the longest path without its brackets. */
const MOST_LOCAL = 64;
const MOST_ADDRESS = 254;
/** Several addresses fit; notes do not. */
const MOST_CHARACTERS = 1000;
/** Without accents (they need SMTPUTF8 and are nearly always a slip) and without the first signs of a formula. */
const LOCAL = /^[a-z0-9_!#$%&'*/?^`{}~][\w!#$%&'*+/=?^`{}~-]*(\.[\w!#$%&'*+/=?^`{}~-]+)*$/;
const DOMAIN = /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u;
const PLACEHOLDERS = new Set(words.emailAbsent.map(letters));

/** The e-mail addresses of a cell, in small letters. Placeholders such as "nessuna" or no@no.it count as absent. */
export function emails(text: string): ParsedList<string> {
	if (isAbsent(text) || PLACEHOLDERS.has(letters(text))) return { values: [] };
	if (text.length > MOST_CHARACTERS || isFormula(text)) return { values: [], problem: 'EMAIL_UNUSABLE' };
	const candidates = text.toLowerCase().replace(/mailto:/g, '').split(/[\s;,<>()"]+/).filter((part) => part.includes('@'));
	const real = candidates.filter((address) => !isPlaceholder(address));
	const values = [...new Set(real.filter(isAddress))];
	const bad = candidates.length === 0 || values.length < new Set(real).size;
	return bad ? { values, problem: 'EMAIL_UNUSABLE' } : { values };
}

function isAddress(address: string): boolean {
	const at = address.lastIndexOf('@');
	return at <= MOST_LOCAL && address.length <= MOST_ADDRESS && LOCAL.test(address.slice(0, at)) && DOMAIN.test(address.slice(at + 1));
}

function isPlaceholder(address: string): boolean {
	const [local, domain = ''] = address.split('@');
	return PLACEHOLDERS.has(letters(local)) || PLACEHOLDERS.has(letters(domain.split('.')[0]));
}

function letters(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
