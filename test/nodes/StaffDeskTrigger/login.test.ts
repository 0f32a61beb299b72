import { StaffDeskTrigger } from '../../../nodes/StaffDeskTrigger/StaffDeskTrigger.node';
import { testCredential } from '../../support/runNode';
import { PASSWORD, Visitor } from '../support/visitor';
import { ACCOUNTS, asksToLogIn, eachInItsOwnShop, idOf, run, seconds, shop, staff, visitor, waiting } from './support';

eachInItsOwnShop();

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
