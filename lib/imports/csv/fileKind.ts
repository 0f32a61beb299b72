import { CrmError } from '../../domain/errors';

const SAVE_AS_CSV = 'Save it as CSV (separated by semicolons), or put n8n\'s Extract from File node before this one.';

interface FileKind {
	name: string;
	/** How such a file begins, read as Latin-1. */
	begins: RegExp;
	howToGoOn: string;
}

const NOT_CSV: FileKind[] = [
	{ name: 'an Excel workbook (or another zip file)', begins: /^PK\x03\x04/, howToGoOn: SAVE_AS_CSV },
	{ name: 'an old Excel workbook', begins: /^\xd0\xcf\x11\xe0/, howToGoOn: SAVE_AS_CSV },
	{ name: 'a PDF', begins: /^%PDF-/, howToGoOn: 'Export the customers as CSV from the shop program.' },
	{ name: 'a compressed file', begins: /^(\x1f\x8b|Rar!|7z\xbc\xaf)/, howToGoOn: 'Unpack it and import the CSV file inside.' },
	{ name: 'a web page', begins: /^(\xef\xbb\xbf)?\s*<(!doctype|html|table|head|meta)/i, howToGoOn: `Open it in a spreadsheet program. ${SAVE_AS_CSV}` },
	{ name: 'XML', begins: /^(\xef\xbb\xbf)?\s*<\?xml/i, howToGoOn: SAVE_AS_CSV },
	{ name: 'JSON', begins: /^(\xef\xbb\xbf)?\s*(\[\s*\{|\{\s*")/, howToGoOn: 'Read it with n8n\'s Extract from File node and import its items.' },
	{ name: 'a formatted text (RTF)', begins: /^\{\\rtf/, howToGoOn: SAVE_AS_CSV },
	{ name: 'a database file', begins: /^SQLite format 3\0/, howToGoOn: 'Export the customers from it as CSV.' },
];

/**
 * Refuses a file that is known not to be CSV by the way it begins.
 * @throws CrmError that names the kind of file and how to go on
 */
export function refuseOtherKinds(firstPiece: Buffer): void {
	const start = firstPiece.toString('latin1', 0, 64);
	const kind = NOT_CSV.find(({ begins }) => begins.test(start));
	if (kind) throw new CrmError(`This is not a CSV file: it looks like ${kind.name}.`, kind.howToGoOn);
}
