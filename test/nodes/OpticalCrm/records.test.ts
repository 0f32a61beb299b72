import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { chosen, runNode, type NodeRun } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { failure, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
let giulia: number;
beforeEach(async () => {
	shop = await openShop();
	[giulia] = await shop.customers(1, { code: 'C1', firstName: 'Giulia', lastName: 'Conti' });
	await shop.customers(1, { code: 'C2', firstName: 'Luca', lastName: 'Bianchi' });
});
afterEach(async () => await shop.close());

const run = async (resource: string, operation: string, parameters: INodeParameters = {}, more: NodeRun = {}) =>
	await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource, operation, ...parameters }, ...more });
const json = async (...args: Parameters<typeof run>) => (await run(...args))[0].map((item) => item.json as IDataObject);
const byCode = (value: string) => ({ __rl: true, mode: 'code', value });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const file = (text: string): INodeExecutionData => ({ json: {}, binary: { data: { data: Buffer.from(text, 'latin1').toString('base64'), mimeType: 'text/csv' } } });

describe('Import', () => {
	const SALES = [
		'Codice cliente;Cognome;Nome;Data nascita;N. busta;Data ordine;Data consegna;Tipo lente;Importo;Reparto',
		'C1;;;;B1;01/11/2026;08/11/2026;Progressiva;1.234,56;A',
		';BIANCHI;LUCA;22/11/1980;B2;01/11/2026;;LAC;89,90;A',
		'C9;;;;B3;01/11/2026;;;;A',
		'C1;;;;B4;01/11/2026;31/10/2026;;;A',
		'C1;;;;B5;31/02/2026;;;;A',
		'C1;;;;B6;02/11/2026;;Bifocale;10,00;A',
	].join('\r\n');

	it('ends every row of a file of sales as created, updated, unchanged or rejected, with row, field and reason', async () => {
		const [[summary], toMend] = await run('equipment', 'import', {}, { input: [file(SALES)] });
		expect(summary).toMatchObject({
			json: {
				rows: 6, created: 3, updated: 0, unchanged: 0, rejected: 3, fieldsLeftOut: 1, unknownColumns: ['Reparto'], columns: { customerCode: 'Codice cliente', code: 'N. busta' },
				reasons: { CUSTOMER_UNKNOWN: 1, DELIVERY_BEFORE_ORDER: 1, DATE_UNUSABLE: 1, LENS_TYPE_UNKNOWN: 1 },
			},
			pairedItem: [{ item: 0 }],
		});
		expect(toMend.map(({ json: { row, line, field, reason, taken } }) => [row, line, field, reason, taken])).toEqual([
			[5, 6, 'orderedOn', 'DATE_UNUSABLE', false],
			[6, 7, 'lensType', 'LENS_TYPE_UNKNOWN', true],
			[3, 4, 'customer', 'CUSTOMER_UNKNOWN', false],
			[4, 5, 'deliveredOn', 'DELIVERY_BEFORE_ORDER', false],
		]);
		expect(toMend.every(({ json: { hint } }) => String(hint).length > 20)).toBe(true);
		expect(JSON.stringify(toMend)).not.toMatch(/C9|Bifocale|31\/02/);
		expect(await json('equipment', 'getAll')).toMatchObject([
			{ customerId: giulia, code: 'B1', kind: 'spectacles', lensType: 'progressive', amountCents: 123456, deliveredOn: '2026-11-08' },
			{ code: 'B2', kind: 'contact-lenses', amountCents: 8990 },
			{ code: 'B6', amountCents: 1000 },
		]);
	});

	it('changes nothing the second time, and only what differs the third', async () => {
		await run('equipment', 'import', {}, { input: [file(SALES)] });
		const again = async (text: string) => (await json('equipment', 'import', {}, { input: [file(text)] }))[0];
		expect(await again(SALES)).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: 3 });
		expect(await again(SALES.replace('89,90', '99,90'))).toMatchObject({ created: 0, updated: 1, unchanged: 2, rejected: 3 });
	});

	it('reads exams from items, by columns that were chosen field by field', async () => {
		const items = [{ Cod: 'C1', 'Data visita': '20/11/2025', 'Prossimo controllo': '20/11/2026', Ottico: 'Chiara' }, { Cod: '' }, { Cod: 'C2', 'Data visita': '23/11/2026' }];
		const parameters = { source: 'items', ...chosen({ customerCode: 'Cod', takenOn: '={{ $json["Data visita"] }}', nextDueOn: 'Prossimo controllo', examiner: '={{ $json.Ottico }}' }) };
		const [[summary], toMend] = await run('exam', 'import', parameters, { items });
		expect(summary.json).toMatchObject({ rows: 2, created: 1, rejected: 1, reasons: { EXAM_IN_FUTURE: 1 } });
		expect(toMend).toMatchObject([{ json: { row: 2, field: 'takenOn' }, pairedItem: { item: 2 } }]);
		expect(await json('exam', 'getAll')).toMatchObject([{ takenOn: '2025-11-20', nextDueOn: '2026-11-20', examiner: 'Chiara', kind: 'vision' }]);
	});

	it('says what is missing in a file that cannot be read, and goes on with the others where it may', async () => {
		const wrong = file('Codice cliente;Importo\nC1;1\n');
		expect(await failure(run('equipment', 'import', {}, { input: [wrong] }))).toMatchObject({ message: expect.stringContaining('day of the sale'), description: expect.stringContaining('Data ordine'), item: 0 });
		expect(await json('equipment', 'import', {}, { input: [wrong, file(SALES)], goesOn: true })).toMatchObject([{ error: {} }, { created: 3 }]);
	});

	it('needs statements by the thousand rows, not by the row', async () => {
		const rows = (count: number) => file(`Codice cliente;N. busta;Data ordine\n${Array.from({ length: count }, (_, index) => `C1;${count}-${index};01/11/2026\n`).join('')}`);
		const few = await countStatements(async () => await run('equipment', 'import', {}, { input: [rows(5)] }));
		expect(await countStatements(async () => await run('equipment', 'import', {}, { input: [rows(500)] }))).toBe(few);
	});
});

describe('Create or Update', () => {
	it('keeps equipment, cleaned as an import would, and changes what is given', async () => {
		const additionalFields = { lensType: 'progressive', amount: '1.234,56', firstProgressive: true, description: 'Titanio', usefulMonths: '24' };
		expect(await json('equipment', 'upsert', { customer: byCode('C1'), code: 'B1', orderedOn: '08/11/2026', additionalFields })).toEqual([{ status: 'created', id: 1, customerId: giulia, leftOut: [] }]);
		expect(await json('equipment', 'upsert', { code: 'B1', deliveredOn: '2026-11-22' })).toMatchObject([{ status: 'updated', id: 1 }]);
		expect(await json('equipment', 'upsert', { code: 'B1', additionalFields: { supplyDays: 'tante' } })).toMatchObject([{ status: 'unchanged', leftOut: ['supplyDays: SUPPLY_UNUSABLE'] }]);
		expect(await json('equipment', 'getAll')).toEqual([
			{ id: 1, customerId: giulia, code: 'B1', kind: 'spectacles', lensType: 'progressive', description: 'Titanio', amountCents: 123456, orderedOn: '2026-11-08', deliveredOn: '2026-11-22', firstProgressive: true, usefulMonths: 24 },
		]);
	});

	it('keeps exams, appointments and quotes', async () => {
		const customer = byId(String(giulia));
		expect(await json('exam', 'upsert', { customer, takenOn: '2025-11-20', nextDueOn: '2026-11-20' })).toMatchObject([{ status: 'created', customerId: giulia }]);
		expect(await json('appointment', 'upsert', { customer, code: 'A1', startsAt: '2026-11-24 10:30', additionalFields: { kind: 'controllo' } })).toMatchObject([{ status: 'created' }]);
		expect(await json('quote', 'upsert', { customer, code: 'P1', madeOn: '2026-11-01', status: 'open', additionalFields: { amount: 599 } })).toMatchObject([{ status: 'created' }]);
		expect(await json('quote', 'upsert', { code: 'P1', status: 'accepted' })).toMatchObject([{ status: 'updated' }]);
		expect(await json('appointment', 'getAll')).toMatchObject([{ code: 'A1', startsAt: '2026-11-24T09:30:00.000Z', status: 'booked', kind: 'controllo' }]);
		expect(await json('quote', 'getAll')).toMatchObject([{ code: 'P1', amountCents: 59900, madeOn: '2026-11-01', status: 'accepted' }]);
	});

	it('finds the customer by name and birth date', async () => {
		const additionalFields = { firstName: 'GIULIA', lastName: 'conti', birthDate: '22/11/1980' };
		expect(await json('exam', 'upsert', { takenOn: '2025-11-20', additionalFields })).toMatchObject([{ status: 'created', customerId: giulia }]);
	});

	it.each<[string, INodeParameters, RegExp, RegExp]>([
		['exam', { customer: byCode('C9'), takenOn: '2025-11-20' }, /customer.*CUSTOMER_UNKNOWN/, /code/],
		['exam', { customer: byCode('C1'), takenOn: '2026-11-23' }, /takenOn.*EXAM_IN_FUTURE/, /appointment/],
		['exam', { customer: byId('abc'), takenOn: '2026-11-20' }, /ID/, /./],
		['equipment', { customer: byCode('C1') }, /orderedOn.*ORDER_DATE_MISSING/, /Give/],
		['equipment', { customer: byCode('C1'), orderedOn: '2026-11-01', additionalFields: { amount: '-1' } }, /amount.*AMOUNT_NEGATIVE/, /./],
		['appointment', { customer: byCode('C1'), startsAt: 'domani' }, /startsAt.*TIME_UNUSABLE/, /10:30/],
		['quote', { customer: byCode('C1'), madeOn: '2026-11-01', additionalFields: { validUntil: '2026-10-01' } }, /validUntil.*QUOTE_ENDS_BEFORE/, /./],
	])('%s %j is an error that says how to go on', async (resource, parameters, message, howToGoOn) => {
		expect(await failure(run(resource, 'upsert', parameters))).toMatchObject({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn), item: 0 });
	});

	it('goes on with the other items, in as many statements for many as for few', async () => {
		const parameters = { customer: byCode('={{ $json.customer }}'), takenOn: '={{ $json.day }}' };
		const items = [{ customer: 'C9', day: '2025-11-20' }, { customer: 'C1', day: '2025-11-20' }, { customer: 'C1', day: 'boh' }];
		expect((await run('exam', 'upsert', parameters, { items, goesOn: true }))[0]).toMatchObject([
			{ json: { error: {}, customer: 'C9' }, pairedItem: { item: 0 } },
			{ json: { status: 'created' }, pairedItem: { item: 1 } },
			{ json: { error: {} }, pairedItem: { item: 2 } },
		]);
		const days = (count: number, year: number) => Array.from({ length: count }, (_, index) => ({ customer: 'C1', day: `${year - index}-01-01` }));
		const few = await countStatements(async () => await run('exam', 'upsert', parameters, { items: days(2, 2020) }));
		expect(await countStatements(async () => await run('exam', 'upsert', parameters, { items: days(40, 2015) }))).toBe(few);
	});
});

describe('Get Many', () => {
	beforeEach(async () => {
		const items = Array.from({ length: 60 }, (_, index) => ({ customer: index < 55 ? 'C1' : 'C2', day: `20${10 + Math.floor(index / 5)}-0${1 + (index % 5)}-01` }));
		await run('exam', 'upsert', { customer: byCode('={{ $json.customer }}'), takenOn: '={{ $json.day }}' }, { items });
	});

	it('gives a limited number, or all', async () => {
		expect(await json('exam', 'getAll')).toHaveLength(50);
		expect(await json('exam', 'getAll', { limit: 3 })).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }]);
		expect(await json('exam', 'getAll', { returnAll: true })).toHaveLength(60);
	});

	it('filters by customer, days and page, and links each record to its item', async () => {
		expect(await json('exam', 'getAll', { filters: { customerCode: 'C2' } })).toHaveLength(5);
		expect(await json('exam', 'getAll', { filters: { customerId: String(giulia), from: '2010-02-01', to: '2010-04-30' } })).toHaveLength(3);
		expect(await json('exam', 'getAll', { filters: { after: 57 } })).toHaveLength(3);
		expect(await json('exam', 'getAll', { filters: { kind: 'contact-lenses' } })).toEqual([]);
		const [found] = await run('exam', 'getAll', { limit: 1, filters: { customerCode: '={{ $json.code }}' } }, { items: [{ code: 'C2' }, { code: 'C1' }] });
		expect(found).toMatchObject([{ json: { id: 56 }, pairedItem: { item: 0 } }, { json: { id: 1 }, pairedItem: { item: 1 } }]);
	});

	it('refuses a day that is none', async () => {
		expect(await failure(run('exam', 'getAll', { filters: { from: 'ieri' } }))).toMatchObject({ message: expect.stringContaining('From'), description: expect.stringContaining('YYYY-MM-DD'), item: 0 });
	});
});
