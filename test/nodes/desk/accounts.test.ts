import { deskLog } from '../../../lib/store/desk/deskLog';
import { elementsOf } from '../../lib/web/markup';
import type { WebhookReply } from '../../support/runNode';
import { openShop, type TestShop } from '../support/shop';
import { setClock } from '../support/clock';
import { PASSWORD, Visitor } from '../support/visitor';
import { press, textOf } from './support';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD }] } };
const OWN = 'tre gatti sul tetto';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const visitor = (accounts: object = ACCOUNTS) => new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: accounts as never } });
const loggedIn = async (name = 'chiara', password = PASSWORD) => {
	const one = visitor();
	await one.logIn(name, password);
	await one.get();
	return one;
};
const oneTime = ({ body }: WebhookReply) => elementsOf(body).find(({ attributes }) => attributes.class === 'secret')?.text ?? '';
const add = async (lead: Visitor, name = 'Nina', role = 'staff') => oneTime(await press(lead, 'addAccount', { name, role }));
const choose = async (who: Visitor, current: string, wanted = OWN, repeated = wanted) => await press(who, 'changePassword', { current, wanted, repeated });
/** An account that has chosen its password, and is logged in. */
const settled = async (lead: Visitor, name = 'Nina', role = 'staff') => {
	const password = await add(lead, name, role);
	const who = await loggedIn(name, password);
	await choose(who, password);
	await who.get();
	return who;
};
const asksToLogIn = ({ body }: WebhookReply) => body.includes('name="password"');
const log = async () => (await deskLog(shop.store, { limit: 50, offset: 0 })).entries.map(({ who, action, subject }) => [who, action, subject].filter(Boolean).join(' '));

describe('a new account', () => {
	it('begins with a password that is shown once, and shows nothing before another one is chosen', async () => {
		const lead = await loggedIn();
		const password = await add(lead);
		expect(password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
		expect((await lead.get('?view=accounts')).body).not.toContain(password);
		const kept = JSON.stringify(await shop.store.db.selectFrom('desk_accounts').selectAll().execute());
		expect(kept).not.toContain(password);
		expect(kept).toContain('scrypt:15:8:3:');

		const [item] = (await shop.customers(1), await shop.queued());
		const nina = await loggedIn('nina', password);
		for (const query of ['', '?view=approve', `?view=message&id=${item.message?.id}`, '?view=accounts']) {
			const reply = await nina.get(query);
			expect(textOf(reply)).toContain('Questa password è provvisoria.');
			expect(reply.body).not.toContain(item.customer.lastName);
		}
		await press(nina, 'chooseLanguage', { language: 'en' });
		expect(await shop.store.db.selectFrom('desk_languages').selectAll().execute()).toEqual([]);
		expect((await choose(nina, password)).headers.Location).toContain('done=passwordChanged');
		expect((await nina.get('?view=approve')).body).toContain(item.customer.lastName);
		expect((await visitor().logIn('nina', password)).status).toBe(401);
		expect((await visitor().logIn('NINA ', OWN)).status).toBe(303);
	});

	it('must be used within four days', async () => {
		const password = await add(await loggedIn());
		setClock(new Date(Date.now() + (4 * 24 * 3600 + 1) * 1000).toISOString());
		const reply = await visitor().logIn('nina', password);
		expect(reply.status).toBe(401);
		expect(textOf(reply)).toContain('provvisoria è scaduta');
		expect((await visitor().logIn('nina', 'abcd-abcd-abcd')).body).not.toContain('provvisoria è scaduta');
	});

	it.each([['chiara'], ['Marco '], ['nina'], ['NINA']])('is not made where the name %j is taken, in the credential or in the store', async (name) => {
		const lead = await loggedIn();
		await add(lead, 'Nina');
		const reply = await press(lead, 'addAccount', { name, role: 'lead' });
		expect([reply.status, oneTime(reply)]).toEqual([409, '']);
		expect(reply.body).toContain(`value="${name.trim()}"`);
		expect(await shop.store.db.selectFrom('desk_accounts').select('name').execute()).toHaveLength(1);
	});

	it('needs a name', async () => expect((await press(await loggedIn(), 'addAccount', { name: ' ', role: 'staff' })).status).toBe(409));

	it('does not count beside one of the same name that the credential gets later', async () => {
		await settled(await loggedIn());
		const both = { accounts: { account: [...ACCOUNTS.accounts.account, { name: 'nina', password: `${PASSWORD}!` }] } };
		expect((await visitor(both).logIn('nina', OWN)).status).toBe(401);
		expect((await visitor(both).logIn('nina', `${PASSWORD}!`)).status).toBe(303);
	});
});

describe('choosing a password', () => {
	it.each([['wrong', 'no', OWN, OWN, 'non è giusta'], ['short', '', 'corta', 'corta', 'troppo corta'], ['common', '', 'Password123', 'Password123', 'tra le prime'], ['the name', '', 'nina-nina-nina', 'nina-nina-nina', 'tuo nome'], ['not repeated', '', OWN, `${OWN}!`, 'non sono uguali']])(
		'%s: says why, and changes nothing',
		async (_, current, wanted, repeated, says) => {
			const lead = await loggedIn();
			const password = await add(lead);
			const nina = await loggedIn('nina', password);
			const reply = await choose(nina, current || password, wanted, repeated);
			expect(reply.status).toBe(400);
			expect(textOf(reply)).toContain(says);
			expect((await visitor().logIn('nina', password)).status).toBe(303);
		},
	);

	it('is slowed down when somebody guesses at a session that was left open', async () => {
		const nina = await settled(await loggedIn());
		for (let times = 0; times < 4; times++) await choose(nina, 'guess', 'un altro gatto qui');
		expect(textOf(await choose(nina, OWN, 'un altro gatto qui'))).toContain('aspetta qualche minuto');
	});

	it('is for the credential where the account is there', async () => {
		const marco = await loggedIn('marco');
		expect(textOf(await marco.get('?view=account'))).toContain('credenziali di n8n');
		expect((await choose(marco, PASSWORD)).status).toBe(404);
	});
});

describe('only a lead', () => {
	it.each([['addAccount', { name: 'Nina', role: 'lead' }], ['changeRole', { account: '1', role: 'lead' }], ['disableAccount', { account: '1' }], ['enableAccount', { account: '1' }], ['resetPassword', { account: '1' }]])('may post %s', async (action, fields: Record<string, string>) => {
		await add(await loggedIn(), 'Ada');
		const marco = await loggedIn('marco');
		const before = await shop.store.db.selectFrom('desk_accounts').selectAll().execute();
		expect((await press(marco, action, fields)).status).toBe(403);
		expect(await shop.store.db.selectFrom('desk_accounts').selectAll().execute()).toEqual(before);
	});

	it('may see the page', async () => {
		expect((await (await loggedIn('marco')).get('?view=accounts')).status).toBe(403);
		expect((await (await loggedIn()).get('?view=accounts')).status).toBe(200);
	});

	it('and not for their own account, nor for one that is not there', async () => {
		const nina = await settled(await loggedIn(), 'Nina', 'lead');
		for (const action of ['disableAccount', 'changeRole', 'resetPassword']) expect((await press(nina, action, { account: '1', role: 'staff' })).status).toBe(409);
		expect((await press(nina, 'disableAccount', { account: '77' })).status).toBe(409);
		expect((await nina.get('?view=accounts')).status).toBe(200);
	});
});

describe('sessions of an account', () => {
	it.each([['disableAccount', {}], ['changeRole', { role: 'lead' }], ['resetPassword', {}]])('end with %s', async (action, fields: Record<string, string>) => {
		const lead = await loggedIn();
		const nina = await settled(lead);
		await press(lead, action, { account: '1', ...fields });
		expect(asksToLogIn(await nina.get())).toBe(true);
		expect((await visitor().logIn('nina', OWN)).status).toBe(action === 'changeRole' ? 303 : 401);
		if (action !== 'disableAccount') return;
		await press(lead, 'enableAccount', { account: '1' });
		expect(asksToLogIn(await nina.get())).toBe(true);
		expect((await visitor().logIn('nina', OWN)).status).toBe(303);
	});

	it('end with another password, save the one that chose it', async () => {
		const nina = await settled(await loggedIn());
		const other = await loggedIn('nina', OWN);
		await choose(nina, OWN, 'un altro gatto qui');
		expect(asksToLogIn(await nina.get())).toBe(false);
		expect(asksToLogIn(await other.get())).toBe(true);
	});

	it('end when the credential names another password or role', async () => {
		const marco = await loggedIn('marco');
		for (const change of [{ password: `${PASSWORD}!` }, { role: 'lead' }]) {
			const changed = visitor({ accounts: { account: [{ ...ACCOUNTS.accounts.account[1], ...change }] } });
			changed.cookie = marco.cookie;
			expect(asksToLogIn(await changed.get())).toBe(true);
		}
		expect(asksToLogIn(await marco.get())).toBe(false);
	});

	it('cannot be made those of somebody else by writing a name into the store', async () => {
		const nina = await settled(await loggedIn());
		await shop.store.db.updateTable('desk_sessions').set({ staff: 'chiara' }).execute();
		expect(asksToLogIn(await nina.get())).toBe(true);
	});
});

it('writes down who did what, and shows it to the lead', async () => {
	const lead = await loggedIn();
	await settled(lead);
	await press(lead, 'changeRole', { account: '1', role: 'lead' });
	await press(lead, 'disableAccount', { account: '1' });
	expect((await log()).reverse()).toEqual(['chiara loggedIn', 'chiara accountAdded account 1', 'Nina loggedIn', 'Nina passwordChanged account 1', 'chiara roleChanged account 1', 'chiara accountDisabled account 1']);
	expect(textOf(await lead.get('?view=accounts'))).toContain('chiara · ha cambiato il ruolo · Nina');
});

it('is read in the language that each person chooses', async () => {
	const marco = await loggedIn('marco');
	expect((await press(marco, 'chooseLanguage', { language: 'en' }, '?view=account')).headers.Location).toBe('?view=account&done=languageChosen&n=1');
	expect((await marco.get()).body).toContain('<html lang="en">');
	expect((await (await loggedIn('marco')).get()).body).toContain('<html lang="en">');
	expect((await (await loggedIn()).get()).body).toContain('<html lang="it">');
	expect((await press(marco, 'chooseLanguage', { language: 'xx' })).status).toBe(400);
});
