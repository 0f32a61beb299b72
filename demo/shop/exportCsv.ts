import { HEADINGS } from './rows';

export const ENCODINGS = ['windows-1252', 'utf-8', 'utf-8-bom'] as const;
export type ExportEncoding = (typeof ENCODINGS)[number];

/** The export as an Italian shop program writes it: semicolons, CRLF, quotes only where they are needed. */
export function exportCsv(rows: readonly string[][], encoding: ExportEncoding = 'windows-1252'): Buffer {
	const text = [[...HEADINGS], ...rows].map((cells) => `${cells.map(quoted).join(';')}\r\n`).join('');
	if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
	if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`, 'utf8');
	// The part of Windows-1252 above Latin-1 (curly quotes, the euro sign) does not occur in the demo's data.
	const stranger = /[^\0-\x7f\xa0-\xff]/u.exec(text);
	if (stranger) throw new RangeError(`The demo's data holds a character that its Windows-1252 export cannot write: U+${stranger[0].codePointAt(0)?.toString(16)}`);
	return Buffer.from(text, 'latin1');
}

function quoted(cell: string): string {
	return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
