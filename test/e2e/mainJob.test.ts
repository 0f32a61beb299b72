import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import { sql } from 'kysely';
import { count } from '../../demo/setup/count';
import type { Browser, Page } from 'playwright-core';
import { itemsOf } from '../../demo/setup/n8nExecution';
import { CUSTOMER_PATH, DESK_PATH, STAFF } from '../../demo/setup/shopContext';
import type { ReceivedMail } from '../../demo/standins/mailFolder';
import { expectedGreetings } from '../../demo/shop/expected';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { openStore, type Store } from '../../lib/store/open';
import { startBrowser } from './support/browser';
import { openEditor } from './support/editor';
import { openDemoShop, OPENING_MS, OWNER, type DemoShop } from './support/demoShop';
import { until } from './support/wait';

jest.setTimeout(60_000);

const TODAY = '2026-11-22';
const ARTEFACTS = path.join('test', 'artefacts');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let demo: DemoShop;
let store: Store;
let browser: Browser;
let desk: string;

/** Beside the demo's people: somebody whose name is a script, to be seen on the page and in the mail as text only. */
const MALLORY = {
	code: 'X1',
	firstName: '<script>document.title="hacked"</script>',
	lastName: '"><img src=x onerror=alert(1)>',
	birthDate: '1980-11-22',
	contactPoints: [{ kind: 'email' as const, value: 'mallory@posta.example' }],
	consents: [{ channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, capturedOn: '2023-02-03' }],
};

beforeAll(async () => {
	mkdirSync(ARTEFACTS, { recursive: true });
	demo = await openDemoShop(TODAY);
	store = await openStore(demo.shop.settings);
	await saveCustomers(store, [MALLORY], { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, new Date().toISOString());
	await demo.publish();
	browser = await startBrowser();
	desk = `${demo.server().baseUrl}/webhook/${DESK_PATH}`;
}, OPENING_MS);

afterAll(async () => {
	await browser?.close();
	await demo?.close();
}, 60_000);

const counted = async (rows: string) => await count(store, sql.raw(rows));
const pending = async () => await counted("messages where state = 'pending'");
const mailTo = (address: string): ReceivedMail | undefined => demo.mailbox.mails().find(({ envelope }) => envelope.to.includes(address));
const header = (mail: ReceivedMail, wanted: string) => mail.headers.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.value;
/** The text of a mail without its line breaks. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

async function openDesk(viewport = DESKTOP): Promise<Page> {
	const context = await browser.newContext({ viewport, locale: 'it-IT' });
	const page = await context.newPage();
	await page.goto(desk);
	await page.getByLabel('Nome utente').fill(STAFF.name);
	await page.getByLabel('Password').fill(STAFF.password);
	await page.getByRole('button', { name: 'Entra' }).click();
	await page.getByRole('link', { name: 'Da approvare' }).first().click();
	await page.locator('article').first().waitFor();
	return page;
}

describe('the import', () => {
	it('takes the good rows, names the bad ones, and loses none', () => {
		const { summary, toMend } = demo.shop.imported;
		const { expected } = demo.shop.generated;
		expect(summary).toMatchObject({ rows: 1200, created: expected.customers, rejected: expected.rejected.length, encoding: 'windows-1252', separator: ';' });
		expect(Number(summary.created) + Number(summary.updated) + Number(summary.unchanged) + Number(summary.rejected)).toBe(1200);
		for (const problem of expected.rejected) expect(toMend).toContainEqual(expect.objectContaining({ ...problem, taken: false, hint: expect.any(String) }));
	});

	it('changes nothing the second time', async () => {
		const id = await demo.client().run(demo.shop.workflows['00-set-up-and-import.json'], 'When clicking ‘Execute workflow’');
		const [summary] = itemsOf(await demo.client().waitForExecution(id), 'Import the Customers');
		expect(summary).toMatchObject({ rows: 1200, created: 0, updated: 0 });
	});
});

describe('the birthdays', () => {
	it('are found in the shop\'s time zone, asked about, written, and stored once', async () => {
		const { due, allowed, blocked } = expectedGreetings(demo.shop.generated.expected.birthdays.filter(({ situation }) => situation !== 'deceased'), { belatedDays: 3, earlyDays: 0 });
		await until('the birthdays are planned', async () => (await counted("occasions where state = 'settled'")) === due + 1);
		expect(await pending()).toBe(allowed + 1);
		const reasons = await sql<{ reason: string; total: number }>`select reason, count(*) as total from decisions where outcome = 'block' group by reason`.execute(store.db);
		expect(Object.fromEntries(reasons.rows.map(({ reason, total }) => [reason, total]))).toEqual(blocked);
	});

	it('are not planned again by a second poll', async () => {
		const before = await counted('occasions');
		await demo.client().deactivate(demo.shop.workflows['10-relational-birthday.json']);
		await demo.client().activate(demo.shop.workflows['10-relational-birthday.json']);
		expect(await counted('occasions')).toBe(before);
	});

	it('can be looked at in the editor without claiming anybody', async () => {
		const before = await counted('occasions');
		const id = await demo.client().run(demo.shop.workflows['10-relational-birthday.json'], 'Birthday Due Trigger');
		await demo.client().waitForExecution(id);
		expect(await counted('occasions')).toBe(before);
	});
});

describe('the workflow in the editor', () => {
	it('opens with all its nodes known', async () => {
		const page = await openEditor(browser, demo.server().baseUrl, OWNER, demo.shop.workflows['10-relational-birthday.json'], DESKTOP);
		for (const node of ['Birthday Due Trigger', 'Consent Check', 'Personalize Message', 'Queue for Approval']) await page.getByText(node, { exact: true }).first().waitFor();
		// n8n's checklist lies over the note.
		await page.mouse.click(394, 105);
		await page.waitForTimeout(1_000);
		await page.screenshot({ path: path.join(ARTEFACTS, 'workflow.png') });
		expect(await page.getByText(/unknown node|Install this node/i).count()).toBe(0);
		await page.close();
	});
});

describe('the Desk, for somebody who is not logged in', () => {
	it('shows a login and nothing else, and does not say which accounts exist', async () => {
		const page = await axios.get(desk, { validateStatus: () => true });
		expect(page.data).toContain('Nome utente');
		expect(page.data).not.toContain('Auguri');
		const [known, unknown] = await Promise.all([STAFF.name, 'nobody'].map(async (user) => await post({ action: 'login', user, password: 'wrong', back: '?' })));
		expect([known.status, unknown.status]).toEqual([401, 401]);
		expect(unknown.data.replace('nobody', '')).toBe(known.data.replace(STAFF.name, ''));
	});

	it('changes nothing by a form without a session, from a stranger\'s page, or by a link', async () => {
		const before = await pending();
		const row = await store.db.selectFrom('messages').select(['id', 'content_hash']).where('state', '=', 'pending').executeTakeFirstOrThrow();
		const fields = { action: 'approve', message: `${row.id}:${row.content_hash}`, csrf: 'x', back: '?' };
		expect((await post(fields)).status).toBe(401);
		expect((await post(fields, { Origin: 'https://evil.example' })).status).toBe(403);
		for (const method of ['GET', 'HEAD']) await axios.request({ method, url: `${desk}?${new URLSearchParams(fields)}`, validateStatus: () => true });
		expect(await pending()).toBe(before);
	});

	it('refuses a script of any kind by its headers', async () => {
		const { headers } = await axios.get(desk);
		expect(headers['content-security-policy']).toContain("default-src 'none'");
		expect(headers['content-security-policy']).not.toMatch(/script-src|allow-scripts|unsafe-inline/);
		expect(headers['cache-control']).toBe('no-store');
	});
});

async function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
	return await axios.post<string>(desk, new URLSearchParams(fields).toString(), {
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
		maxRedirects: 0,
		validateStatus: () => true,
	});
}

describe('the Desk in a browser', () => {
	let page: Page;
	beforeAll(async () => void (page = await openDesk()), 60_000);

	it('shows what waits, on a phone as on the counter', async () => {
		expect(await page.locator('article').count()).toBe(Math.min(20, await pending()));
		await page.screenshot({ path: path.join(ARTEFACTS, 'desk-desktop.png') });
		await page.setViewportSize(PHONE);
		await page.screenshot({ path: path.join(ARTEFACTS, 'desk-phone.png') });
		const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
		expect(wider).toBe(false);
		await page.setViewportSize(DESKTOP);
	});

	it('shows a script in a name as text', async () => {
		expect(await page.getByText('<script>document.title="hacked"</script>').first().isVisible()).toBe(true);
		expect(await page.title()).not.toContain('hacked');
		expect(await page.locator('img[src="x"]').count()).toBe(0);
	});

	it('lets the staff edit a text, see it as it will arrive, and approve that very text', async () => {
		const { email } = allowed()[0];
		await openMessageTo(page, email);
		await page.getByLabel('Oggetto').fill('Tanti auguri di cuore! È il suo giorno');
		await page.getByLabel('Testo', { exact: false }).last().fill('Gentile cliente,\n\nperché così è più nostro: tanti auguri da tutti noi, città intera compresa.\n\nA presto,');
		await page.getByRole('button', { name: 'Salva e guarda' }).click();
		const preview = page.frameLocator('iframe');
		await preview.getByText('città intera compresa').waitFor();
		await page.screenshot({ path: path.join(ARTEFACTS, 'desk-message.png'), fullPage: true });
		await page.getByRole('button', { name: 'Approva così com’è' }).click();
		await until('the edited mail arrives', () => mailTo(email) !== undefined);
		const mail = mailTo(email) as ReceivedMail;
		expect(mail.subject).toBe('Tanti auguri di cuore! È il suo giorno');
		expect(flat(mail.text)).toContain('perché così è più nostro: tanti auguri da tutti noi, città intera compresa.');
		expect(flat(mail.html)).toContain('città intera compresa');
		expect(flat(mail.text)).toContain('Ottica Belvedere');
	});

	it('lets the staff reject one with a reason', async () => {
		const { email } = allowed()[1];
		await openMessageTo(page, email);
		await page.getByText('Non inviare', { exact: true }).first().click();
		await page.getByLabel('Perché non inviarlo?').selectOption({ label: 'Meglio dirlo a voce' });
		await page.getByRole('button', { name: 'Non inviare questo messaggio' }).click();
		await page.getByRole('button', { name: 'Esci' }).waitFor();
		const rejected = await sql<{ who: string; why: string }>`select who, why from message_history where to_state = 'rejected'`.execute(store.db);
		expect(rejected.rows).toEqual([{ who: STAFF.name, why: 'inPerson' }]);
	});

	it('approves all that is shown at once, and each arrives once', async () => {
		const waiting = await pending();
		await page.goto(`${desk}?view=approve`);
		await page.getByText(/Approva tutti i \d+ di questa pagina/).click();
		await page.getByRole('button', { name: /Sì, approva/ }).click();
		await page.getByText('Tutto fatto!').waitFor();
		await until('all mails arrive', () => demo.mailbox.mails().length === waiting + 1);
		const recipients = demo.mailbox.mails().map(({ envelope }) => envelope.to[0]);
		expect(new Set(recipients).size).toBe(recipients.length);
		expect(mailTo(allowed()[1].email)).toBeUndefined();
		await until('all are recorded as sent', async () => (await counted("messages where state = 'sent'")) === waiting + 1);
	});
});

const allowed = () => demo.shop.generated.expected.birthdays.filter(({ reason, daysLate }) => !reason && daysLate >= 0 && daysLate <= 3) as Array<{ email: string; firstName: string; lastName: string }>;

async function openMessageTo(page: Page, email: string): Promise<void> {
	const { id } = await store.db
		.selectFrom('messages')
		.innerJoin('contact_points', 'contact_points.id', 'messages.contact_point_id')
		.select('messages.id')
		.where('value', '=', email)
		.executeTakeFirstOrThrow();
	await page.goto(`${desk}?view=message&id=${id}`);
}

describe('the mails', () => {
	it('come from the shop, to one person each, with a way to refuse by one click', () => {
		for (const mail of demo.mailbox.mails()) {
			expect(mail.from).toContain('Ottica Belvedere');
			expect(mail.envelope.to).toHaveLength(1);
			expect(header(mail, 'List-Unsubscribe')).toMatch(new RegExp(`^<${demo.server().baseUrl}/webhook/${CUSTOMER_PATH}\\?t=[\\w.-]+>$`));
			expect(header(mail, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
			expect(flat(mail.text)).toContain('ciao@otticabelvedere.example');
		}
	});

	it('call each by the right name, accents and apostrophes included', () => {
		for (const { email, firstName, lastName } of allowed().slice(2)) {
			const mail = mailTo(email) as ReceivedMail;
			expect(flat(mail.text)).toMatch(new RegExp(`${firstName}|${lastName}`));
		}
	});

	it('hold a stranger\'s markup as text only', () => {
		const { html } = mailTo('mallory@posta.example') as ReceivedMail;
		expect(html).not.toMatch(/<script|<img src=x/);
	});
});

describe('the refusal link', () => {
	it('changes nothing when it is opened, withdraws when the button is pressed, and is respected from then on', async () => {
		const { email } = allowed()[2];
		const link = (header(mailTo(email) as ReceivedMail, 'List-Unsubscribe') as string).slice(1, -1);
		const page = await (await browser.newContext({ viewport: PHONE })).newPage();
		await page.goto(link);
		await page.screenshot({ path: path.join(ARTEFACTS, 'refusal-phone.png') });
		expect(await counted("consents where status = 'withdrawn'")).toBe(0);
		await page.getByRole('button', { name: 'Non scrivetemi più per e-mail' }).click();
		await page.getByText('Fatto').waitFor();
		expect(await counted("consents where status = 'withdrawn'")).toBe(1);
		await page.close();
	});

	it('works as the mailbox\'s own button, once however often it is pressed', async () => {
		const { email } = allowed()[3];
		const link = (header(mailTo(email) as ReceivedMail, 'List-Unsubscribe') as string).slice(1, -1);
		for (let times = 0; times < 3; times++) expect((await axios.post(link, 'List-Unsubscribe=One-Click')).status).toBe(200);
		expect(await counted("consents where status = 'withdrawn'")).toBe(2);
	});

	it('is none when it was forged', async () => {
		const forged = `${demo.server().baseUrl}/webhook/${CUSTOMER_PATH}?t=${'1.WyJiZWx2ZWRlcmUiLDEsMSwiZW1haWwiLCJtYXJrZXRpbmciXQ.'.padEnd(98, 'A')}`;
		expect((await axios.post(forged, 'List-Unsubscribe=One-Click', { validateStatus: () => true })).status).toBe(404);
		expect(await counted("consents where status = 'withdrawn'")).toBe(2);
	});
});
