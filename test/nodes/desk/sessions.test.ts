import { listAlerts } from '../../../lib/store/alerts';
import { messageDetail, messageStates } from '../../../lib/store/review';
import { escapeHtml } from '../../../lib/web/html';
import { elementsOf } from '../../lib/web/markup';
import type { WebhookReply } from '../../support/runNode';
import { setClock } from '../support/clock';
import { NOW, openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';
import { press, textOf } from './support';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD }] } };

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const visitor = (ip?: string, settings: object = {}) => new Visitor({ parameters: { settings: settings as never }, credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } }, ip);
const loggedIn = async (name = 'chiara', settings: object = {}, headers = {}) => {
	const one = visitor(undefined, settings);
	await one.post({ action: 'login', user: name, password: PASSWORD }, headers);
	await one.get();
	return one;
};
const asksToLogIn = ({ body }: WebhookReply) => body.includes('name="password"');
const minutes = (count: number) => setClock(new Date(Date.now() + count * 60_000).toISOString());

describe('a session ends', () => {
	it('when nothing is done for an hour, and not before', async () => {
		const one = await loggedIn();
		for (let times = 0; times < 4; times++) {
			minutes(59);
			expect(asksToLogIn(await one.get())).toBe(false);
		}
		minutes(61);
		expect(asksToLogIn(await one.get())).toBe(true);
	});

	it('after twelve hours, however busy', async () => {
		const one = await loggedIn();
		for (let times = 0; times < 14; times++) {
			minutes(50);
			expect(asksToLogIn(await one.get())).toBe(false);
		}
		minutes(21);
		expect(asksToLogIn(await one.get())).toBe(true);
	});

	it('as the settings say, within limits', async () => {
		const one = await loggedIn('chiara', { sessionHours: 1, idleMinutes: 1 });
		minutes(4);
		expect(asksToLogIn(await one.get())).toBe(false);
		minutes(6);
		expect(asksToLogIn(await one.get())).toBe(true);
	});

	it('for the others, when its owner says so', async () => {
		const phone = await loggedIn('chiara', {}, { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1' });
		const [here, third, marco] = [await loggedIn(), await loggedIn(), await loggedIn('marco')];
		const page = await here.get('?view=account');
		expect(textOf(page)).toContain('Safari, iPhone');
		const [id] = elementsOf(page.body).filter(({ attributes }) => attributes.name === 'session').map(({ attributes }) => attributes.value);
		await press(here, 'endSession', { session: id });
		expect([phone, third].filter((one) => one.cookie !== '').length).toBe(2);
		expect([asksToLogIn(await phone.get()), asksToLogIn(await third.get())].filter(Boolean)).toHaveLength(1);
		// Another person's session is not theirs to end.
		const [other] = await shop.store.db.selectFrom('desk_sessions').select('token_hash').where('staff', '=', 'marco').execute();
		await press(here, 'endSession', { session: other.token_hash.slice(0, 16) });
		expect(asksToLogIn(await marco.get())).toBe(false);
		await press(here, 'endOtherSessions');
		expect([asksToLogIn(await phone.get()), asksToLogIn(await third.get()), asksToLogIn(await here.get())]).toEqual([true, true, false]);
	});
});

it('is never one that somebody else has chosen: the login gives a new token', async () => {
	const one = visitor();
	one.cookie = `optical_crm_desk=${'a'.repeat(43)}`;
	await one.logIn();
	expect(one.cookie).not.toContain('aaaaaaaa');
	expect(one.cookie).toMatch(/^optical_crm_desk=[\w-]{43}$/);
});

describe('what was being written when the session ended', () => {
	const ready = async () => {
		const [item] = (await shop.customers(1), await shop.queued());
		const id = item.message?.id as number;
		return { id, seen: `${id}:${(await messageDetail(shop.store, id))?.contentHash}` };
	};

	it('is kept over the login, also over a wrong password, and done when the person says so', async () => {
		const { id, seen } = await ready();
		const one = await loggedIn();
		minutes(61);
		const body = 'Cara Giulia,\r\n\r\n<b>una riga</b> "a mano" & più.';
		await press(one, 'saveAndApprove', { message: seen, subject: 'Auguri a te', body }, `?view=message&id=${id}`);
		expect([one.reply.status, asksToLogIn(one.reply)]).toEqual([401, true]);
		expect(textOf(one.reply)).toContain('Quello che avevi scritto non è perso');
		await one.post({ action: 'login', user: 'chiara', password: 'wrong', held: one.field('held'), back: '?' });
		await one.post({ action: 'login', user: 'chiara', password: PASSWORD, held: one.field('held'), back: '?' });
		expect(one.reply.status).toBe(200);
		// Nothing happens by itself.
		expect((await messageDetail(shop.store, id))?.state).toBe('pending');
		expect(elementsOf(one.reply.body).filter(({ name }) => name === 'textarea').map(({ text }) => text)).toEqual(['\nAuguri a te', `\n${escapeHtml(body)}`]);
		const fields = Object.fromEntries(elementsOf(one.reply.body).filter(({ attributes }) => attributes.type === 'hidden').map(({ attributes }) => [attributes.name, attributes.value]));
		const { items } = await one.post({ ...fields, csrf: one.csrf });
		expect(items).toMatchObject([{ json: { message: { id, state: 'approved' }, desk: { by: 'chiara' } } }]);
		expect(await messageDetail(shop.store, id)).toMatchObject({ subject: 'Auguri a te', body: body.replaceAll('\r\n', '\n') });
	});

	it('does nothing with what a form says that is none of ours', async () => {
		const { id } = await ready();
		for (const held of ['action=explode', 'action=login&user=chiara', 'x', '__proto__=1', `body=${'x'.repeat(200_000)}`]) {
			const one = visitor();
			await one.post({ action: 'login', user: 'chiara', password: PASSWORD, held, back: '?' });
			expect([200, 303, 400]).toContain(one.reply.status);
		}
		expect((await messageStates(shop.store, [id])).get(id)).toBe('pending');
	});
});

describe('guessing', () => {
	it('of many at once, no more get through than one after the other', async () => {
		const replies = await Promise.all(Array.from({ length: 12 }, () => visitor().logIn('chiara', 'guess')));
		expect(replies.filter(({ status }) => status === 401)).toHaveLength(4);
		expect(replies.filter(({ status }) => status === 429)).toHaveLength(8);
	});

	it('keeps no name in the store: people type their password into that field', async () => {
		await visitor().logIn('la-mia-password-segreta', 'x');
		const kept = JSON.stringify(await shop.store.db.selectFrom('desk_failures').selectAll().execute());
		expect(kept).not.toContain('segreta');
		expect(kept).not.toContain('192.0.2.7');
	});

	it('at one account from everywhere is slowed down at last, and the lead hears of it once', async () => {
		const { count } = (await shop.store.db.selectFrom('desk_failures').select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow());
		expect(Number(count)).toBe(0);
		await visitor('198.51.100.1').logIn('marco', 'guess');
		await shop.store.db.updateTable('desk_failures').set({ failures: 99 }).where('subject', 'like', 'account %').execute();
		expect((await visitor('198.51.100.2').logIn('marco', 'guess')).status).toBe(401);
		expect(await listAlerts(shop.store, NOW)).toEqual([]);
		expect((await visitor('198.51.100.3').logIn('marco', 'guess')).status).toBe(401);
		expect(await listAlerts(shop.store, NOW)).toMatchObject([{ kind: 'login', subject: 'marco', code: 'LOGIN_GUESSING' }]);
		expect((await visitor('198.51.100.4').logIn('marco')).status).toBe(429);
		expect((await visitor('198.51.100.4').logIn('chiara')).status).toBe(303);
	});
});

it('slows down who asks for page after page', async () => {
	const [one, other] = [await loggedIn(), await loggedIn('marco')];
	let replies = 0;
	while ((await one.get('?view=nonsense')).status !== 429 && replies < 1000) replies++;
	expect(replies).toBeGreaterThan(500);
	expect(replies).toBeLessThan(700);
	expect(Number(one.reply.headers['Retry-After'])).toBeGreaterThan(0);
	expect((await other.get()).status).toBe(200);
	minutes(1);
	expect((await one.get()).status).toBe(200);
});
