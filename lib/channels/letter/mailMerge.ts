import { addressParts } from '../../domain/postalAddress';

/** A letter as a row of a mail-merge table. */
export interface MergeRow {
	/** Its place in the batch, from 1. */
	number: number;
	messageId: number;
	firstName: string;
	lastName: string;
	/** The contact point, as the store keeps it. */
	address: string;
	subject?: string;
	pages: number;
	/** Why it may not arrive; empty where nothing speaks against the address. */
	doubt?: string;
}

const HEADINGS = ['number', 'message', 'firstName', 'lastName', 'street', 'postalCode', 'town', 'province', 'country', 'subject', 'pages', 'doubt'];
/** A spreadsheet takes a cell that begins so for a formula, and would run it. Source: OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r]/;

/** The rows as CSV for a word processor or a spreadsheet: semicolons as in Italy, UTF-8 with its mark, lines ended by CR LF. */
export function mailMergeCsv(rows: readonly MergeRow[]): string {
	const lines = rows.map(({ number, messageId, firstName, lastName, address, subject, pages, doubt }) => {
		const { street, postalCode, town, province, country } = addressParts(address) ?? { street: address };
		return [number, messageId, firstName, lastName, street, postalCode, town, province, country, subject, pages, doubt];
	});
	return `\ufeff${[HEADINGS, ...lines].map((cells) => cells.map(cell).join(';')).join('\r\n')}\r\n`;
}

function cell(value: string | number | undefined): string {
	if (value === undefined || typeof value === 'number') return String(value ?? '');
	const text = FORMULA.test(value.trimStart()) ? `'${value}` : value;
	return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
