import type { LocalDate } from '../../lib/domain/time';
import type { Answer } from './person';
import type { Random } from './random';

/** How staff type things. Every form means the same; none of them is a mistake. */

/** A name in capitals, as on an old keyboard: the accent on a last letter becomes an apostrophe. */
export function inCapitals(name: string): string {
	const accents: Record<string, string> = { à: "a'", è: "e'", ì: "i'", ò: "o'", ù: "u'" };
	return name.replace(/[àèìòù](?=$| )/g, (letter) => accents[letter]).toUpperCase();
}

/** `gg/mm/aaaa`, now and then with dashes, without zeros or with a short year. */
export function typedDate(date: LocalDate, today: LocalDate, random: Random): string {
	const [year, month, day] = date.split('-');
	const form = random.weighted([[93, 'usual'], [3, 'dashes'], [2, 'dots'], [2, 'short']] as const);
	if (form === 'dashes') return `${day}-${month}-${year}`;
	if (form === 'dots') return `${day}.${month}.${year}`;
	// Two digits say which year is meant only for people under a hundred.
	const clear = Number(today.slice(0, 4)) - Number(year) < 99;
	return form === 'short' && clear ? `${Number(day)}/${Number(month)}/${year.slice(2)}` : `${day}/${month}/${year}`;
}

/** A mobile number with spaces, a slash, a prefix, or a word about whose it is. */
export function typedMobile(digits: string, random: Random): string {
	const [prefix, number] = [digits.slice(0, 3), digits.slice(3)];
	return random.weighted([
		[40, `${prefix} ${number}`],
		[20, `${prefix}/${number}`],
		[15, digits],
		[8, `${prefix}-${number}`],
		[7, `+39 ${prefix} ${number}`],
		[4, `0039${digits}`],
		[3, `${prefix}.${number.slice(0, 3)}.${number.slice(3, 5)}.${number.slice(5)}`],
		[3, `${digits} (${random.pick(['moglie', 'marito', 'figlia', 'figlio'])})`],
	]);
}

/** A landline number with its area code set apart. */
export function typedLandline(digits: string, areaCode: string, random: Random): string {
	const number = digits.slice(areaCode.length);
	return random.pick([`${areaCode} ${number}`, `${areaCode}/${number}`, `${areaCode}-${number}`, digits]);
}

/** A box of the privacy form. */
export function typedAnswer(answer: Answer, random: Random): string {
	if (answer === 'unknown') return '';
	return answer === 'yes' ? random.pick(['SI', 'SI', 'SI', 'S', 'S', 'X', 'Sì', 'si']) : random.pick(['NO', 'NO', 'N', 'no']);
}

/** Euro as Italian programs write them: decimal comma, dots between the thousands. */
export function typedAmount(cents: number): string {
	const euros = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, '.');
	return `${euros},${String(cents % 100).padStart(2, '0')}`;
}
