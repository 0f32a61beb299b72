import { writeFileSync } from 'node:fs';
import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { signRefusal } from '../../lib/consent/refusalLink';
import type { ItemMessage } from '../../lib/domain/item';
import { consentHistory } from '../../lib/store/consents';
import { recordConsents } from '../../lib/store/recordConsents';
import { saveShop } from '../../lib/store/shops';
import { elementsOf } from '../lib/web/markup';
import { callWebhook, logged, type NodeRun, type WebhookCall } from '../support/runNode';
import { SECRET } from '../support/store';
import { NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const call = async (request: WebhookCall, run: NodeRun = {}) => await callWebhook(CustomerReplyTrigger, { credentials: shop.credentials, ...run }, request);
const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };
/** A customer who was written to, and the link in the message. */
const written = async () => {
	await shop.customers(1);
	const [{ customer: { id, lastName }, message }] = await shop.written();
	const url = new URL((message as ItemMessage).refusalUrl as string);
	return { id, lastName, query: url.search, token: url.searchParams.get('t') as string };
};
const said = async (id: number) => (await consentHistory(shop.store, [id])).get(id)?.map(({ channel, purpose, status, source, method }) => ({ channel, purpose, status, source, method })) ?? [];
const token = (customerId: number, changes: object = {}, secret = SECRET) =>
	signRefusal({ shopCode: 'main', customerId, contactPointId: 1, channel: 'email', purpose: 'marketing', ...changes }, secret);

describe('opening the link', () => {
	it('shows a page with two buttons that post, and nothing about the person', async () => {
		const { lastName, query, token: expected } = await written();
		const reply = await call({ query });
		expect(reply).toMatchObject({ status: 200, items: [] });
		expect(reply.body).toContain('Ottica Prova');
		expect(reply.body).not.toContain(lastName);
		const elements = elementsOf(reply.body);
		expect(elements.find(({ name }) => name === 'form')?.attributes).toMatchObject({ method: 'post' });
		expect(elements.find(({ attributes }) => attributes.name === 'token')?.attributes.value).toBe(expected);
		expect(elements.filter(({ attributes }) => attributes.name === 'scope').map(({ attributes }) => attributes.value)).toEqual(['channel', 'all']);
	});

	it.each(['GET', 'HEAD'] as const)('changes nothing, however often and whatever its address and its body say (%s)', async (method) => {
		const { id, query, token: t } = await written();
		const before = await said(id);
		for (const more of ['', '&scope=all', `&token=${t}&scope=all`, '&List-Unsubscribe=One-Click']) {
			expect(await call({ method, query: query + more, form: { token: t, scope: 'all' } })).toMatchObject({ status: 200, items: [] });
		}
		expect(await said(id)).toEqual(before);
	});
});

describe('refusing', () => {
	it('withdraws on the channel of the message, and starts the workflow', async () => {
		const { id, token: t } = await written();
		const reply = await call({ method: 'POST', form: { token: t, scope: 'channel' } });
		expect(reply.status).toBe(200);
		expect(reply.items.map(({ json }) => json)).toEqual([
			{ customer: { id }, reply: { kind: 'refusal', channel: 'email', purpose: 'marketing', scope: 'channel', oneClick: false, at: NOW } },
		]);
		expect((await said(id)).at(-1)).toEqual({ channel: 'email', purpose: 'marketing', status: 'withdrawn', source: 'refusal-link', method: 'web-form' });
		expect(await shop.allowed([{ customer: { id }, occasion: { kind: 'birthday', dueOn: '2026-11-22', stage: 1, class: 'relational', daysLate: 0 } }] as never)).toEqual([]);
	});

	it('withdraws on every channel where the customer says so', async () => {
		const { id, token: t } = await written();
		await call({ method: 'POST', form: { token: t, scope: 'all' } });
		expect((await said(id)).at(-1)).toMatchObject({ channel: 'any', status: 'withdrawn' });
	});

	it("does what the mailbox's own button asks (RFC 8058), to whom the link belongs", async () => {
		const { id, query } = await written();
		const reply = await call({ method: 'POST', query, form: ONE_CLICK });
		expect(reply).toMatchObject({ status: 200, items: [{ json: { reply: { scope: 'channel', oneClick: true } } }] });
		expect((await said(id)).at(-1)).toMatchObject({ status: 'withdrawn', method: 'one-click' });
	});

	it('stands in the chain once, and starts the workflow once, however often it is pressed', async () => {
		const { id, query, token: t } = await written();
		const before = (await said(id)).length;
		const replies = await Promise.all([
			call({ method: 'POST', query, form: ONE_CLICK }),
			call({ method: 'POST', form: { token: t, scope: 'channel' } }),
			call({ method: 'POST', form: { token: t, scope: 'channel' } }),
		]);
		const again = await call({ method: 'POST', query, form: ONE_CLICK });
		expect([...replies, again].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(await said(id)).toHaveLength(before + 1);
		expect([...replies, again].flatMap(({ items }) => items)).toHaveLength(1);
	});

	it('counts anew for who has agreed again since', async () => {
		const { id, token: t } = await written();
		await call({ method: 'POST', form: { token: t, scope: 'channel' } });
		const later = '2026-11-22T08:00:01.000Z';
		await recordConsents(shop.store, [{ customerId: id, channel: 'email', purpose: 'marketing', status: 'granted', legalBasis: 'consent', capturedAt: later, source: 'desk' }], later);
		jest.setSystemTime(new Date('2026-11-23T08:00:00.000Z'));
		expect((await call({ method: 'POST', form: { token: t, scope: 'channel' } })).items).toHaveLength(1);
		expect((await said(id)).map(({ status }) => status)).toEqual(['granted', 'withdrawn', 'granted', 'withdrawn']);
	});
});

describe('a link that is none of ours', () => {
	const links: Array<[string, (id: number) => string]> = [
		['forged', (id) => token(id, {}, 'another-secret-another-secret-another')],
		['changed', (id) => token(id).replace(/^1\.(.)/, (_, first) => `1.${first === 'W' ? 'X' : 'W'}`)],
		["another shop's", (id) => token(id, { shopCode: 'second' })],
		['cut off', (id) => token(id).slice(0, -5)],
		['no token at all', () => 'x'],
	];

	it.each(links)('answers 404 and changes nothing: %s', async (_, make) => {
		const { id } = await written();
		const before = await said(id);
		const query = `?t=${make(id)}`;
		for (const request of [{ query }, { method: 'POST' as const, query, form: ONE_CLICK }, { method: 'POST' as const, form: { token: make(id), scope: 'all' } }]) {
			const reply = await call(request);
			expect(reply).toMatchObject({ status: 404, items: [] });
			// Who cannot refuse by the link can do so by phone or mail.
			expect(reply.body).toContain('ciao@ottica.example');
		}
		expect(await said(id)).toEqual(before);
	});

	it('does not serve a right link of another shop in the same store', async () => {
		const { id, token: t } = await written();
		await saveShop(shop.store.db, 'second', { name: 'Altra Ottica' }, NOW);
		const credentials = { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, shop: 'second' } };
		expect(await call({ method: 'POST', form: { token: t, scope: 'all' } }, { credentials })).toMatchObject({ status: 404, items: [] });
		expect((await said(id)).map(({ status }) => status)).toEqual(['granted']);
	});

	it.each<[string, Record<string, string | string[]>]>([
		['without a scope', {}],
		['with a scope that is none', { scope: 'service' }],
		['with two scopes', { scope: ['channel', 'all'] }],
	])('refuses a post %s', async (_, form) => {
		const { id, token: t } = await written();
		expect(await call({ method: 'POST', form: { token: t, ...form } })).toMatchObject({ status: 404, items: [] });
		expect((await said(id)).map(({ status }) => status)).toEqual(['granted']);
	});
});

it('says that it is done to somebody whom the shop does not know any more, and starts nothing', async () => {
	const reply = await call({ method: 'POST', form: { token: token(4711), scope: 'all' } });
	expect(reply).toMatchObject({ status: 200, items: [] });
	expect(await call({ query: `?t=${token(4711)}` })).toMatchObject({ status: 200, items: [] });
});

it('asks to try again, and says nothing of what went wrong, where the store cannot be read', async () => {
	const { token: t } = await written();
	const file = `${shop.credentials.opticalCrmStoreApi.file}.other`;
	writeFileSync(file, 'This is no database, but it is long enough to be taken for one by mistake.'.repeat(20));
	const credentials = { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, database: 'file', file } };
	logged.length = 0;
	const reply = await call({ method: 'POST', form: { token: t, scope: 'all' } }, { credentials });
	// 503: a mail program tries again.
	expect(reply).toMatchObject({ status: 503, items: [] });
	expect(reply.body).not.toMatch(/store\.db|sqlite|Error|\bat /i);
	expect(logged.join('\n')).toContain('it is no SQLite database');
});
