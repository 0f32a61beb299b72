import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { listCustomers } from '../../../lib/store/customers/customers';
import { fileOnDisk, chosen, runNode, type NodeRun } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { failure, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const HEADINGS = 'Codice;Cognome;Nome;Data di nascita;Cellulare;E-mail;Consenso marketing;Reparto';
const ROWS = [
	"C1;D'Amico;Niccolò;22/11/1980;333 1234567;Niccolo@Posta.example;SI;A",
	'C2;Rossi;Anna;31/02/1980;;anna@posta.example;SI;A',
	'C3;Bianchi;Luca;01/01/1970;12;luca@posta.example;NO;B',
	'C4;Verdi;;;;;;B',
];
const csv = (rows = ROWS, encoding: BufferEncoding = 'latin1') => file([HEADINGS, ...rows].join('\r\n') + '\r\n', encoding);
const file = (text: string, encoding: BufferEncoding = 'utf8'): INodeExecutionData => ({
	json: {},
	binary: { data: { data: Buffer.from(text, encoding).toString('base64'), mimeType: 'text/csv', fileName: 'clienti.csv' } },
});

const take = async ({ parameters, ...run }: NodeRun) =>
	await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'customer', operation: 'import', ...parameters }, ...run });
const summaryOf = ([[item]]: INodeExecutionData[][]) => item.json as IDataObject & Record<string, number>;
const stored = async () => await listCustomers(shop.store, { limit: 100 });

it('takes the rows that can be taken, and tells of the others with row, field and reason', async () => {
	const output = await take({ input: [csv()], parameters: { noticeVersion: '2024-01' } });
	const [[summary], toMend] = output;
	expect(summary).toMatchObject({
		json: {
			rows: 4, created: 3, updated: 0, unchanged: 0, rejected: 1, fieldsLeftOut: 1, encoding: 'windows-1252', separator: ';',
			reasons: { BIRTH_DATE_IMPOSSIBLE: 1, PHONE_UNUSABLE: 1 }, unknownColumns: ['Reparto'], columns: { code: 'Codice', lastName: 'Cognome' },
		},
		pairedItem: [{ item: 0 }],
	});
	expect(toMend.map(({ json: { row, field, reason, taken } }) => ({ row, field, reason, taken }))).toEqual([
		{ row: 2, field: 'birthDate', reason: 'BIRTH_DATE_IMPOSSIBLE', taken: false },
		{ row: 3, field: 'mobile', reason: 'PHONE_UNUSABLE', taken: true },
	]);
	expect(toMend.every(({ json: { hint } }) => String(hint).length > 20)).toBe(true);
	// Names and numbers stay out of what is told.
	expect(JSON.stringify(toMend)).not.toMatch(/Rossi|anna@|31\/02\/1980/);
	expect(await stored()).toMatchObject([
		{ code: 'C1', firstName: 'Niccolò', lastName: "D'Amico", birthDate: '1980-11-22', contactPoints: [{ value: 'niccolo@posta.example' }, { value: '+393331234567' }] },
		{ code: 'C3', contactPoints: [{ value: 'luca@posta.example' }] },
		{ code: 'C4', contactPoints: [] },
	]);
	expect(await shop.allowed()).toMatchObject([{ customer: { code: 'C1' } }]);
});

it.each<[string, BufferEncoding, string]>([['UTF-8', 'utf8', ''], ['UTF-8 with a mark', 'utf8', '\ufeff'], ['Windows-1252', 'latin1', '']])('reads %s', async (_, encoding, mark) => {
	await take({ input: [file(`${mark}${HEADINGS}\n${ROWS[0]}\n`, encoding)] });
	expect((await stored())[0].firstName).toBe('Niccolò');
});

it('reads a file that n8n keeps on disk', async () => {
	const bytes = Buffer.from(`${HEADINGS}\n${ROWS[0]}\n`);
	expect(summaryOf(await take({ input: [{ json: {}, binary: { data: await fileOnDisk(bytes) } }] }))).toMatchObject({ rows: 1, created: 1 });
});

it('adds up, whatever the file', async () => {
	const rows = Array.from({ length: 300 }, (_, index) => ROWS[index % 4].replace(/^C\d/, `C${index % 250}`));
	const { rows: all, created, updated, unchanged, rejected } = summaryOf(await take({ input: [csv(rows)] }));
	expect(all).toBe(300);
	expect(created + updated + unchanged + rejected).toBe(300);
});

it('changes nothing the second time, and only what differs the third', async () => {
	await take({ input: [csv()], parameters: { noticeVersion: '2024-01' } });
	const before = await shop.store.db.selectFrom('consents').select('id').execute();
	const again = summaryOf(await take({ input: [csv()], parameters: { noticeVersion: '2024-01' } }));
	expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: 1 });
	expect(await shop.store.db.selectFrom('consents').select('id').execute()).toEqual(before);
	const moved = ROWS.map((row) => row.replace('luca@posta', 'luca.bianchi@posta'));
	expect(summaryOf(await take({ input: [csv(moved)], parameters: { noticeVersion: '2024-01' } }))).toMatchObject({ created: 0, updated: 1, unchanged: 2, rejected: 1 });
	expect((await stored())[1].contactPoints.filter(({ preferred }) => preferred).map(({ value }) => value)).toEqual(['luca.bianchi@posta.example']);
});

it('reads input items as it reads a file', async () => {
	const names = HEADINGS.split(';');
	const filled = ROWS.map((row) => Object.fromEntries(row.split(';').map((cell, index) => [names[index], cell])));
	const items = [filled[0], { Cognome: ' ', Nome: null }, ...filled.slice(1)];
	const output = await take({ items, parameters: { source: 'items' } });
	expect(summaryOf(output)).toMatchObject({ rows: 4, created: 3, rejected: 1, fieldsLeftOut: 1 });
	expect(output[0][0].pairedItem).toHaveLength(5);
	expect(output[1]).toMatchObject([{ json: { row: 2, reason: 'BIRTH_DATE_IMPOSSIBLE' }, pairedItem: { item: 2 } }, { json: { row: 3 }, pairedItem: { item: 3 } }]);
	expect(await stored()).toHaveLength(3);
});

it('takes several files, each with its own summary', async () => {
	const [summaries, toMend] = await take({ input: [csv([ROWS[0]]), csv([ROWS[1], ROWS[2]])] });
	expect(summaries.map(({ json, pairedItem }) => [json.rows, pairedItem])).toEqual([[1, [{ item: 0 }]], [2, [{ item: 1 }]]]);
	expect(toMend.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 1 }]);
});

it('takes the columns that were chosen field by field, and no other', async () => {
	const columns = chosen({ lastName: 'Reparto', code: 'codice', email: '={{ "E-mail" }}' });
	const summary = summaryOf(await take({ input: [csv()], parameters: columns }));
	expect(summary.columns).toEqual({ lastName: 'Reparto', code: 'Codice', email: 'E-mail' });
	expect(summary).toMatchObject({ unknownColumns: ['Cognome', 'Nome', 'Data di nascita', 'Cellulare', 'Consenso marketing'], headings: HEADINGS });
	expect((await stored())[0]).toMatchObject({ lastName: 'A', birthDate: undefined, contactPoints: [{ value: 'niccolo@posta.example' }] });
	expect(await shop.store.db.selectFrom('consents').selectAll().execute()).toEqual([]);
});

it('counts a general consent for the channels that the form names', async () => {
	const parameters = { noticeVersion: '2024-01', options: { generalConsentChannels: ['sms', 'letter'], operator: 'Chiara' } };
	await take({ input: [csv([ROWS[0]])], parameters });
	expect(await shop.store.db.selectFrom('consents').select(['channel', 'purpose', 'status', 'operator', 'notice_version', 'source']).execute()).toEqual(
		['sms', 'letter'].map((channel) => ({ channel, purpose: 'marketing', status: 'granted', operator: 'Chiara', notice_version: '2024-01', source: 'import' })),
	);
});

it('needs statements by the thousand rows, not by the row', async () => {
	const rows = (count: number) => Array.from({ length: count }, (_, index) => ROWS[0].replace('C1', `X${count}-${index}`).replace('Niccolò', `Niccolò ${count} ${index}`));
	const few = await countStatements(async () => await take({ input: [csv(rows(5))] }));
	expect(await countStatements(async () => await take({ input: [csv(rows(500))] }))).toBe(few);
});

describe('a file that cannot be read', () => {
	const wrong: Array<[string, INodeExecutionData, RegExp, RegExp]> = [
		['is an Excel workbook', file('PK\x03\x04 and so on'), /not a CSV file.*Excel/, /Save it as CSV/],
		['is a web page', file('<!DOCTYPE html><html></html>'), /web page/, /spreadsheet/],
		['is JSON', file('[{"Cognome":"Rossi"}]'), /JSON/, /Extract from File/],
		['is empty', file(''), /empty/, /./],
		['has no heading that is known', file('A;B\n1;2\n'), /heading/i, /./],
		['has no file', { json: {} }, /binary file 'data'/, /./],
		['has its file under another name', { json: {}, binary: { export: csv().binary?.data as never } }, /'data'/, /./],
	];

	it.each(wrong)('%s: says so and how to go on', async (_, item, message, howToGoOn) => {
		const error = await failure(take({ input: [csv(), item] }));
		expect(error).toMatchObject({ message: expect.stringMatching(message), item: 1 });
		expect(error.description ?? '').toMatch(howToGoOn);
	});

	it.each(wrong)('%s: the other files are imported all the same', async (_, item, message) => {
		const [summaries] = await take({ input: [item, csv()], goesOn: true });
		expect(summaries).toMatchObject([
			{ json: { error: { message: expect.stringMatching(message) } }, pairedItem: { item: 0 } },
			{ json: { created: 3 }, pairedItem: [{ item: 1 }] },
		]);
	});

	it('says which heading of a correction is not there', async () => {
		const parameters = { ...chosen({ lastName: 'Surname' }) };
		expect(await failure(take({ input: [csv()], parameters }))).toMatchObject({ message: expect.stringContaining('"Surname"'), description: expect.stringContaining('Cognome') });
	});

	it('says so where the items hold no names', async () => {
		expect(await failure(take({ items: [{ a: 1 }], parameters: { source: 'items' } }))).toMatchObject({ description: expect.stringContaining('Cognome') });
	});
});

it('refuses a privacy notice that the shop does not know, before anything is stored', async () => {
	expect(await failure(take({ input: [csv()], parameters: { noticeVersion: '2024-O1' } }))).toMatchObject({
		message: expect.stringContaining('no privacy notice "2024-O1" (it knows: 2024-01)'),
		description: expect.stringContaining('Privacy Notices'),
	});
	expect(await stored()).toEqual([]);
});
