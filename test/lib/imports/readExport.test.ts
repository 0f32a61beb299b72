import { Readable } from 'node:stream';
import { CrmError } from '../../../lib/domain/errors';
import { readExport } from '../../../lib/imports/readExport';
import { collect, inWords, options, readCsv } from './reading';

test.each([[';'], [','], ['\t'], ['|']])('finds the separator: %j', async (separator) => {
	const csv = [['Codice', 'Cognome', 'Nome'], ['1', '"De, Lu;ca|x\ty"', 'Anna'], ['2', 'Bianchi', 'Luca']].map((cells) => cells.join(separator)).join('\r\n');
	const reading = await readCsv(csv);
	expect(reading.headings).toMatchObject({ separator, headings: ['Codice', 'Cognome', 'Nome'], mapping: { code: 'Codice', lastName: 'Cognome', firstName: 'Nome' } });
	expect(reading.rows.map(({ result }) => result.status === 'accepted' && result.customer.firstName)).toEqual(['Anna', 'Luca']);
});

test('skips titles above the headings, and the sep= line of a spreadsheet', async () => {
	const reading = await readCsv('sep=;\n\n"Elenco clienti, stampato il 22/11/2026";;\nCognome;Nome;Cellulare\nRossi;Anna;\n');
	expect(reading.headings.headings).toEqual(['Cognome', 'Nome', 'Cellulare']);
	expect(inWords(reading)).toEqual(['1@5 Rossi']);
});

test('tells rows and lines apart, and skips blank rows', async () => {
	const reading = await readCsv('Codice;Cognome;Nome\n\n1;Rossi;"Anna\nMaria"\n;;\n2;Bianchi;Luca\n');
	expect(inWords(reading)).toEqual(['1@3 Rossi', '2@6 Bianchi']);
	expect(reading.end).toMatchObject({ rows: 2, accepted: 2, rejected: 0, blankRows: 1 });
});

test('a row with more cells than headings would shift the consents, so it is refused', async () => {
	const reading = await readCsv('Cognome;Nome;Indirizzo;Consenso e-mail\nRossi;Anna;Via Roma; 5;SI\nBianchi;Luca;Via Po;SI;;\n');
	expect(inWords(reading)).toEqual(['1@2 row ROW_TOO_LONG', '2@3 Bianchi']);
});

test('a row with fewer cells is taken, but not the last line of a file that just stops', async () => {
	expect(inWords(await readCsv('Cognome;Nome;Data di nascita;Note\nRossi;Anna\nBianchi;Luca;01/01/19'))).toEqual(['1@2 Rossi', '2@3 row ROW_CUT_OFF']);
	expect(inWords(await readCsv('Cognome;Nome;Data di nascita;Note\nRossi;Anna\nBianchi;Luca;01/01/1980;'))).toEqual(['1@2 Rossi', '2@3 Bianchi']);
});

test('a line without any separator is no row: half of one whose cell holds a line break', async () => {
	expect(inWords(await readCsv('Cognome;Nome;Note\nRossi;Anna;prima riga\nseconda riga\nBianchi;Luca;\n'))).toEqual(['1@2 Rossi', '2@3 row ROW_TOO_SHORT', '3@4 Bianchi']);
});

test('broken quotes cost their own rows only', async () => {
	const reading = await readCsv('Codice;Cognome;Nome\n1;"Rossi;Anna\n2;Bianchi;Luca\n3;"Ver"di;Ugo\n4;Neri;"Gino"\n');
	expect(inWords(reading)).toEqual(['1@2 row QUOTE_NOT_CLOSED', '2@3 Bianchi', '3@4 row QUOTE_BROKEN', '4@5 Neri']);
	expect(reading.end.reasons).toEqual({ QUOTE_NOT_CLOSED: 1, QUOTE_BROKEN: 1 });
});

test('a cell of 10 MB and a row of ten thousand columns are refused, the rest goes on', async () => {
	const reading = await readCsv(`Cognome;Nome\nRossi;${'x'.repeat(10_000_000)}\nVerdi;"${'x\n'.repeat(100)}${'y'.repeat(10_000_000)}"\nNeri;${'a;'.repeat(10_000)}\nBianchi;Luca\n`);
	const words = inWords(reading);
	expect(words.slice(0, 3)).toEqual(['1@2 row ROW_TOO_LARGE', '2@3 row QUOTE_NOT_CLOSED', '3@4 row ROW_TOO_SHORT']);
	expect(words.slice(-3)).toEqual(['102@103 row ROW_TOO_LARGE', '103@104 row ROW_TOO_LONG', '104@105 Bianchi']);
	expect(reading.end).toMatchObject({ rows: 104, accepted: 1, rejected: 103 });
});

test('headings may repeat, be empty or bear the names of JavaScript', async () => {
	const reading = await readCsv('Cognome;;Cognome;__proto__;constructor\nRossi;a;b;c;d\n');
	expect(reading.headings).toMatchObject({ mapping: { lastName: 'Cognome' }, unknownHeadings: ['#2', 'Cognome #3', '__proto__', 'constructor'] });
	expect((await readCsv('Cognome;__proto__\nRossi;Anna\n', { mapping: { firstName: '__proto__' } })).rows[0].result).toMatchObject({ customer: { firstName: 'Anna' } });
});

test('the columns can be corrected, also where no heading is known', async () => {
	const reading = await readCsv('A;B;C\nRossi;Anna;SI\n', { mapping: { lastName: 'A', firstName: 'B', consentMarketing: 'C' } });
	expect(reading.rows[0].result).toMatchObject({ customer: { lastName: 'Rossi', firstName: 'Anna', consents: [{ channel: 'email', status: 'granted' }] } });
});

test('the encoding is known at the end, also when it shows late', async () => {
	const bytes = Buffer.concat([Buffer.from(`Cognome;Nome\n${'Rossi;Anna\n'.repeat(10_000)}`), Buffer.from('Cant\xf9;Nicol\xf2\n', 'latin1')]);
	const reading = await readCsv(bytes);
	expect(reading.headings.encoding).toBe('ascii');
	expect(reading.end.encoding).toBe('windows-1252');
	expect(reading.rows[10_000].result).toMatchObject({ customer: { lastName: 'Cantù', firstName: 'Nicolò' } });
});

test.each([
	['empty', '', /empty/],
	['blank', '\n \n', /no text/],
	['one column', 'Cognome\nRossi\n', /one column/],
	['no known heading', 'Alfa;Beta\nRossi;Anna\n', /heading/],
	['no name', 'Codice;E-mail\n1;a@posta.example\n', /heading of a name/],
	['binary', 'Alfa\0;Beta\0\n', /zero bytes/],
	['an Excel workbook', 'PK\x03\x04...', /Excel/],
	['too many columns', `Cognome;Nome;${'x;'.repeat(10_000)}\n`, /10003 columns/],
	['an endless first line', 'x'.repeat(2_000_000), /million/],
])('refuses a file that is no export: %s', async (_, csv, message) => {
	const error = await readCsv(csv).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(CrmError);
	expect((error as CrmError).message).toMatch(message);
	expect((error as CrmError).howToGoOn.length).toBeGreaterThan(10);
});

test('an error about a file never quotes it: without headings the first row is a customer', async () => {
	const error = (await readCsv('SECRET;SECRET\nSECRET;SECRET\n').catch((caught: unknown) => caught)) as CrmError;
	expect(error.message + error.howToGoOn).not.toContain('SECRET');
});

test.each([[{ today: '22/11/2026' }, /today/], [{ country: 'Italia' }, /country/]])('refuses settings that would spoil every row: %j', async (wrong, message) => {
	await expect(readCsv('Cognome;Nome\nRossi;Anna\n', wrong)).rejects.toThrow(message);
});

test('reads only as far as its rows are asked for, and lets go of the source', async () => {
	let given = 0;
	const source = Readable.from((function* () {
		yield Buffer.from('Cognome;Nome\n');
		for (; given < 1_000; given++) yield Buffer.alloc(64 * 1024, 'Rossi;Anna\n');
	})());
	const events = readExport(source, options);
	await events.next();
	await events.next();
	expect(given).toBeLessThan(50);
	await events.return();
	expect(source.destroyed).toBe(true);
});

test('lets go of the source of a file that it refuses', async () => {
	const source = Readable.from([Buffer.from('Alfa;Beta\n'.repeat(100)), Buffer.from('x')]);
	await expect(collect(readExport(source, options))).rejects.toThrow(CrmError);
	expect(source.destroyed).toBe(true);
});
