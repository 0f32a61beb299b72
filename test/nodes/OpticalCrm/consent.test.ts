import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { consentFor } from '../../../lib/consent/consentFor';
import { consentHistory } from '../../../lib/store/consents';
import { customerFacts } from '../../../lib/store/facts';
import { CustomerReplyTrigger } from '../../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { elementsOf } from '../../lib/web/markup';
import { callWebhook, runNode, type NodeRun, type WebhookCall } from '../../support/runNode';
import { customer, saved } from '../../support/store';
import { failure, NOW, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (operation: string, parameters: INodeParameters = {}, more: NodeRun = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'consent', operation, ...parameters }, ...more }))[0].map(({ json }) => json as IDataObject);
const byId = (value: number | string) => ({ customer: { __rl: true, mode: 'id', value } }) as INodeParameters;
const one = async (changes = {}) => (await saved(shop.store, [customer(changes)]))[0];
const chainOf = async (id: number) => (await consentHistory(shop.store, [id])).get(id) ?? [];
const WORDING = { version: '2026-01', text: 'Acconsento a ricevere <auguri> e novità.' };

describe('Record', () => {
	it('keeps all that is known of a consent, with the hash of its wording', async () => {
		const id = await one({ consents: [] });
		const [{ hash }] = await run('addWording', WORDING);
		const additionalFields = { evidence: 'scan 118', operator: 'Chiara', method: 'paper', noticeVersion: '2024-01', wordingVersion: '2026-01', guardian: 'Marta Rossi', language: 'it' };
		expect(await run('record', { ...byId(id), capturedAt: '2026-11-20', additionalFields })).toMatchObject([{ outcome: 'recorded', status: 'granted', channel: 'email', suppressed: 0 }]);
		const [{ consents }] = await run('get', byId(id));
		expect(consents).toMatchObject([{ ...additionalFields, status: 'granted', source: 'staff', capturedAt: '2026-11-20T00:00:00.000Z', wordingHash: hash }]);
		expect(await run('verify')).toEqual([{ whole: true, customers: 1, records: 1, broken: [], changedWordings: [] }]);
		expect(await run('getWordings')).toMatchObject([WORDING]);
	});

	it('notes a withdrawal as of now, and suppresses the address of an objection', async () => {
		const id = await one();
		await run('record', { ...byId(id), status: 'withdrawn', channel: 'any', purpose: 'any' });
		expect((await chainOf(id)).at(-1)).toMatchObject({ status: 'withdrawn', channel: 'any', purpose: 'any', capturedAt: NOW, withdrawnAt: NOW });
		expect(await run('record', { ...byId(id), status: 'objected' })).toMatchObject([{ suppressed: 1 }]);
		expect((await customerFacts(shop.store, [id])).get(id)?.contactPoints).toMatchObject([{ suppressedFor: ['marketing'] }]);
	});

	it.each<[string, INodeParameters, string]>([
		['a yes to everything', { channel: 'any' }, 'one channel and one purpose'],
		['a day that is to come', { capturedAt: '2026-11-23' }, 'in the future'],
		['a moment without a zone', { capturedAt: '2026-11-20T10:00' }, 'neither a day nor a moment'],
		['a notice that there is not', { additionalFields: { noticeVersion: '1999' } }, 'no privacy notice 1999'],
		['a wording that there is not', { additionalFields: { wordingVersion: '1999' } }, 'no wording 1999'],
		['an unknown channel', { channel: '={{ "fax" }}' }, 'channel of a consent is unknown'],
	])('refuses %s, and records nothing', async (_, parameters, message) => {
		const id = await one();
		expect(await failure(run('record', { ...byId(id), ...parameters }))).toMatchObject({ message: expect.stringContaining(message), item: 0 });
		expect(await chainOf(id)).toHaveLength(1);
	});

	it('hands out the items that failed, and records the others', async () => {
		const id = await one();
		const output = await run('record', { ...byId('={{ $json.id }}'), status: 'denied' }, { items: [{ id: 4711 }, { id }], goesOn: true });
		expect(output).toMatchObject([{ id: 4711, error: { message: 'Item 0: The shop has no such customer' } }, { outcome: 'recorded' }]);
	});
});

describe('Get', () => {
	it('says what was in force on a day, from what the shop had recorded by its end in its own zone', async () => {
		const id = await one();
		jest.setSystemTime(new Date('2026-11-25T22:59:00.000Z'));
		await run('record', { ...byId(id), status: 'withdrawn' });
		const asOf = async (day: string) => ((await run('get', { ...byId(id), day }))[0].asOf as IDataObject).consents;
		const granted = { channel: 'email', purpose: 'marketing', status: 'granted', recordId: 1, capturedAt: '2023-02-03T00:00:00.000Z' };
		// Recorded on the 22nd, though it speaks of 2023.
		expect(await asOf('2026-11-21')).toEqual([]);
		expect(await asOf('2026-11-22')).toEqual([granted]);
		expect(await asOf('2026-11-24')).toEqual([granted]);
		// 23:59 in Italy.
		expect(await asOf('2026-11-25')).toMatchObject([
			{ channel: 'email', status: 'withdrawn', recordId: 2 },
			// Whoever said no anywhere said no here too.
			{ channel: 'whatsapp', status: 'withdrawn', recordId: 2 },
			{ channel: 'whatsappLinked', status: 'withdrawn', recordId: 2 },
		]);
		expect(await failure(run('get', { ...byId(id), day: '31/02' }))).toMatchObject({ message: expect.stringContaining('no calendar day') });
	});

	it('takes a minute after midnight for the next day', async () => {
		const id = await one();
		jest.setSystemTime(new Date('2026-11-25T23:01:00.000Z'));
		await run('record', { ...byId(id), status: 'withdrawn' });
		expect((await run('get', { ...byId(id), day: '2026-11-25' }))[0].asOf).toMatchObject({ consents: [{ status: 'granted' }] });
	});
});

describe('Request Opt-In', () => {
	const asked = async (id: number, changes: INodeParameters = {}) => {
		await run('addWording', WORDING);
		const [{ url }] = await run('requestOptIn', { ...byId(id), wordingVersion: '2026-01', ...changes });
		const query = new URL(url as string).search;
		return { query, token: new URLSearchParams(query).get('o') as string };
	};
	const call = async (request: WebhookCall) => await callWebhook(CustomerReplyTrigger, { credentials: shop.credentials }, request);
	const statusOf = async (id: number) => consentFor(await chainOf(id), 'email', 'marketing', new Date().toISOString(), 1)?.status;

	it('grants by the button only, once, with the wording that was shown', async () => {
		const id = await one({ consents: [] });
		const { query, token } = await asked(id);
		expect(await statusOf(id)).toBe('pending');
		for (const method of ['GET', 'HEAD'] as const) expect(await call({ method, query: `${query}&optIn=yes&token=${token}` })).toMatchObject({ status: 200, items: [] });
		expect(await statusOf(id)).toBe('pending');
		const page = await call({ query });
		expect(page.body).toContain('Acconsento a ricevere &lt;auguri&gt; e novità.');
		expect(elementsOf(page.body).find(({ name }) => name === 'form')?.attributes).toMatchObject({ method: 'post' });
		expect(page.body).not.toMatch(/Rossi|Giulia|posta\.example/);
		const replies = await Promise.all([1, 2].map(async () => await call({ method: 'POST', form: { token, optIn: 'yes' } })));
		expect(replies.map(({ status }) => status)).toEqual([200, 200]);
		expect(replies.flatMap(({ items }) => items.map(({ json }) => json))).toEqual([{ customer: { id }, reply: { kind: 'opt-in', channel: 'email', purpose: 'marketing', at: NOW } }]);
		expect((await chainOf(id)).map(({ status }) => status)).toEqual(['pending', 'granted']);
		expect((await chainOf(id))[1]).toMatchObject({ doubleOptInAt: NOW, contactPointId: 1, wordingVersion: '2026-01', noticeVersion: '2024-01', source: 'opt-in-link', language: 'it' });
		expect(await run('verify')).toMatchObject([{ whole: true }]);
	});

	it('grants nothing by a link that has expired, is forged, or is a refusal', async () => {
		const id = await one({ consents: [] });
		const { query, token } = await asked(id, { days: 2 });
		for (const form of [{ token, optIn: 'no' }, { token: `${token}x`, optIn: 'yes' }]) expect(await call({ method: 'POST', form: form as unknown as Record<string, string> })).toMatchObject({ status: 404, items: [] });
		expect(await call({ method: 'POST', form: { token, scope: 'all' } })).toMatchObject({ status: 404, items: [] });
		jest.setSystemTime(new Date('2026-11-24T08:00:00.000Z'));
		expect(await call({ query })).toMatchObject({ status: 410 });
		expect(await call({ method: 'POST', form: { token, optIn: 'yes' } })).toMatchObject({ status: 410, items: [] });
		expect(await statusOf(id)).toBe('pending');
	});

	it('leaves a consent that is in force where it is', async () => {
		const id = await one();
		await asked(id);
		expect(await statusOf(id)).toBe('granted');
	});

	it('does not ask who has objected, and needs a page, a wording and an address', async () => {
		const id = await one({ consents: [] });
		expect(await failure(run('requestOptIn', { ...byId(id), wordingVersion: 'x' }))).toMatchObject({ message: expect.stringContaining('no wording x') });
		await run('addWording', WORDING);
		expect(await failure(run('requestOptIn', { ...byId(id), wordingVersion: '2026-01', channel: 'sms' }))).toMatchObject({ message: expect.stringContaining('no address or number') });
		await run('record', { ...byId(id), status: 'objected' });
		expect(await failure(run('requestOptIn', { ...byId(id), wordingVersion: '2026-01' }))).toMatchObject({ message: expect.stringContaining('has objected') });
	});
});

describe('the opposition register', () => {
	it('is asked about numbers whose check is too old, each once, and its answers are kept by hash', async () => {
		const phone = (value: string) => ({ contactPoints: [{ kind: 'phone' as const, value }] });
		await saved(shop.store, ['+393331111111', '+393332222222', '+393333333333', '+393333333333'].map((value) => customer(phone(value))));
		const checks = [{ number: '333 1111111', at: '2026-11-01', result: 'listed' }, { number: '+39 333 2222222', at: '2026-11-20', result: 'notListed' }];
		expect(await run('recordRpoChecks', { number: '={{ $json.number }}', checkedAt: '={{ $json.at }}', result: '={{ $json.result }}', enrolledOn: '2024-05-31' }, { items: checks }))
			.toMatchObject([{ status: 'recorded', checkedAt: '2026-10-31T23:00:00.000Z' }, { status: 'recorded', result: 'notListed' }]);
		expect(await run('exportRpoNumbers')).toEqual([{ number: '+393331111111', lastCheckedAt: '2026-10-31T23:00:00.000Z' }, { number: '+393333333333' }]);
		expect(await run('exportRpoNumbers', { days: 1 })).toHaveLength(3);
		expect(JSON.stringify(await shop.store.db.selectFrom('rpo_checks').selectAll().execute())).not.toContain('333');
	});

	it.each<[INodeParameters]>([[{ number: 'x' }], [{ number: '3331111111', checkedAt: '2027-01-01' }], [{ number: '3331111111', enrolledOn: '31/05' }], [{ number: '3331111111', result: '={{ "maybe" }}' }]])('refuses %p', async (parameters) => {
		await failure(run('recordRpoChecks', parameters));
		expect(await shop.store.db.selectFrom('rpo_checks').selectAll().execute()).toEqual([]);
	});
});
