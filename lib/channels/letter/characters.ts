import { CrmError } from '../../domain/errors';
import type { Letter, LetterFrame } from './letter';

/** What the 14 standard fonts of every PDF reader can show: Windows-1252 without its control characters. Source: PDF 32000-1, annex D. */
const WIN_ANSI = new Set([...rangeOf(0x20, 0x7e), ...rangeOf(0xa1, 0xff), ...[...'ƒ–—‘’‚“”„†‡•…€‰‹›ˆ™Œœ˜ŠšŸŽž'].map((sign) => sign.codePointAt(0) as number)]);
/** Written otherwise and read the same. */
const SAME: Record<string, string> = { '\u00a0': ' ', '\u202f': ' ', '\u2009': ' ', '\u2011': '-', '\u2010': '-', '\u2212': '-', '\u00ad': '', '\u200b': '', '\ufeff': '', '\u02bc': '\u2019', '\t': ' ' };

/** Text as the printer takes it: letters with their accents in one piece, and one kind of space. */
export function printable(text: string): string {
	return text.normalize('NFC').replace(/[\u00a0\u202f\u2009\u2010\u2011\u2212\u00ad\u200b\ufeff\u02bc\t]/g, (sign) => SAME[sign]);
}

/** The characters of a text that the standard fonts do not have. */
function unprintable(text: string): string[] {
	return [...new Set(printable(text))].filter((sign) => sign !== '\n' && !WIN_ANSI.has(sign.codePointAt(0) as number));
}

/**
 * The parts of a letter that the standard fonts cannot show, with the characters: nobody's name is printed with a wrong letter. Empty: all can.
 */
export function unprintableFields({ recipientName, addressLines, subject = '', text }: Letter): Array<{ field: string; characters: string }> {
	const fields = { 'recipient name': recipientName, address: addressLines.join('\n'), subject, text };
	return Object.entries(fields).flatMap(([field, content]) => {
		const characters = unprintable(content).join('');
		return characters === '' ? [] : [{ field, characters }];
	});
}

/** @throws CrmError naming the letter, the field and the characters that cannot be printed */
export function checkCharacters(letters: readonly Letter[], frame: LetterFrame): void {
	for (const letter of letters) {
		const [wrong] = unprintableFields(letter);
		if (wrong) throw new CrmError(`The ${wrong.field} of the letter of message ${letter.id} holds characters that the standard fonts do not have: ${wrong.characters}`, HOW);
	}
	const shop = unprintable([frame.senderName, ...frame.senderLines, frame.returnLine, frame.placeAndDate].join('\n')).join('');
	if (shop !== '') throw new CrmError(`The shop's own data hold characters that the standard fonts do not have: ${shop}`, HOW);
}

const HOW = 'Give a font file (TTF or OTF) that has them, take the letter out of the batch, or correct the data.';

function rangeOf(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
