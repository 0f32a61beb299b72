import { listAlerts, openAlert } from '../../../lib/store/alerts';
import { changeLinkedDevice, findLinkedDevice, holdLinkedDevice, stopLinkedDevice } from '../../../lib/store/linkedDevice/device';
import { saveShop } from '../../../lib/store/shops';
import { NOW, openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD, role: 'staff' }] } };
const LATER = '2036-01-01T00:00:00.000Z';

let shop: TestShop;
beforeEach(async () => {
	shop = await openShop();
	await saveShop(shop.store.db, 'main', { policy: { whatsAppLinked: true } }, NOW);
});
afterEach(async () => await shop.close());

const login = async (user = 'chiara') => {
	const browser = new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } });
	await browser.logIn(user);
	await browser.get('?view=phone');
	return browser;
};
const asked = async (browser: Visitor, action: string, fields: Record<string, string> = {}) => await browser.post({ csrf: browser.csrf, action, back: '?view=phone', ...fields });
const wish = async () => (await findLinkedDevice(shop.store, NOW))?.wish;
const held = async () => await holdLinkedDevice(shop.store, 'somebody', LATER, NOW);

it('is the lead\'s: the staff neither see nor decide anything', async () => {
	await held();
	const browser = await login('marco');
	expect(browser.reply.status).toBe(403);
	await browser.get('');
	expect(browser.reply.body).not.toContain('view=phone');
	expect((await asked(browser, 'phoneUnlink')).status).toBe(403);
	expect(await wish()).toBeUndefined();
});

it('leads to the page only where the shop has switched its phone on', async () => {
	expect((await login()).reply.body).toContain('href="?view=phone"');
	await saveShop(shop.store.db, 'main', { policy: { whatsAppLinked: false } }, NOW);
	expect((await login()).reply.body).not.toContain('href="?view=phone"');
});

it('asks the holder of the session for a QR code, shows it, and asks for nothing by opening the page', async () => {
	await held();
	const browser = await login();
	expect(await wish()).toBeUndefined();
	expect(await asked(browser, 'phoneConnect')).toMatchObject({ status: 303, headers: { Location: '?view=phone&done=phoneAsked&n=1' } });
	expect(await wish()).toEqual({ kind: 'connect' });
	await changeLinkedDevice(shop.store, 'somebody', { qr: 'https://wa.me/settings/linked_devices#2@abc', shownUntil: LATER }, NOW);
	await browser.get('?view=phone');
	expect(browser.reply.body).toMatch(/<img class="qr" src="data:image\/gif;base64,R0lGOD[\w+/=]+"/);
	expect(browser.reply.body).not.toContain('2@abc');
});

it('reads the number as it is typed in the shop\'s country; what is none is asked for again, with what was typed', async () => {
	await held();
	const browser = await login();
	await asked(browser, 'phoneCode', { number: '333 12' });
	expect(browser.reply).toMatchObject({ status: 409, body: expect.stringContaining('value="333 12"') });
	expect(await wish()).toBeUndefined();
	await asked(browser, 'phoneCode', { number: '333 1234567' });
	expect(await wish()).toEqual({ kind: 'code', number: '+393331234567' });
});

it('lets the phone go on sending, and the alert ends', async () => {
	await held();
	await stopLinkedDevice(shop.store, 'WA_463', NOW);
	await openAlert(shop.store, { kind: 'linkedDevice', subject: 'WA_463', code: 'WA_463' }, NOW);
	const browser = await login();
	expect(browser.reply.body).toContain('WA_463');
	await asked(browser, 'phoneResume');
	expect((await findLinkedDevice(shop.store, NOW))?.stoppedCode).toBeUndefined();
	expect(await listAlerts(shop.store, NOW)).toMatchObject([{ subject: 'WA_463', until: expect.any(String) }]);
	await browser.get('?view=phone');
	expect((await asked(browser, 'phoneResume')).headers.Location).toBe('?view=phone&done=nothing&left=1');
});
