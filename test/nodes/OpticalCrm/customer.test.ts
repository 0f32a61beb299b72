import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { consentHistory } from '../../../lib/store/consents';
import { runNode, searchList, type NodeRun } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { failure, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (operation: string, parameters: INodeParameters, more: NodeRun = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'customer', operation, ...parameters }, ...more }))[0];
const json = async (...args: Parameters<typeof run>) => (await run(...args)).map((item) => item.json as IDataObject);

describe('Create or Update', () => {
	const GIULIA = { code: 'C1', firstName: 'giulia', lastName: 'CONTI' };
	const upsert = async (parameters: INodeParameters, more?: NodeRun) => await json('upsert', parameters, more);
	const get = async (code = 'C1') => (await json('get', { customer: { __rl: true, mode: 'code', value: code } }))[0];

	it('creates a customer, cleaned as an import would', async () => {
		const additionalFields = {
			birthDate: '26/04/1979', email: ' Giulia@Posta.example ', mobile: '333 1234567', street: 'Via Roma 1', town: 'Firenze', province: 'fi', postalCode: '50100',
			sex: 'F', formality: 'tu', language: 'en', title: 'dott.ssa',
		};
		const [result] = await upsert({ ...GIULIA, additionalFields });
		expect(result).toEqual({ status: 'created', id: expect.any(Number), leftOut: [] });
		expect(await get()).toMatchObject({
			id: result.id, code: 'C1', firstName: 'Giulia', lastName: 'Conti', birthDate: '1979-04-26', formality: 'tu', language: 'en', sex: 'F', deceased: false,
		});
		expect((await get()).contactPoints).toMatchObject([
			{ kind: 'email', value: 'giulia@posta.example' },
			{ kind: 'phone', value: '+393331234567', line: 'mobile' },
			{ kind: 'address', value: expect.stringContaining('Firenze') },
		]);
	});

	it('changes what is given, and leaves the rest as it is', async () => {
		await upsert({ ...GIULIA, additionalFields: { birthDate: '1979-04-26', email: 'giulia@posta.example', formality: 'tu' } });
		expect(await upsert({ ...GIULIA, additionalFields: { mobile: '333 1234567' } })).toMatchObject([{ status: 'updated' }]);
		expect(await get()).toMatchObject({ birthDate: '1979-04-26', formality: 'tu', contactPoints: [{ value: 'giulia@posta.example' }, { value: '+393331234567' }] });
		expect(await upsert(GIULIA)).toMatchObject([{ status: 'unchanged' }]);
	});

	it('takes the time zone of a customer who lives by another clock, and leaves out what is none', async () => {
		expect(await upsert({ ...GIULIA, additionalFields: { timeZone: 'america/new_york' } })).toMatchObject([{ status: 'created', leftOut: [] }]);
		expect(await get()).toMatchObject({ timeZone: 'America/New_York' });
		expect(await upsert({ ...GIULIA, additionalFields: { timeZone: '+01:00' } })).toMatchObject([{ status: 'unchanged', leftOut: ['timeZone: TIME_ZONE_UNKNOWN'] }]);
	});

	it('finds a customer without a code by name and birth date', async () => {
		const [{ id }] = await upsert({ firstName: 'Giulia', lastName: 'Conti', additionalFields: { birthDate: '1979-04-26' } });
		expect(await upsert({ firstName: 'GIULIA', lastName: 'conti', additionalFields: { birthDate: '26.04.1979' } })).toEqual([{ status: 'unchanged', id, leftOut: [] }]);
	});

	it('keeps consents with their notice and day, and counts one without a day from now', async () => {
		const consent = [
			{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2024-05-06' },
			{ channel: 'sms', purpose: 'marketing', status: 'denied', capturedOn: '' },
		];
		const [{ id }] = await upsert({ ...GIULIA, additionalFields: { noticeVersion: ' 2024-01 ', consents: { consent } } });
		expect((await consentHistory(shop.store, [id as number])).get(id as number)).toMatchObject([
			{ channel: 'email', status: 'granted', capturedAt: '2024-05-06T00:00:00.000Z', noticeVersion: '2024-01', source: 'workflow' },
			{ channel: 'sms', status: 'denied', capturedAt: '2026-11-22T08:00:00.000Z' },
		]);
	});

	it('takes a customer without a field that cannot be right, and says which', async () => {
		const [result] = await upsert({ ...GIULIA, additionalFields: { email: 'giulia at posta', mobile: '12' } });
		expect(result).toMatchObject({ status: 'created', leftOut: ['email: EMAIL_UNUSABLE', 'mobile: PHONE_UNUSABLE'] });
	});

	it('answers in the order of the items', async () => {
		const items = [{ code: 'A', notice: '2024-01' }, { code: 'B', notice: '' }, { code: 'C', notice: '2024-01' }, { code: 'D', notice: '', lastName: '' }];
		const output = await run(
			'upsert',
			{ code: '={{ $json.code }}', firstName: '', lastName: '={{ $json.lastName ?? "Rossi" }}', additionalFields: { noticeVersion: '={{ $json.notice }}' } },
			{ items, goesOn: true },
		);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }]);
		expect(output.map((item) => item.json.status ?? 'failed')).toEqual(['created', 'created', 'created', 'failed']);
	});

	const wrong: Array<[string, INodeParameters, RegExp, RegExp]> = [
		['has no name', { code: 'C1' }, /lastName cannot be used \(NAME_MISSING\)/, /Enter a last name or a first name/],
		['has a birth date that is none', { ...GIULIA, additionalFields: { birthDate: '31/02/1980' } }, /birthDate cannot be used \(BIRTH_DATE_IMPOSSIBLE\)/, /does not exist/],
		['has a consent of a day that is none', { ...GIULIA, additionalFields: { consents: { consent: [{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '6/5/24' }] } } }, /day of a consent/, /YYYY-MM-DD/],
		['has a consent for a channel that is none', { ...GIULIA, additionalFields: { consents: { consent: [{ channel: 'fax', purpose: 'marketing', status: 'granted' }] } } }, /channel/, /email/],
	];

	it.each(wrong)('%s: says which item and how to mend it, and nothing is stored', async (_, parameters, message, howToGoOn) => {
		const error = await failure(run('upsert', parameters, { items: [{}] }));
		expect(error).toEqual({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn), item: 0 });
		expect(error.message).toMatch(/^Item 0: /);
		expect(await json('getAll', { returnAll: true })).toEqual([]);
	});

	it('does not guess between two customers of the same name', async () => {
		for (const code of ['X', 'Y']) await upsert({ code, firstName: 'Anna', lastName: 'Rossi' });
		const error = await failure(run('upsert', { firstName: 'Anna', lastName: 'Rossi' }));
		expect(error).toEqual({ message: expect.stringContaining('More than one customer'), description: expect.stringContaining('code'), item: 0 });
	});
});

describe('Get', () => {
	const by = (mode: string, value: string) => ({ customer: { __rl: true, mode, value } });

	it('finds a customer by code and by id', async () => {
		const [id] = await shop.customers(1, { code: 'C00042' });
		for (const parameters of [by('code', ' C00042 '), by('id', String(id)), by('id', '={{ $json.wanted }}')]) {
			const [item] = await run('get', parameters, { items: [{ wanted: id }] });
			expect(item).toMatchObject({ json: { id, code: 'C00042', contactPoints: [{ kind: 'email' }] }, pairedItem: { item: 0 } });
		}
	});

	it('says which item names nobody, and goes on with the others', async () => {
		const [id] = await shop.customers(1);
		const parameters = by('id', '={{ $json.id }}');
		expect(await failure(run('get', parameters, { items: [{ id }, { id: 4711 }] }))).toEqual({
			message: 'Item 1: The shop has no such customer',
			description: expect.stringContaining('Check the code or ID'),
			item: 1,
		});
		const output = await run('get', parameters, { items: [{ id: 'x' }, { id }], goesOn: true });
		expect(output).toMatchObject([{ json: { error: { message: expect.stringContaining('no such customer') } } }, { json: { id } }]);
	});

	it('needs as many statements for five hundred items as for five', async () => {
		const ids = await shop.customers(500);
		const statements = async (count: number) =>
			await countStatements(async () => await run('get', by('id', '={{ $json.id }}'), { items: ids.slice(0, count).map((id) => ({ id })) }));
		expect(await statements(500)).toBe(await statements(5));
	});
});

describe('Get Many', () => {
	const many = async (parameters: INodeParameters) => await json('getAll', parameters);

	it('gives a page at a time, or all', async () => {
		const ids = await shop.customers(60);
		expect(await many({})).toHaveLength(50);
		expect((await many({ limit: 7 })).map(({ id }) => id)).toEqual(ids.slice(0, 7));
		expect((await many({ limit: 7, filters: { after: ids[6] } })).map(({ id }) => id)).toEqual(ids.slice(7, 14));
		expect(await many({ returnAll: true })).toHaveLength(60);
	});

	it('finds by parts of the name, and by address or number however it is written', async () => {
		const contactPoints = [{ kind: 'email' as const, value: 'niccolo@posta.example' }, { kind: 'phone' as const, value: '+393331234567' }];
		const [id] = await shop.customers(1, { firstName: 'Niccolò', lastName: "D'Amico", contactPoints });
		await shop.customers(3);
		for (const filters of [{ search: 'AMICO nic' }, { contact: ' Niccolo@Posta.example' }, { contact: '+39 333 123-4567' }]) {
			expect((await many({ returnAll: true, filters })).map((customer) => customer.id)).toEqual([id]);
		}
		expect(await many({ filters: { search: 'nobody' } })).toEqual([]);
		expect(await many({ filters: { search: '%' } })).toHaveLength(4);
	});
});

describe('From List', () => {
	const list = async (filter?: string, page?: string) => await searchList(OpticalCrm, 'searchCustomers', shop.credentials, filter, page);

	it('offers all customers while nothing is typed, and then those who are meant', async () => {
		await json('upsert', { code: 'C7', firstName: 'Giulia', lastName: 'Conti', additionalFields: { email: 'giulia@posta.example' } });
		const all = await list();
		expect(all.results.length).toBe(2);
		expect(all.paginationToken).toBeUndefined();
		for (const filter of ['conti giu', 'C7', 'giulia@posta.example']) {
			const { results: [found, ...others] } = await list(filter);
			expect([found.name, others]).toEqual(['Conti Giulia (C7)', []]);
			expect((await json('get', { customer: { __rl: true, mode: 'list', value: found.value as string } }))[0]).toMatchObject({ code: 'C7' });
		}
		expect((await list('nobody')).results).toEqual([]);
	});

	it('goes on where a page ended', async () => {
		await shop.customers(60);
		const first = await list();
		const second = await list(undefined, first.paginationToken as string);
		expect([first.results.length, second.results.length, second.paginationToken]).toEqual([50, 11, undefined]);
		expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(61);
	});

	it('says what to do where nobody is chosen', async () => {
		expect(await failure(json('get', { customer: { __rl: true, mode: 'list', value: '' } }))).toMatchObject({ message: expect.stringContaining('No customer is chosen'), description: expect.stringContaining('list') });
	});
});
