import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { CUSTOMER_HEADINGS } from '../../../lib/imports/headings';
import { EXAMS, SALES } from '../../../lib/imports/records/exportKinds';
import { listCustomers } from '../../../lib/store/customers/customers';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { chosen, mapperFields, runNode } from '../../support/runNode';
import { failure, openShop, type TestShop } from '../support/shop';

describe('the fields of the mapper', () => {
	const fields = async (parameters: INodeParameters) => await mapperFields(OpticalCrm, 'importFields', { resource: 'customer', source: 'file', ...parameters });
	const guessed = async (parameters: INodeParameters) =>
		Object.fromEntries((await fields(parameters)).filter(({ removed }) => !removed).map(({ id, defaultValue }) => [id, defaultValue]));

	it.each([['customer', CUSTOMER_HEADINGS.fields], ['equipment', SALES.headings.fields], ['exam', EXAMS.headings.fields]])('are those of an import of %s, each with a name of its own', async (resource, known) => {
		const shown = await fields({ resource });
		expect(shown.map(({ id }) => id)).toEqual(known);
		expect(new Set(shown.map(({ displayName }) => displayName)).size).toBe(known.length);
		expect(shown.every(({ displayName, type, removed }) => /^[A-Z]/.test(displayName) && type === 'string' && !removed)).toBe(true);
	});

	it('are filled in from the first line of the file, and offer its headings', async () => {
		const firstLine = '\ufeffCodice;"Cognome";Nome;Nato il;Reparto\r\nC1;Rossi';
		expect(await guessed({ firstLine })).toEqual({ code: 'Codice', lastName: 'Cognome', firstName: 'Nome', birthDate: 'Nato il' });
		const [{ type, options }] = await fields({ firstLine });
		expect([type, options?.map(({ value }) => value)]).toEqual(['options', ['Codice', 'Cognome', 'Nome', 'Nato il', 'Reparto']]);
	});

	it.each<[string, string, string[]]>([
		['commas', 'Cognome,Nome,Nato il', ['Cognome', 'Nome', 'Nato il']],
		['tabs', 'Cognome\tNome; secondo\tNato il', ['Cognome', 'Nome; secondo', 'Nato il']],
		['headings of which none is known', 'Kundennummer;Nachname, Titel;Vorname', ['Kundennummer', 'Nachname, Titel', 'Vorname']],
		['one heading twice', 'Cognome;Note;Note', ['Cognome', 'Note']],
		['nothing', '  ', []],
	])('offer the headings of a line with %s', async (_, firstLine, headings) => {
		expect((await fields({ firstLine }))[0].options?.map(({ value }) => value) ?? []).toEqual(headings);
	});

	it('are filled in from the names of the input, where the editor knows one', async () => {
		expect(await guessed({ source: 'items', itemHeadings: ['Cognome', 'Mail', 'x'] })).toEqual({ lastName: 'Cognome', email: 'Mail' });
		for (const itemHeadings of [null, '={{ Object.keys($json) }}']) {
			expect((await fields({ source: 'items', itemHeadings } as INodeParameters)).every(({ type }) => type === 'string')).toBe(true);
		}
	});
});

describe('input items with columns chosen field by field', () => {
	let shop: TestShop;
	beforeEach(async () => void (shop = await openShop()));
	afterEach(async () => await shop.close());

	const ITEMS = [
		{ Nachname: 'Rossi', Vorname: 'Anna', Zweiter: 'Maria', 'E-mail': 'anna@posta.example', 'Consenso e-mail': 'SI' },
		{ Nachname: 'Conti', Vorname: 'Luca', Zweiter: '', 'E-mail': 'luca@posta.example', 'Consenso e-mail': 'SI' },
	];
	const take = async (value: Record<string, string>, items: object[] = ITEMS) => {
		const parameters = { resource: 'customer', operation: 'import', source: 'items', ...chosen(value) };
		const [[{ json }]] = await runNode(OpticalCrm, { credentials: shop.credentials, items, parameters });
		return json as IDataObject & { columns: object };
	};
	const names = async () => (await listCustomers(shop.store, { limit: 9 })).map(({ firstName, lastName, contactPoints }) => [firstName, lastName, contactPoints.length]);

	it('take headings, columns dragged onto a field, and expressions worked out for each item', async () => {
		const both = "{{ [$json.Vorname, $json.Zweiter].join(' ').trim() }}";
		const summary = await take({ lastName: '={{ $json.Nachname }}', firstName: `=${both}`, email: "={{ $json['E-mail'] }}" });
		expect(summary).toMatchObject({ rows: 2, created: 2, columns: { lastName: 'Nachname', firstName: both, email: 'E-mail' } });
		expect(await names()).toEqual([['Anna Maria', 'Rossi', 1], ['Luca', 'Conti', 1]]);
	});

	it('take no consent that nobody chose', async () => {
		await take({ lastName: 'Nachname', email: 'E-mail' });
		expect(await shop.store.db.selectFrom('consents').selectAll().execute()).toEqual([]);
	});

	it('say so where nothing gives a name', async () => {
		expect(await failure(take({ email: 'E-mail' }))).toMatchObject({ message: expect.stringContaining('a name'), description: expect.stringContaining('mapping') });
		expect(await failure(take({ lastName: 'Surname' }))).toMatchObject({ message: expect.stringContaining('"Surname"') });
	});
});
