import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { runNode, testCredential, type NodeRun } from '../../support/runNode';
import { failure, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (operation: string, fields: INodeParameters = {}, more: NodeRun = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'shop', operation, fields }, ...more }))[0].map((item) => item.json as IDataObject);
const get = async () => (await run('get'))[0];
const credential = (changes: object) => ({ credentials: { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, ...changes } } });

describe('Create or Update', () => {
	it('sets up a shop with the safe settings, in a file that it makes', async () => {
		const file = `${shop.credentials.opticalCrmStoreApi.file}-new`;
		const [made] = await run('upsert', { name: 'Ottica Belvedere' }, credential({ file, shop: 'belvedere' }));
		expect(made).toMatchObject({
			code: 'belvedere', name: 'Ottica Belvedere', country: 'IT', timeZone: 'Europe/Rome', language: 'it', formality: 'lei', privacyNotices: [],
			policy: { adultAge: 18, birthdayIsMarketing: true },
		});
		expect((await runNode(OpticalCrm, { parameters: { resource: 'shop', operation: 'get' }, ...credential({ file, shop: 'belvedere' }) }))[0][0].json).toEqual(made);
	});

	it('changes what is given, and leaves the rest as it is', async () => {
		const before = await get();
		expect(await run('upsert', {})).toEqual([before]);
		const notice = [{ version: '2026-01', purposes: ['marketing'], publishedOn: '2026-01-15' }];
		await run('upsert', { phone: '+39 055 111', privacyNotices: { notice } });
		expect(await get()).toEqual({ ...before, phone: '+39 055 111', privacyNotices: notice });
	});

	it('lives on a rehearsal date until it is taken away', async () => {
		await run('upsert', { rehearsalDate: '2027-01-05' });
		await shop.customers(1, { birthDate: '1980-01-05' });
		expect(await shop.due()).toMatchObject([{ occasion: { dueOn: '2027-01-05', daysLate: 0 } }]);
		await run('upsert', { rehearsalDate: '' });
		expect(await get()).not.toHaveProperty('rehearsalDate', expect.anything());
	});

	it.each<[string, INodeParameters, RegExp, RegExp]>([
		['a rehearsal date that is no day', { rehearsalDate: '31/12/2026' }, /no calendar day/, /YYYY-MM-DD/],
		['a notice of a day that is none', { privacyNotices: { notice: [{ version: '1', purposes: [], publishedOn: '2026-13-01' }] } }, /no calendar day/, /YYYY-MM-DD/],
		['a time zone that is none', { timeZone: 'Rome' }, /no time zone/, /Europe\/Rome/],
		['an empty name', { name: '' }, /no name/, /name that customers know/],
		['a country that is none', { country: 'Italia' }, /country/i, /two capital letters|IT/i],
		['a customer page that is no address', { customerPageUrl: 'n8n.example/webhook' }, /Customer Page URL|customer page/i, /https/],
		['an e-mail that is none', { email: 'ciao' }, /e-mail/i, /ciao@ottica\.example/],
	])('refuses %s, and says how to mend it', async (_, fields, message, howToGoOn) => {
		const before = await get();
		const error = await failure(run('upsert', fields));
		expect(error).toMatchObject({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn) });
		expect(await get()).toEqual(before);
	});

	it('asks for a name where the shop is new', async () => {
		expect(await failure(run('upsert', { town: 'Firenze' }, credential({ shop: 'new' })))).toMatchObject({ message: 'The shop "new" has no name' });
	});
});

describe('the test button of the credential', () => {
	const test = async (changes: object = {}) => await testCredential(OpticalCrm, 'opticalCrmStoreApi', { ...shop.credentials.opticalCrmStoreApi, ...changes });
	const folder = () => join(shop.credentials.opticalCrmStoreApi.file, '..');

	it('opens the store and names the shop, or says that it is still to be set up', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'The store of Ottica Prova is open' });
		expect(await test({ shop: 'second' })).toEqual({ status: 'OK', message: expect.stringContaining('Set up the shop "second" with Optical CRM > Shop > Create or Update') });
	});

	it.each<[string, () => object, RegExp]>([
		['the secret is short', () => ({ secret: 'short' }), /32 characters.*openssl rand/],
		['there is no secret', () => ({ secret: undefined }), /32 characters/],
		['there is no file', () => ({ database: 'file', file: ' ' }), /Enter the path/],
		['the file is no database', () => {
			writeFileSync(join(folder(), 'notes.txt'), 'Notes. '.repeat(1000));
			return { database: 'file', file: join(folder(), 'notes.txt') };
		}, /no SQLite database.*Choose another path/],
		['the path is a folder', () => {
			mkdirSync(join(folder(), 'folder'));
			return { database: 'file', file: join(folder(), 'folder') };
		}, /cannot be opened.*Check that the path/],
		['there is no shop code', () => ({ shop: '' }), /shop code/i],
	])('says what to do where %s', async (_, changes, says) => {
		expect(await test(changes())).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});

	it('says what to do with an empty credential', async () => {
		expect((await testCredential(OpticalCrm, 'opticalCrmStoreApi', undefined)).status).toBe('Error');
	});
});

it('says what to do before the shop is set up', async () => {
	expect(await failure(run('get', {}, credential({ shop: 'second' })))).toMatchObject({ description: expect.stringContaining('Shop > Create or Update') });
});
