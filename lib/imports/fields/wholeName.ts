import { fold } from '../../domain/text';
import words from '../data/words.json';

const PARTICLES = new Set(words.particles);

/** Last and first name out of one cell. `guessed` where the words alone do not tell which is which. */
export interface SplitName {
	lastName: string;
	firstName: string;
	guessed: boolean;
}

/**
 * Parts a whole name. A comma decides (Rossi, Mario); else the last name is one word with its particles (De Luca, D'Angelo, Lo Monaco)
 * at the side where the column has it, and the rest is the first name.
 */
export function splitName(name: string, order: 'lastFirst' | 'firstLast'): SplitName {
	const [before, after] = name.split(',', 2).map((part) => part.trim());
	if (before && after) return { lastName: before, firstName: after, guessed: false };
	const parts = before.split(' ');
	if (parts.length === 1) return { lastName: before, firstName: '', guessed: false };
	const cut = order === 'lastFirst' ? afterLastName(parts) : beforeLastName(parts);
	const [left, right] = [parts.slice(0, cut).join(' '), parts.slice(cut).join(' ')];
	return {
		lastName: order === 'lastFirst' ? left : right,
		firstName: order === 'lastFirst' ? right : left,
		guessed: parts.length > 2,
	};
}

function afterLastName(parts: string[]): number {
	let at = 0;
	while (at < parts.length - 2 && isParticle(parts[at])) at++;
	return at + 1;
}

function beforeLastName(parts: string[]): number {
	let at = parts.length - 1;
	while (at > 1 && isParticle(parts[at - 1])) at--;
	return at;
}

function isParticle(part: string): boolean {
	return PARTICLES.has(fold(part));
}
