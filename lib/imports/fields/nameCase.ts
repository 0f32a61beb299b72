import { fold } from '../../domain/text';
import words from '../data/words.json';

const ACUTE_NAMES = new Set(words.acuteNames);
const SHORTENED_WORDS = new Set(words.shortenedWords);
const GRAVE: Record<string, string> = { a: 'à', e: 'è', i: 'ì', o: 'ò', u: 'ù', A: 'À', E: 'È', I: 'Ì', O: 'Ò', U: 'Ù' };

/** One word of plain letters in one case, or with its first alone a capital, as most names are. Mc is not plain. */
const PLAIN = /^(?![Mm][Cc])(?:[A-Z]+|[A-Z]?[a-z]+)$/;

/**
 * A name as people write it. Names in capitals or small letters only get proper case (De Luca, D'Angelo); mixed case is somebody's
 * choice and stays. An apostrophe typed for an accent becomes the accent (NICOLO' -> Nicolò), but not the one of De' Medici.
 */
export function nameCase(name: string): string {
	if (PLAIN.test(name)) return name[0].toUpperCase() + name.slice(1).toLowerCase();
	const accented = withAccents(name.replace(/[’‘`´ʼ′]/g, "'"));
	const oneCase = accented === accented.toUpperCase() || accented === accented.toLowerCase();
	return oneCase ? properCase(accented) : accented;
}

function properCase(name: string): string {
	return name
		.toLowerCase()
		.replace(/(^|[^\p{L}\p{M}\p{N}])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
		.replace(/(^|[^\p{L}])Mc(\p{L})/gu, (_, before: string, letter: string) => `${before}Mc${letter.toUpperCase()}`);
}

function withAccents(name: string): string {
	return name.replace(/(\p{L}+)([aeiou])'(?=$|[ ,.-])/giu, (written: string, stem: string, vowel: string, at: number) => {
		const word = fold(stem + vowel);
		const followed = at + written.length < name.length;
		if (followed && SHORTENED_WORDS.has(word)) return written;
		if (ACUTE_NAMES.has(word)) return stem + (vowel === 'E' ? 'É' : 'é');
		return stem + GRAVE[vowel];
	});
}
