import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { STRICT_POLICY } from '../../../lib/domain/consent';
import { USUAL_RETENTION } from '../../../lib/domain/retention';
import { findShop } from '../../../lib/store/shops';
import { SHOP_FIELDS } from '../../../nodes/OpticalCrm/actions/shop/shopFields';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { runNode, testCredential, type NodeRun } from '../../support/runNode';
import { ON_POSTGRES } from '../../support/store';
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
			policy: { adultAge: 18, birthdayIsMarketing: true }, retention: USUAL_RETENTION,
		});
		expect((await runNode(OpticalCrm, { parameters: { resource: 'shop', operation: 'get' }, ...credential({ file, shop: 'belvedere' }) }))[0][0].json).toEqual({ ...made, occasionStarts: [] });
	});

	it('changes what is given, and leaves the rest as it is', async () => {
		const before = await get();
		expect(before).toEqual({ ...(await run('upsert', {}))[0], occasionStarts: [] });
		const notice = [{ version: '2026-01', purposes: ['marketing'], publishedOn: '2026-01-15' }];
		await run('upsert', { phone: '+39 055 111', privacyNotices: { notice } });
		expect(await get()).toEqual({ ...before, phone: '+39 055 111', privacyNotices: notice });
	});

	it('gives back what it took, and leaves what is not given as it is', async () => {
		const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
		const span = [{ days: weekdays, from: '15.30', to: '19:30' }, { days: [...weekdays, 'saturday'], from: '9', to: '13:00' }];
		const plain = { emailFromName: 'Chiara di Ottica Prova', smsAlias: 'Ottica Pro1', patronSaint: '06-24', bookingUrl: 'https://ottica.example/prenota' };
		const numbers = { adultAge: 21, birthdayIsMarketing: false, prospectMonths: 12, customerMonths: 60, purchaseMonths: 18, profilingMonths: 6 };
		await run('upsert', { ...plain, ...numbers, openingHours: { span } });
		const day = [{ from: '09:00', to: '13:00' }, { from: '15:30', to: '19:30' }];
		const stored = {
			...plain,
			openingHours: { ...Object.fromEntries(weekdays.map((name) => [name, day])), saturday: [day[0]] },
			policy: { adultAge: 21, birthdayIsMarketing: false },
			retention: { prospectMonths: 12, customerMonths: 60, purchaseMonths: 18, profilingMonths: 6 },
		};
		expect(await get()).toMatchObject(stored);
		await run('upsert', { town: 'Lucca' });
		expect(await get()).toMatchObject({ ...stored, town: 'Lucca' });
		await run('upsert', { adultAge: 18, profilingMonths: '={{ "9" }}', openingHours: {}, smsAlias: '' });
		const { smsAlias, ...last } = await get();
		expect([smsAlias, last.openingHours]).toEqual([undefined, {}]);
		expect(last).toMatchObject({ policy: { adultAge: 18, birthdayIsMarketing: false }, retention: { prospectMonths: 12, profilingMonths: 9 } });
	});

	describe('the logo', () => {
		const picture = readFileSync(join(__dirname, '..', '..', 'support', 'logo.png'));
		const withFile = (bytes: Buffer) => ({ input: [{ json: {}, binary: { logo: { data: bytes.toString('base64'), mimeType: 'text/plain', fileName: 'logo.gif' } } }] });
		const stored = async () => (await findShop(shop.store.db, 'main'))?.logo;

		it('is taken from the input, kept while it is not named, and taken away', async () => {
			const [told] = await run('upsert', { logoField: 'logo' }, withFile(picture));
			expect(told.logo).toEqual({ type: 'image/png', width: 400, height: 96 });
			expect(await get()).toEqual({ ...told, occasionStarts: [] });
			await run('upsert', { town: 'Lucca' });
			expect(await stored()).toEqual({ type: 'image/png', width: 400, height: 96, data: picture.toString('base64') });
			await run('upsert', { logoField: '' });
			expect([await stored(), (await get()).logo]).toEqual([undefined, undefined]);
		});

		it('is refused where it is no picture, and the old one stays', async () => {
			await run('upsert', { logoField: 'logo' }, withFile(picture));
			const error = await failure(run('upsert', { logoField: 'logo', town: 'Pisa' }, withFile(Buffer.from('<svg onload="alert(1)"/>'))));
			expect(error).toMatchObject({ message: expect.stringMatching(/logo is no PNG and no JPEG/), description: expect.stringContaining('50 kB') });
			expect(await stored()).toBeDefined();
			expect((await get()).town).not.toBe('Pisa');
		});
	});

	it('proposes the periods that the rules take', () => {
		const preset = (name: string) => SHOP_FIELDS.find((field) => field.name === name)?.default;
		expect(Object.fromEntries(Object.keys(USUAL_RETENTION).map((name) => [name, preset(name)]))).toEqual(USUAL_RETENTION);
		expect(preset('adultAge')).toBe(STRICT_POLICY.adultAge);
		expect(preset('birthdayIsMarketing')).toBe(STRICT_POLICY.birthdayIsMarketing);
	});

	it('lives on a rehearsal date until it is taken away', async () => {
		await run('upsert', { rehearsalDate: '2027-01-05' });
		await shop.customers(1, { birthDate: '1980-01-05' });
		expect(await shop.due()).toMatchObject([{ occasion: { dueOn: '2027-01-05', daysLate: 0 } }]);
		await run('upsert', { rehearsalDate: '' });
		expect(await get()).not.toHaveProperty('rehearsalDate', expect.anything());
	});

	it('rehearses the sending until that is taken away', async () => {
		await run('upsert', { rehearsalEmail: ' Prova@Ottica.example', rehearsalPhone: '+39 333 123.4567' });
		expect(await get()).toMatchObject({ rehearsal: { email: 'prova@ottica.example', phone: '+393331234567' } });
		await run('upsert', { rehearsalPhone: '', rehearsalSendsNothing: true });
		expect(await get()).toMatchObject({ rehearsal: { email: 'prova@ottica.example', sendNothing: true } });
		await run('upsert', { rehearsalEmail: '', rehearsalSendsNothing: false });
		expect(await get()).not.toHaveProperty('rehearsal', expect.anything());
	});

	it('keeps what the shop pays, in thousandths of a euro', async () => {
		await run('upsert', { price_smsSegment: 0.045, price_letterPostage: 1.25 });
		await run('upsert', { price_letterPostage: 1.3 });
		expect(await get()).toMatchObject({ prices: { smsSegment: 45, letterPostage: 1300 } });
	});

	it.each<[string, INodeParameters, RegExp, RegExp]>([
		['a rehearsal address that is none', { rehearsalEmail: 'prova' }, /rehearsal is none/, /prova@/],
		['a rehearsal number that is none', { rehearsalPhone: '333 1234567' }, /no international number/, /\+39/],
		['a price that is none', { price_smsSegment: -1 }, /no amount/, /0\.065/],
		['a rehearsal date that is no day', { rehearsalDate: '31/12/2026' }, /no calendar day/, /YYYY-MM-DD/],
		['a notice of a day that is none', { privacyNotices: { notice: [{ version: '1', purposes: [], publishedOn: '2026-13-01' }] } }, /no calendar day/, /YYYY-MM-DD/],
		['a time zone that is none', { timeZone: 'Rome' }, /no time zone/, /Europe\/Rome/],
		['an empty name', { name: '' }, /no name/, /name that customers know/],
		['a country that is none', { country: 'Italia' }, /country/i, /two capital letters|IT/i],
		['a customer page that is no address', { customerPageUrl: 'n8n.example/webhook' }, /Customer Page URL|customer page/i, /https/],
		['a booking page that is no address', { bookingUrl: 'ottica.example/prenota' }, /booking page/, /https/],
		['an e-mail that is none', { email: 'ciao' }, /e-mail/i, /ciao@ottica\.example/],
		['a sender name that would break out of its header', { emailFromName: 'Chiara <x@y.example>' }, /sender name/, /plain name/],
		['an SMS alias of 12 characters', { smsAlias: 'OtticaBelved' }, /SMS alias.*11/, /AGCOM/],
		['an SMS alias of digits only', { smsAlias: '0550000' }, /SMS alias/, /AGCOM/],
		['an SMS alias with an accent', { smsAlias: 'Perù' }, /SMS alias/, /AGCOM/],
		['a patron saint on a day that is none', { patronSaint: '06-31' }, /patron saint/, /06-24/],
		['a patron saint with a year', { patronSaint: '2026-06-24' }, /patron saint/, /06-24/],
		['an adult age that is none', { adultAge: 12 }, /adult age/, /18/],
		['a period of no months', { customerMonths: 0 }, /customerMonths.*months/, /privacy notice/],
		['a period of half a month', { purchaseMonths: 0.5 }, /purchaseMonths/, /privacy notice/],
		['hours that end before they begin', { openingHours: { span: [{ days: ['monday'], from: '13:00', to: '9:00' }] } }, /monday.*close at 09:00.*13:00/, /Correct/],
		['hours that overlap', { openingHours: { span: [{ days: ['friday'], from: '9', to: '13' }, { days: ['friday'], from: '12:30', to: '19' }] } }, /friday.*overlap.*09:00 to 13:00.*12:30/, /one span/],
		['an hour that is none', { openingHours: { span: [{ days: ['sunday'], from: '9:00', to: '24:00' }] } }, /sunday.*no time of day/, /15:30/],
		['a weekday that is none', { openingHours: { span: [{ days: ['={{ "lunedì" }}'], from: '9:00', to: '13:00' }] } }, /lunedì/, /monday/],
	])('refuses %s, and says how to mend it', async (_, fields, message, howToGoOn) => {
		const before = await get();
		const error = await failure(run('upsert', fields));
		expect(error).toMatchObject({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn) });
		expect(await get()).toEqual(before);
	});

	it('asks for a name where the shop is new', async () => {
		expect(await failure(run('upsert', { town: 'Firenze' }, credential({ shop: 'new' })))).toMatchObject({ message: 'Item 0: The shop "new" has no name' });
	});
});

describe('the test button of the credential', () => {
	const test = async (changes: object = {}) => await testCredential(OpticalCrm, 'opticalCrmStoreApi', { ...shop.credentials.opticalCrmStoreApi, ...changes });
	const folder = () => join(shop.credentials.opticalCrmStoreApi.file, '..');

	it('opens the store and names the shop, or says that it is still to be set up', async () => {
		const { file } = shop.credentials.opticalCrmStoreApi;
		expect(await test()).toEqual({ status: 'OK', message: `The store of Ottica Prova is open${ON_POSTGRES ? '' : ` (${file})`}` });
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
