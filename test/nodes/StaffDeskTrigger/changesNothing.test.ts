import { elementsOf } from '../../lib/web/markup';
import { PASSWORD } from '../support/visitor';
import { eachInItsOwnShop, idOf, seen, shop, staff, stateOf, visitor, waiting } from './support';

eachInItsOwnShop();

describe('what changes nothing', () => {
	it.each(['GET', 'HEAD'] as const)('%s, whatever its address and its body say', async (method) => {
		const [item] = await waiting();
		const browser = await staff();
		const { csrf } = browser;
		const message = await seen(item);
		for (const action of ['approve', 'reject', 'logout', 'login']) {
			const form = { action, csrf, message, reason: 'other' };
			const reply = await browser.send({ method, query: `?${new URLSearchParams(form)}`, form });
			expect(reply).toMatchObject({ status: 200, items: [] });
		}
		expect(await stateOf(item)).toBe('pending');
		expect((await browser.get('?view=approve')).body).toContain(item.customer.lastName);
	});

	it('a POST without a session', async () => {
		const [item] = await waiting();
		const reply = await visitor().post({ action: 'saveAndApprove', message: await seen(item), subject: 'Auguri', body: 'Un testo lungo', csrf: 'x' });
		expect(reply).toMatchObject({ status: 401, items: [] });
		expect(elementsOf(reply.body).find(({ attributes }) => attributes.name === 'held')?.attributes.value).toContain('body=Un+testo+lungo');
		expect(await stateOf(item)).toBe('pending');
	});

	it("a POST with another session's token", async () => {
		const [item] = await waiting();
		const browser = await staff();
		const { csrf } = await staff({}, 'marco', `${PASSWORD}-2`);
		expect(await browser.post({ action: 'approve', message: await seen(item), csrf })).toMatchObject({ status: 409, items: [] });
		expect(await browser.post({ action: 'approve', message: await seen(item) })).toMatchObject({ status: 409, items: [] });
		expect(await stateOf(item)).toBe('pending');
	});

	it.each([['origin', 'https://evil.example'], ['origin', 'null'], ['sec-fetch-site', 'cross-site'], ['sec-fetch-site', 'same-site']])(
		"a POST from a stranger's page (%s: %s)",
		async (header, value) => {
			const [item] = await waiting();
			const browser = await staff();
			const form = { action: 'approve', message: await seen(item), csrf: browser.csrf };
			expect(await browser.post(form, { [header]: value })).toMatchObject({ status: 403, items: [] });
			expect(await stateOf(item)).toBe('pending');
			expect((await browser.post(form, { origin: 'https://n8n.example' })).status).toBe(303);
		},
	);

	it.each<[Record<string, string | string[]>]>([[{}], [{ action: 'explode' }], [{ action: 'approve', message: 'x' }], [{ action: ['approve', 'reject'] }]])(
		'a form that is none of ours (%p)',
		async (form) => {
			const browser = await staff();
			expect(await browser.post({ csrf: browser.csrf, ...form })).toMatchObject({ status: 400, items: [] });
		},
	);

	it('a decision about a message of another shop', async () => {
		const [item] = await waiting();
		const message = await seen(item);
		await shop.store.db.insertInto('shops').columns(['code', 'name', 'country', 'time_zone', 'language', 'formality', 'privacy_notices', 'policy', 'updated_at'])
			.expression((from) => from.selectFrom('shops').select(({ val }) => [val('second').as('code'), 'name', 'country', 'time_zone', 'language', 'formality', 'privacy_notices', 'policy', 'updated_at']))
			.execute();
		const other = await staff({ credentials: { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, shop: 'second' } } });
		expect(await other.decide('approve', { message })).toEqual([]);
		expect((await other.get(`?view=message&id=${idOf(item)}`)).status).toBe(404);
		expect((await other.get(`?view=preview&id=${idOf(item)}`)).status).toBe(404);
		expect(await stateOf(item)).toBe('pending');
	});
});
