import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { saveEquipment } from '../../../lib/store/records/equipment';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { elementsOf } from '../../lib/web/markup';
import { runNode, type NodeRun } from '../../support/runNode';
import { customer, ON_POSTGRES, saved } from '../../support/store';
import { failure, openShop, type TestShop } from '../support/shop';

const NOW = '2026-11-22T08:00:00.000Z';
let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (operation: string, parameters: INodeParameters = {}, more: NodeRun = {}, resource = 'customer') =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource, operation, ...parameters }, ...more }))[0];
const json = async (...args: Parameters<typeof run>) => (await run(...args)).map((item) => item.json as IDataObject);
const byId = (value: number | string) => ({ customer: { __rl: true, mode: 'id', value } }) as INodeParameters;

describe('Export Data', () => {
	it('gives everything as JSON, and a page without a tag that came from the data', async () => {
		const [id] = await saved(shop.store, [customer({ lastName: '<script>alert(1)</script>', deceased: false })]);
		await run('record', { ...byId(id), purpose: 'recall', additionalFields: { evidence: 'scan <b>118</b>' } }, {}, 'consent');
		await shop.queued();
		const [item] = await run('export', byId(id));
		const { sections } = item.json as { sections: Record<string, IDataObject[]> };
		expect(sections.customer).toMatchObject([{ firstName: 'Giulia', lastName: '<script>alert(1)</script>', birthDate: '1980-11-22' }]);
		expect(sections.contactPoints).toMatchObject([{ value: expect.stringContaining('@posta.example') }]);
		expect(sections.consents).toMatchObject([{ status: 'granted' }, { evidence: 'scan <b>118</b>' }]);
		expect(sections.decisions).toMatchObject([{ tried: expect.any(Array) }]);
		expect(sections.messages).toMatchObject([{ text: expect.stringContaining('Ottica Prova'), state: 'pending' }]);
		expect(sections.messageHistory).toMatchObject([{ toState: 'pending' }]);
		expect(item.binary?.page).toMatchObject({ mimeType: 'text/html', fileName: `customer-${id}.html` });
		const page = Buffer.from(item.binary?.page.data as string, 'base64').toString();
		const elements = elementsOf(page);
		expect(elements.filter(({ name }) => ['script', 'b', 'img'].includes(name))).toEqual([]);
		expect(elements.map(({ text }) => text)).toEqual(expect.arrayContaining(['Anagrafica', 'Giulia', '<script>alert(1)</script>', 'scan <b>118</b>', '22 novembre 1980']));
		expect(elements.find(({ name }) => name === 'html')?.attributes.lang).toBe('it');
	});

	it('has a title for each section, in each language, and makes no page where none is wanted', async () => {
		const [id] = await saved(shop.store, [customer({ language: 'en' })]);
		const [item] = await run('export', byId(id));
		const titles = Object.keys(jest.requireActual('../../../templates/en/export.json').sections);
		expect(Object.keys((item.json as { sections: object }).sections).sort()).toEqual([...titles].sort());
		expect(Object.keys(jest.requireActual('../../../templates/it/export.json').sections)).toEqual(titles);
		expect(Object.keys(jest.requireActual('../../../templates/it/export.json').fields)).toEqual(Object.keys(jest.requireActual('../../../templates/en/export.json').fields));
		expect(Buffer.from(item.binary?.page.data as string, 'base64').toString()).toContain('The data about you');
		expect((await run('export', { ...byId(id), binaryProperty: '' }))[0].binary).toBeUndefined();
	});
});

describe('Erase', () => {
	it('erases the customers of all items, and gives the proof', async () => {
		const ids = await saved(shop.store, [customer(), customer()]);
		const output = await json('erase', { ...byId('={{ $json.id }}'), operator: 'Chiara' }, { items: ids.map((id) => ({ id })) });
		expect(output).toMatchObject(ids.map((id) => ({ customer: { id }, complete: true, counts: { customers: 2 }, proof: { left: [] } })));
		expect(await json('getAll', {})).toEqual([]);
		expect(await failure(run('get', byId(ids[0])))).toMatchObject({ message: expect.stringContaining('no such customer') });
	});

	it('wants to know who erases, and erases nothing before', async () => {
		const [id] = await saved(shop.store, [customer()]);
		expect(await failure(run('erase', { ...byId(id), operator: ' ' }))).toMatchObject({ message: expect.stringContaining('Nobody is named') });
		expect(await json('getAll', {})).toHaveLength(1);
	});
});

describe('Apply Retention', () => {
	const old = async () => {
		const ids = await saved(shop.store, [customer(), customer(), customer()]);
		await shop.store.db.updateTable('customers').set({ entered_on: '2016-11-21' }).where('id', 'in', ids.slice(0, 2)).execute();
		await saveEquipment(shop.store, [{ customerId: ids[2], code: 'B1', orderedOn: '2020-01-01', description: 'Titanio' }], NOW);
		return ids;
	};

	it('shows first, and erases exactly what it showed', async () => {
		const ids = await old();
		const [preview] = await json('retention', {});
		expect(preview).toMatchObject({ erased: false, count: 2, purchaseDetails: 1, before: { prospects: '2024-11-22', customers: '2016-11-22', purchases: '2024-11-22' }, customers: [{ id: ids[0], lastActivity: '2016-11-21', bought: false }, { id: ids[1] }] });
		expect(await json('getAll', {})).toHaveLength(3);
		expect(await json('retention', { previewCode: preview.previewCode as string })).toMatchObject([{ erased: true, complete: true, count: 2 }, { erased: true, purchaseDetails: 1 }]);
		expect(await json('getAll', {})).toMatchObject([{ id: ids[2] }]);
		expect(await json('retention', {})).toMatchObject([{ count: 0, purchaseDetails: 0 }]);
		expect(await json('getAll', {}, {}, 'equipment')).toMatchObject([{ code: 'B1', orderedOn: '2020-01-01' }]);
	});

	it('does nothing when the list has changed since the preview', async () => {
		const ids = await old();
		const [{ previewCode }] = await json('retention', {});
		await shop.store.db.updateTable('customers').set({ entered_on: '2026-01-01' }).where('id', '=', ids[0]).execute();
		expect(await failure(run('retention', { previewCode: previewCode as string }))).toMatchObject({ message: expect.stringContaining('nothing was erased') });
		expect(await json('getAll', {})).toHaveLength(3);
	});
});

// A server is backed up with its own tools.
(ON_POSTGRES ? describe.skip : describe)('Back Up, Check Backup and Restore Backup', () => {
	it('put a whole copy beside the store', async () => {
		await saved(shop.store, [customer()]);
		const [made] = await json('backup', {}, {}, 'shop');
		expect(made).toEqual({ file: expect.stringMatching(/backups\/store-2026-11-22T08-00-00-000Z\.db$/), bytes: expect.any(Number), madeAt: '2026-11-22T08:00:00.000Z', deleted: [] });
		expect(await json('checkBackup', {}, { items: [made] }, 'shop')).toMatchObject([{ usable: true, shops: [{ code: 'main', customers: 1 }] }]);
		expect(await failure(run('backup', {}, {}, 'shop'))).toMatchObject({ message: expect.stringContaining('exists already') });
		expect(await failure(run('checkBackup', { file: `${made.file}x` }, {}, 'shop'))).toMatchObject({ message: expect.stringContaining('There is no backup') });
		await saved(shop.store, [customer()]);
		const restore = { file: made.file as string };
		expect(await json('restore', restore, {}, 'shop')).toEqual([{ file: made.file, restored: false, loss: { customers: 1, consents: 1, messagesSent: 0 } }]);
		expect(await failure(run('restore', restore, { items: [{}, {}] }, 'shop'))).toMatchObject({ message: expect.stringContaining('one store to restore') });
		expect(await json('restore', { ...restore, restoreNow: true }, {}, 'shop')).toMatchObject([{ restored: true, kept: { file: expect.stringMatching(/backups\/store-before-restore-2026-11-22T08-00-00-000Z\.db$/) } }]);
		expect(await json('getAll', {})).toHaveLength(1);
	});
});
