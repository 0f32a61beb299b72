import { cellText } from '../../../lib/imports/cell';
import { cutIntoCells } from '../../../lib/imports/csv/cells';
import { guessMapping, type KnownHeadings } from '../../../lib/imports/headings';

const SEPARATORS = [';', '\t', ',', '|'];

/**
 * The headings in the first line of a file, as somebody pasted it. It is cut in the way in which most headings are known, else into most
 * parts: here even a line of which nothing is known is of use.
 */
export function headingsOfLine(line: string, known: KnownHeadings<string>): string[] {
	const [text] = line.replace(/^\ufeff/, '').trimStart().split(/[\r\n]/);
	const cuts = SEPARATORS.map((separator) => {
		const headings = [...new Set(cutIntoCells([{ text }], separator)[0]?.map(cellText).filter(Boolean))];
		return { headings, recognised: Object.keys(guessMapping(headings, known).mapping).length };
	});
	cuts.sort((one, other) => other.recognised - one.recognised || other.headings.length - one.headings.length);
	return cuts[0].headings;
}
