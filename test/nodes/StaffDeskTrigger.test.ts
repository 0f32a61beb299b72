import { writeFileSync } from 'node:fs';
import { StaffDeskTrigger } from '../../nodes/StaffDeskTrigger/StaffDeskTrigger.node';
import { messageHistory } from '../../lib/store/messageHistory';
import { saveShop } from '../../lib/store/shops';
import { messageDetail, messageStates, type ReviewMessageDetail } from '../../lib/store/review';
import type { CrmItem } from '../../lib/domain/item';
import { elementsOf } from '../lib/web/markup';
import { logged, testCredential, type NodeRun, type WebhookReply } from '../support/runNode';
import { setClock } from './support/clock';
import { NOW, openShop, type TestShop } from './support/shop';
import { PASSWORD, Visitor } from './support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD }, { name: 'marco', password: `${PASSWORD}-2` }] } };

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = (changes: NodeRun = {}): NodeRun => ({ ...changes, credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS, ...changes.credentials } });
const visitor = (changes: NodeRun = {}, ip?: string) => new Visitor(run(changes), ip);
/** Somebody who has logged in and looks at what waits. */
const staff = async (changes: NodeRun = {}, name = 'chiara', password = PASSWORD) => {
	const browser = visitor(changes);
	await browser.logIn(name, password);
	await browser.get('?view=approve');
	return browser;
};
const waiting = async (count = 1) => {
	await shop.customers(count);
	return await shop.queued();
};
const idOf = ({ message }: CrmItem) => message?.id as number;
const detail = async (item: CrmItem) => (await messageDetail(shop.store, idOf(item))) as ReviewMessageDetail;
const stateOf = async (item: CrmItem) => (await messageStates(shop.store, [idOf(item)])).get(idOf(item));
const seen = async (item: CrmItem) => `${idOf(item)}:${(await detail(item)).contentHash}`;
const asksToLogIn = ({ body }: WebhookReply) => body.includes('type="password"');
const seconds = (count: number) => setClock(new Date(Date.now() + count * 1000).toISOString());

describe('logging in', () => {
	it('shows nothing but the login to somebody who is not logged in', async () => {
		const [item] = await waiting();
		const { lastName } = item.customer;
		const browser = visitor();
		for (const query of ['?view=approve', `?view=message&id=${idOf(item)}`, `?view=preview&id=${idOf(item)}`]) {
			const reply = await browser.get(query);
			expect(reply.status).toBe(200);
			expect(asksToLogIn(reply)).toBe(true);
			expect(reply.body).not.toContain(lastName);
		}
	});

	it('opens the Desk with the right password, under a cookie that only this page gets', async () => {
		const [item] = await waiting();
		const browser = visitor();
		const reply = await browser.post({ action: 'login', user: ' Chiara ', password: PASSWORD, back: `?view=message&id=${idOf(item)}` });
		expect(reply).toMatchObject({ status: 303, items: [] });
		expect(reply.headers.Location).toBe(`?view=message&id=${idOf(item)}`);
		expect(reply.headers['Set-Cookie']).toMatch(/^optical_crm_desk=[\w-]{43}; Path=\/webhook\/ottica\/desk; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/);
		expect((await browser.get('?view=approve')).body).toContain(item.customer.lastName);
		expect(await shop.store.db.selectFrom('desk_sessions').select('token_hash').execute()).not.toContainEqual({ token_hash: browser.cookie.split('=')[1] });
	});

	it('refuses a wrong password and an unknown name alike', async () => {
		const [wrong, unknown] = [await visitor().logIn('chiara', 'no'), await visitor().logIn('nobody', 'no')];
		expect([wrong.status, unknown.status]).toEqual([401, 401]);
		expect(unknown.body.replace('nobody', 'chiara')).toBe(wrong.body);
		expect(wrong.headers).not.toHaveProperty('Set-Cookie');
	});

	it('slows down who guesses, and lets in again after the wait', async () => {
		const browser = visitor();
		for (let times = 0; times < 4; times++) expect((await browser.logIn('chiara', 'guess')).status).toBe(401);
		const slowed = await browser.logIn();
		expect(slowed).toMatchObject({ status: 429, headers: { 'Retry-After': '2' } });
		expect(slowed.headers).not.toHaveProperty('Set-Cookie');
		seconds(1);
		expect((await browser.logIn()).status).toBe(429);
		seconds(2);
		expect((await browser.logIn()).status).toBe(303);
		expect((await browser.logIn('chiara', 'guess')).status).toBe(401);
	});

	it('slows down many names from one place, and leaves the owner of a name alone that strangers try from many', async () => {
		await visitor({}, '198.51.100.1').logIn('anna', 'guess');
		// As if nineteen more names had been tried from there.
		await shop.store.db.updateTable('desk_failures').set({ failures: 20 }).where('subject', 'like', 'address %').execute();
		expect((await visitor({}, '198.51.100.1').logIn('bruno', 'guess')).status).toBe(401);
		expect((await visitor({}, '198.51.100.1').logIn('marco', `${PASSWORD}-2`)).status).toBe(429);
		expect((await visitor({}, '198.51.100.2').logIn('marco', `${PASSWORD}-2`)).status).toBe(303);
		for (let place = 10; place < 14; place++) await visitor({}, `198.51.100.${place}`).logIn('chiara', 'guess');
		expect((await visitor({}, '198.51.100.20').logIn()).status).toBe(303);
	});

	it('ends with the log-out, after twelve hours, and when the account is taken away', async () => {
		const browser = await staff();
		const { cookie } = browser;
		expect((await browser.post({ action: 'logout', csrf: browser.csrf })).headers['Set-Cookie']).toContain('Max-Age=0');
		browser.cookie = cookie;
		expect(asksToLogIn(await browser.get())).toBe(true);

		const other = await staff();
		seconds(12 * 3600 + 1);
		expect(asksToLogIn(await other.get())).toBe(true);

		const gone = await staff();
		const without = new Visitor(run({ credentials: { opticalCrmDeskApi: { accounts: { account: [ACCOUNTS.accounts.account[1]] } } } }));
		without.cookie = gone.cookie;
		expect(asksToLogIn(await without.get())).toBe(true);
	});

	it('lets nobody in where there is no account, or one without a password', async () => {
		for (const accounts of [{}, { accounts: { account: [{ name: 'chiara', password: '' }] } }, { accounts: { account: [{ name: 'chiara' }] } }]) {
			expect((await visitor({ credentials: { opticalCrmDeskApi: accounts } }).logIn('chiara', '')).status).toBe(401);
		}
	});
});

describe('the reason in the footer', () => {
	it('is the one of the decision, and stays it when the staff edit the text', async () => {
		await saveShop(shop.store.db, 'main', { policy: { birthdayIsMarketing: false } }, NOW);
		const [item] = await waiting();
		expect((await detail(item)).text).toContain('tra i contatti del nostro negozio');
		const browser = await staff();
		await browser.get(`?view=message&id=${idOf(item)}`);
		await browser.decide('save', { message: await seen(item), subject: 'Auguri', body: 'Un altro testo.' });
		const { text, html, legalBasis } = await detail(item);
		expect(legalBasis).toBe('legitimate-interest');
		expect(text).toMatch(/^Un altro testo\./);
		for (const part of [text, html]) expect(part).toContain('tra i contatti del nostro negozio');
		expect(text).not.toContain('acconsentito');
	});
});

describe('deciding', () => {
	it('approves what the person saw, and starts the workflow with it', async () => {
		const [item] = await waiting();
		const browser = await staff();
		const [output, ...others] = await browser.decide('approve');
		expect(others).toEqual([]);
		expect(output.json).toEqual({
			customer: { id: item.customer.id },
			occasion: { kind: 'birthday', dueOn: '2026-11-22', stage: 1, class: 'relational' },
			message: { id: idOf(item), state: 'approved', channel: 'email', class: 'relational', templateId: 'birthday', templateVersion: 1 },
			desk: { decided: 'approved', by: 'chiara', at: '2026-11-22T08:00:00.000Z' },
		});
		expect(browser.reply).toMatchObject({ status: 303, headers: { Location: '?done=approved&n=1' } });
		expect(await messageHistory(shop.store.db, shop.store.shop.id, idOf(item))).toMatchObject([{ to: 'pending' }, { to: 'approved', who: 'chiara' }]);
	});

	it('approves many, and leaves those alone that somebody has edited meanwhile', async () => {
		const messages = await waiting(3);
		const pick = await Promise.all(messages.map(seen));
		const [one, two] = [await staff(), await staff({}, 'marco', `${PASSWORD}-2`)];
		await two.get(`?view=message&id=${idOf(messages[0])}`);
		await two.decide('save', { subject: 'Auguri', body: 'Cara Giulia, auguri.' });
		const output = await one.post({ csrf: one.csrf, action: 'approvePicked', pick });
		expect(output.items).toHaveLength(2);
		expect(output.headers.Location).toBe('?done=approved&n=2&left=1');
		expect(await stateOf(messages[0])).toBe('pending');
	});

	it('tells the workflow of rejections where it wants to hear of them', async () => {
		await waiting(2);
		expect(await (await staff()).decide('reject', { reason: 'timing', note: 'torna a maggio' })).toEqual([]);
		const [output] = await (await staff({ parameters: { events: ['rejected'] } })).decide('reject', { reason: 'wording' });
		expect(output.json).toMatchObject({ message: { state: 'rejected' }, desk: { decided: 'rejected', by: 'chiara', reason: 'wording' } });
		expect(await (await staff({ parameters: { events: ['rejected'] } })).decide('approve')).toEqual([]);
	});

	it('lets one of two people win who decide at the same time', async () => {
		const [item] = await waiting();
		const [one, two] = [await staff(), await staff({}, 'marco', `${PASSWORD}-2`)];
		const both = { parameters: { events: ['approved', 'rejected'], undoSeconds: 0 } };
		Object.assign(one, { run: run(both) });
		Object.assign(two, { run: run(both) });
		const outputs = await Promise.all([one.decide('approve'), two.decide('reject', { reason: 'other' })]);
		expect(outputs.flat()).toHaveLength(1);
		const { by, decided } = outputs.flat()[0].json.desk as { by: string; decided: string };
		expect(await stateOf(item)).toBe(decided);
		expect([one, two].map(({ reply }) => reply.headers.Location).sort()).toEqual([`?done=${decided}&n=1`, '?done=nothing&left=1'].sort());
		expect(by).toBe(decided === 'approved' ? 'chiara' : 'marco');
	});

	it('approves the edited text, with its footer and its refusal link', async () => {
		const [item] = await waiting();
		const before = await detail(item);
		const browser = await staff();
		await browser.get(`?view=message&id=${idOf(item)}`);
		const output = await browser.decide('saveAndApprove', { subject: 'Buon compleanno!', body: 'Cara Giulia,\r\n\r\nuna riga <b>scritta</b> a mano.' });
		expect(output).toMatchObject([{ json: { message: { id: idOf(item), state: 'approved' } } }]);
		const after = await detail(item);
		expect(after).toMatchObject({ state: 'approved', subject: 'Buon compleanno!', body: 'Cara Giulia,\n\nuna riga <b>scritta</b> a mano.' });
		expect(after.text).toContain('una riga <b>scritta</b> a mano.');
		expect(after.html).toContain('una riga &lt;b&gt;scritta&lt;/b&gt; a mano.');
		for (const part of [before.refusalUrl as string, 'Ottica Prova', 'Via Roma 1']) expect(after.text).toContain(part);
		const { approved_hash } = await shop.store.db.selectFrom('messages').select('approved_hash').executeTakeFirstOrThrow();
		expect(approved_hash).toBe(after.contentHash);
	});

	it('keeps what was typed where it cannot be saved', async () => {
		const [item] = await waiting();
		const [one, two] = [await staff(), await staff({}, 'marco', `${PASSWORD}-2`)];
		await one.get(`?view=message&id=${idOf(item)}`);
		await two.get(`?view=message&id=${idOf(item)}`);
		await two.decide('save', { subject: 'Di Marco', body: 'Il testo di Marco.' });
		await one.decide('saveAndApprove', { subject: 'Di Chiara', body: 'Il testo di Chiara.' });
		expect(one.reply).toMatchObject({ status: 409, items: [] });
		expect(one.reply.body).toContain('Il testo di Chiara.');
		expect(await detail(item)).toMatchObject({ state: 'pending', body: 'Il testo di Marco.' });
		await one.get(`?view=message&id=${idOf(item)}`);
		await one.decide('saveAndApprove', { subject: '', body: 'Senza oggetto' });
		expect(one.reply.body).toContain('Senza oggetto');
		expect(await stateOf(item)).toBe('pending');
	});

	it('takes down what became of an uncertain message', async () => {
		const [item] = await waiting();
		await shop.store.db.updateTable('messages').set({ state: 'uncertain' }).execute();
		const browser = await staff();
		await browser.get();
		expect(browser.reply.body).toContain(item.customer.lastName);
		expect((await browser.post({ csrf: browser.csrf, action: 'arrived', uncertain: String(idOf(item)) })).headers.Location).toContain('done=arrived');
		expect(await stateOf(item)).toBe('sent');
	});
});

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

describe('the pages', () => {
	it("show a script in a customer's name as text only", async () => {
		const name = '<script>alert(1)</script>';
		await shop.customers(1, { firstName: name, lastName: '"><img src=x onerror=alert(2)>' });
		const [item] = await shop.queued();
		const browser = await staff();
		for (const query of ['?view=approve', `?view=message&id=${idOf(item)}`, `?view=preview&id=${idOf(item)}`]) {
			const { status, body } = await browser.get(query);
			expect(status).toBe(200);
			expect(elementsOf(body).filter((element) => element.name === 'script' || 'onerror' in element.attributes || element.attributes.src === 'x')).toEqual([]);
			expect(body).toContain('&lt;script&gt;');
		}
	});

	it('say that there is no such page or message', async () => {
		const browser = await staff();
		for (const query of ['?view=message&id=4711', '?view=preview&id=4711', '?view=nonsense']) expect((await browser.get(query)).status).toBe(404);
	});

	it('show the rehearsal date to everybody', async () => {
		await shop.store.db.updateTable('shops').set({ rehearsal_date: '2027-01-05' }).execute();
		expect((await staff()).reply.body).toMatch(/5 gennaio 2027/);
	});

	it('show to everybody where messages go in a rehearsal', async () => {
		await shop.store.db.updateTable('shops').set({ rehearsal: '{"email":"prova@ottica.example"}' }).execute();
		expect((await staff()).reply.body).toMatch(/arrivano a prova@ottica\.example e a nessun altro/);
		await shop.store.db.updateTable('shops').set({ rehearsal: '{"sendNothing":true}' }).execute();
		expect((await staff()).reply.body).toMatch(/non parte nessun messaggio/);
	});

	it('say that something went wrong, and nothing of what, where the store cannot be read', async () => {
		const file = `${shop.credentials.opticalCrmStoreApi.file}.other`;
		writeFileSync(file, 'This is no database, but it is long enough to be taken for one by mistake.'.repeat(20));
		const credentials = { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, database: 'file', file } };
		logged.length = 0;
		for (const call of [{}, { method: 'POST' as const, form: { action: 'login', user: 'chiara', password: PASSWORD } }]) {
			const reply = await visitor({ credentials }).send(call);
			expect(reply.status).toBe(500);
			expect(reply.items).toEqual([]);
			expect(reply.body).not.toMatch(/store\.db|sqlite|Error|\bat /i);
		}
		expect(logged.join('\n')).toContain('it is no SQLite database');
		expect(logged.join('\n')).toContain('Choose another path');
		expect(logged.join('\n')).not.toContain(PASSWORD);
	});
});

describe('the test button of the credential', () => {
	const test = async (account: object[]) => await testCredential(StaffDeskTrigger, 'opticalCrmDeskApi', { accounts: { account } });

	it('accepts accounts that can be used', async () => {
		expect(await test(ACCOUNTS.accounts.account)).toMatchObject({ status: 'OK' });
	});

	it.each([
		['there is no account', [], /Add one for each member of staff/],
		['a name is missing', [{ name: ' ', password: PASSWORD }], /Give each one the name/],
		['two have the same name', [...ACCOUNTS.accounts.account, { name: 'Chiara ', password: PASSWORD }], /Give each its own/],
		['a password is short', [{ name: 'chiara', password: '123456789' }], /shorter than 10 characters/],
	])('says what to do where %s', async (_, accounts, says) => {
		expect(await test(accounts)).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});

	it('says what to do with an empty credential', async () => {
		expect(await testCredential(StaffDeskTrigger, 'opticalCrmDeskApi', undefined)).toMatchObject({ status: 'Error' });
	});
});
