import fc from 'fast-check';
import { CrmError } from '../../../../lib/domain/errors';
import type { ExportKind } from '../../../../lib/imports/exportKind';
import { headingKey } from '../../../../lib/imports/headings';
import type { ImportEvent, RowEvent } from '../../../../lib/imports/events';
import { readExport } from '../../../../lib/imports/readExport';
import { readRows } from '../../../../lib/imports/readRows';
import { EXAMS, SALES } from '../../../../lib/imports/records/exportKinds';
import customerWords from '../../../../lib/imports/data/headings.json';
import examWords from '../../../../lib/imports/data/examHeadings.json';
import saleWords from '../../../../lib/imports/data/saleHeadings.json';

const options = { today: '2026-11-22', timeZone: 'Europe/Rome', country: 'IT' };

async function read<F extends string, Taken extends object>(kind: ExportKind<F, Taken>, csv: string | Buffer) {
	const events: Array<ImportEvent<F, Taken>> = [];
	for await (const event of readExport([Buffer.from(csv as string)], options, kind)) events.push(event);
	const headings = events[0] as Extract<ImportEvent<F, Taken>, { event: 'headings' }>;
	const end = events[events.length - 1] as Extract<ImportEvent<F, Taken>, { event: 'end' }>;
	return { headings, rows: events.slice(1, -1) as Array<RowEvent<Taken>>, end };
}
/** Each row in short: its record, or field and reason. */
const inShort = (rows: Array<RowEvent<{ record: object }>>) =>
	rows.map(({ result }) => (result.status === 'accepted' ? result.record : `${result.rejection.field} ${result.rejection.reason}`));
const warned = (rows: Array<RowEvent<{ record: object }>>) => rows.flatMap(({ result }) => (result.status === 'accepted' ? result.warnings.map(({ field, reason }) => `${field} ${reason}`) : []));

test('no spelling belongs to two fields of one kind', () => {
	const { lastName, firstName, lastFirstName, firstLastName, birthDate } = customerWords;
	for (const words of [saleWords, examWords]) {
		const all = Object.entries({ lastName, firstName, lastFirstName, firstLastName, birthDate, ...words }).flatMap(([field, spellings]) => spellings.map((spelling) => ({ field, key: headingKey(spelling) })));
		for (const { field, key } of all) expect([key, all.find((one) => one.key === key)?.field]).toEqual([key, field]);
	}
});

test('a file of sales', async () => {
	const { headings, rows, end } = await read(SALES, [
		'Codice cliente;N. busta;Data ordine;Data consegna;Tipo lente;Descrizione;Importo;Giorni fornitura;Prima progressiva;Note',
		'C1;B1;01/11/2026;08/11/2026;Progressiva;Titanio;1.234,56;0;SI;x',
		'C2;;02/11/26;30/11/2026;LAC;Mensili;89,90;90;;',
		'C3;B3;03/11/2026;;Bifocale;;boh;;forse;',
		'C3;B4;31/02/2026;;;;;;;',
		'C3;B5;05/11/2026;;;Reso;-10,00;;;',
		';;;;;;;;;',
	].join('\r\n') + '\r\n');
	expect(headings).toMatchObject({
		mapping: { customerCode: 'Codice cliente', code: 'N. busta', orderedOn: 'Data ordine', deliveredOn: 'Data consegna', lensType: 'Tipo lente', amount: 'Importo', supplyDays: 'Giorni fornitura' },
		unknownHeadings: ['Note'], separator: ';',
	});
	expect(inShort(rows)).toEqual([
		{ customerCode: 'C1', code: 'B1', lensType: 'progressive', description: 'Titanio', amountCents: 123456, orderedOn: '2026-11-01', deliveredOn: '2026-11-08', firstProgressive: true },
		{ customerCode: 'C2', lensType: 'contact-lenses', description: 'Mensili', amountCents: 8990, orderedOn: '2026-11-02', supplyDays: 90 },
		{ customerCode: 'C3', code: 'B3', orderedOn: '2026-11-03' },
		'orderedOn DATE_UNUSABLE',
		'amount AMOUNT_NEGATIVE',
	]);
	expect(warned(rows)).toEqual(['deliveredOn DELIVERY_IN_FUTURE', 'amount AMOUNT_UNUSABLE', 'lensType LENS_TYPE_UNKNOWN', 'firstProgressive YES_NO_UNCLEAR']);
	expect(end).toMatchObject({ rows: 5, accepted: 3, rejected: 2, blankRows: 1 });
});

test('a file of exams in English, by name and birth date', async () => {
	const { rows } = await read(EXAMS, 'Surname,First name,Date of birth,Exam date,Next check,Optometrist\nD ANGELO,GIULIA,26/04/1979,2025-11-20,20/11/2026,Chiara\nRossi,Anna,31/02/1980,2025-11-20,,\n');
	expect(inShort(rows)).toEqual([
		{ lastName: 'D Angelo', firstName: 'Giulia', birthDate: '1979-04-26', takenOn: '2025-11-20', nextDueOn: '2026-11-20', examiner: 'Chiara' },
		'birthDate BIRTH_DATE_IMPOSSIBLE',
	]);
});

test('an exam of an unknown kind is some other exam', async () => {
	const { rows } = await read(EXAMS, 'Codice cliente;Data;Tipo esame\nC1;20/11/2025;Ortottica\nC1;20/11/2025;Visita optometrica\n');
	expect(inShort(rows)).toMatchObject([{ kind: 'other' }, { kind: 'vision' }]);
	expect(warned(rows)).toEqual(['kind KIND_UNKNOWN']);
});

test('a birth date or a name that cannot be right does not matter where there is a code', async () => {
	const { rows } = await read(EXAMS, 'Codice cliente;Cognome;Data di nascita;Data visita\nC1;123;31/02/1980;20/11/2025\n');
	expect(inShort(rows)).toEqual([{ customerCode: 'C1', takenOn: '2025-11-20' }]);
});

test('the lens is read from the kind where it has no column, and makes no noise', async () => {
	const { rows } = await read(SALES, 'Codice cliente;Data;Tipo\nC1;01/11/2026;Occhiale progressivo\nC1;01/11/2026;Progressiva\nC1;01/11/2026;Accessori\nC1;01/11/2026;Boh\n');
	expect(inShort(rows)).toMatchObject([{ kind: 'spectacles', lensType: 'progressive' }, { lensType: 'progressive' }, { kind: 'other' }, { customerCode: 'C1' }]);
	expect(warned(rows)).toEqual(['kind KIND_UNKNOWN']);
});

test('a supply of nothing is a slip for contact lenses only', async () => {
	const { rows } = await read(SALES, 'Codice cliente;Data;Tipo lente;Giorni fornitura\nC1;01/11/2026;Progressiva;0\nC1;01/11/2026;LAC;0\n');
	expect(warned(rows)).toEqual(['supplyDays SUPPLY_UNUSABLE']);
});

test('rows of one receipt do not overwrite each other: the second is refused, a true repetition is not', async () => {
	const row = 'C1;O1;01/11/2026;Progressiva\n';
	const { rows } = await read(SALES, `Codice cliente;Ordine;Data;Tipo lente\n${row}C1;O1;01/11/2026;LAC\n${row}`);
	expect(inShort(rows)).toMatchObject([{ code: 'O1' }, 'code CODE_REPEATED', { code: 'O1' }]);
	expect(inShort((await read(SALES, `Codice cliente;Ordine;Data;Tipo lente\nC1;O1;02/11/2026;LAC\n`)).rows)).toMatchObject([{ code: 'O1' }]);
});

test('items of a sheet may type their numbers', () => {
	const rows = [...readRows([{ 'Codice cliente': 7, Data: '2026-11-01', Importo: 122.951 }], options, SALES)].filter(({ event }) => event === 'row') as Array<RowEvent<{ record: object }>>;
	expect(inShort(rows)).toEqual([{ customerCode: '7', orderedOn: '2026-11-01', amountCents: 12295 }]);
});

test.each([
	['no customer', 'Data ordine;Importo\n01/11/2026;1\n', /customer/],
	['no day', 'Codice cliente;Importo\nC1;1\n', /day of the sale/],
])('a file with %s says what is missing and how to go on', async (_, csv, message) => {
	const error = await read(SALES, csv).catch((thrown) => thrown);
	expect(error).toBeInstanceOf(CrmError);
	expect(error).toMatchObject({ message: expect.stringMatching(message), howToGoOn: expect.stringContaining('Data ordine') });
	expect(() => [...readRows([{ Data: '2026-11-01' }], options, SALES)]).toThrow(/of a customer/);
});

test('cells of every kind: nothing crashes, no row is lost, and what is taken can be stored', async () => {
	const nasty = fc.constantFrom('', ' ', '""', "=cmd|' /C calc'!A0", '31/02/1980', '00/00/0000', '01/11/2026', '\u202e', '\0', 'C1', '-1', '1e9', '1.234,56', '٣', 'x'.repeat(20_000), 'progressiva', 'SI', '90');
	const cell = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\n\r;"]/g, '')));
	for (const [kind, head] of [[SALES, 'Codice cliente;Ordine;Data ordine;Data consegna;Tipo lente;Importo;Giorni fornitura'], [EXAMS, 'Codice cliente;Cognome;Data di nascita;Data visita;Prossimo controllo;Tipo;Ottico']] as const) {
		await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { maxLength: 20 }), async (table) => {
			const { rows, end } = await read<string, { record: object }>(kind as never, `${head}\n${table.map((cells) => `${cells.join(';')}\n`).join('')}`);
			expect(end.accepted + end.rejected).toBe(end.rows);
			expect(rows).toHaveLength(end.rows);
			for (const { result } of rows) {
				if (result.status === 'rejected') expect(result.rejection.hint).not.toBe('');
				else for (const [field, value] of Object.entries(result.record)) if (/On$|Date$/.test(field)) expect(value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
			}
		}), { numRuns: 100 });
	}
});
