import fc from 'fast-check';
import { CrmError } from '../../../lib/domain/errors';
import { readExport } from '../../../lib/imports/readExport';
import { collect, options, readCsv, type Reading } from './reading';

const HEADINGS = 'Codice;Cognome;Nome;Data di nascita;Cellulare;E-mail;Consenso e-mail;Note';

/** What must hold of every reading, whatever was in the file. */
function expectSound({ rows, end }: Reading): void {
	expect(end.accepted + end.rejected).toBe(end.rows);
	expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1));
	expect(end.rows).toBe(rows.length);
	const lines = rows.map(({ line }) => line as number);
	expect(lines).toEqual([...lines].sort((one, other) => one - other));
	for (const { result } of rows) {
		if (result.status === 'rejected') expect(result.rejection.hint).not.toBe('');
		else expect(`${result.customer.lastName}${result.customer.firstName}`).toMatch(/\p{L}/u);
	}
}

test('random bytes: an error that says how to go on, or sound rows', async () => {
	await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 4 }), fc.boolean(), async (chunks, withHeadings) => {
		const bytes = withHeadings ? [Buffer.from(`${HEADINGS}\r\n`), ...chunks] : chunks;
		try {
			expectSound(await collect(readExport(bytes, options)));
		} catch (error) {
			expect(error).toBeInstanceOf(CrmError);
			expect(withHeadings).toBe(false);
		}
	}), { numRuns: 300 });
});

test('cells of every kind: nothing crashes, no row is lost', async () => {
	const nasty = fc.constantFrom('', ' ', '"', '""', 'a"b', "=cmd|' /C calc'!A0", '31/02/1980', '00/00/0000', '\u202e', '\0', '\ufeff', '325 ABC', 'SI', 'forse', 'x'.repeat(20_000), 'a\rb', '​', '𐀀', '\ud800', '-1', '1e9');
	const cell = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\n\r;"]/g, '')));
	const row = fc.array(cell.map((text) => (/["\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)), { minLength: 8, maxLength: 8 });
	await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (table) => {
		const reading = await readCsv(`${HEADINGS}\r\n${table.map((cells) => `${cells.join(';')}\r\n`).join('')}`);
		expectSound(reading);
		// Every quote is closed here, so each row of the table is a row, or blank.
		expect(reading.end.rows + reading.end.blankRows).toBeLessThanOrEqual(table.length);
		expect(reading.end.rows).toBeGreaterThanOrEqual(table.filter((cells) => cells.some((text) => /[\p{L}\p{N}]/u.test(text))).length);
	}), { numRuns: 300 });
});

test('half a file, cut anywhere: the rows before the cut are the same as in the whole file', async () => {
	const rows = Array.from({ length: 20 }, (_, index) => `${index};Cantù${index};"Anna ""la ${index}"";\n";01/02/19${index + 50};325 12345${index + 10};a${index}@posta.example;SI;"fine; ${index}"`);
	const file = Buffer.from(`${HEADINGS}\r\n${rows.join('\r\n')}\r\n`);
	const whole = await readCsv(file);
	expect(whole.end).toMatchObject({ rows: 20, accepted: 20 });
	await fc.assert(fc.asyncProperty(fc.integer({ min: HEADINGS.length + 2, max: file.length }), async (cut) => {
		const half = await readCsv(file.subarray(0, cut));
		expectSound(half);
		const before = whole.rows.filter(({ line }) => whole.rows.some((next) => next.line === (line as number) + 2) && endOfRow(file, line as number) <= cut);
		expect(half.rows.slice(0, before.length)).toEqual(before);
	}), { numRuns: 200 });
});

/** Where in the file the row ends that begins on this line; each has two lines. */
function endOfRow(file: Buffer, line: number): number {
	let at = -1;
	for (let breaks = 0; breaks < line + 1; breaks++) at = file.indexOf('\n', at + 1);
	return at + 1;
}

test('the same file in any encoding gives the same customers', async () => {
	const csv = `${HEADINGS}\r\n1;CANTU';Nicolò;29/02/1980;325/1234567;nicolo@posta.example;sì;perché\r\n2;Müller;Désirée;;;;;\r\n`;
	const utf8 = await readCsv(csv);
	expect(utf8.rows[0].result).toMatchObject({ customer: { lastName: 'Cantù', firstName: 'Nicolò' } });
	for (const bytes of [Buffer.from(csv, 'latin1'), Buffer.from(`\ufeff${csv}`), Buffer.from(`\ufeff${csv}`, 'utf16le')]) expect((await readCsv(bytes)).rows).toEqual(utf8.rows);
});
