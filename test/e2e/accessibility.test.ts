import type { Browser, Page } from 'playwright-core';
import { heldStill } from '../../demo/page/frame';
import { lettersPage } from '../../demo/page/letterPages';
import { mailPage, mailsPage } from '../../demo/page/mailPages';
import { overview } from '../../demo/page/overview';
import { phonePage, phonesPage, screen } from '../../demo/page/phonePages';
import type { Phone } from '../../demo/page/phones';
import type { ReceivedMail } from '../../demo/standins/mailFolder';
import type { PostOrder } from '../../demo/standins/ufficioPostale';
import { renderRun } from '../../demo/timemachine/page/page';
import { travel } from '../../demo/timemachine/travel';
import { drawCharts } from '../../lib/desk/results/charts';
import { renderDigest } from '../../lib/desk/today/digest';
import { renderReportFile } from '../../lib/desk/results/file';
import { renderReportMail } from '../../lib/desk/results/mail';
import { renderExport } from '../../lib/replies/exportPage';
import { renderOptIn, renderOptInDone, renderOptInExpired, renderOptInInvalid } from '../../lib/replies/optIn';
import { renderRefusal, renderRefusalDone, renderRefusalInvalid, renderRefusalTrouble } from '../../lib/replies/refusal';
import { renderSurvey, renderSurveyDone, renderSurveyInvalid } from '../../lib/replies/survey';
import { PAGES } from '../lib/desk/pages';
import { results } from '../lib/desk/states';
import { axeProblemsHere, WCAG } from './support/axe';
import { startBrowser } from './support/browser';

jest.setTimeout(60_000);

const WIDE = { width: 1280, height: 900 };
/** The narrowest phone, and what a zoom of 400 % leaves of a wide window. */
const NARROW = { width: 320, height: 640 };

const shop = { name: 'Ottica Bellavista', phone: '055 123456', email: 'ciao@bellavista.example' };
const customer = { language: 'it' as const, shop };
const question = { ...customer, channel: 'whatsapp' as const, purpose: 'marketing' as const, wording: 'Vorrei ricevere auguri e novità su WhatsApp.', noticeVersion: '3', token: 'x' };
const sections = {
	customer: [{ code: 'C1', firstName: 'Giulia', lastName: 'Conti', birthDate: '1980-11-22', formality: 'lei' }],
	contactPoints: [{ kind: 'email', value: `${'giulia.'.repeat(12)}conti@posta.example`, status: 'valid', preferred: 1 }],
	messages: [{ channel: 'email', subject: 'Tanti auguri', text: 'Gentile Sig.ra Conti,\n\noggi è il suo compleanno.', state: 'sent' }],
	exams: [],
};

const at = '2026-11-22T09:30:00.000Z';
const phone: Phone = { address: '+393330000011', owner: 'Marta Neri', ways: ['sms', 'whatsapp'], bubbles: [{ at, via: 'sms', from: 'shop', text: 'Il suo ordine è pronto.', state: 'delivered' }, { at, via: 'whatsapp', from: 'customer', text: 'Passo domani' }] };
const mail: ReceivedMail = { id: 'a', receivedAt: at, envelope: { from: 'ciao@bellavista.example', to: ['giulia@posta.example'] }, subject: 'Tanti auguri', from: 'Ottica', to: 'Giulia', text: 'Auguri', html: '<p>Auguri</p>', headers: [{ name: 'Subject', value: 'Tanti auguri' }], raw: 'Subject: Tanti auguri\r\n\r\nAuguri' };
const letter: PostOrder = { id: '1', product: 'prioritarie', confirmed: true, recipient: { nome: 'Giulia', cognome: 'Conti', citta: 'Firenze' }, sender: { nome: 'Ottica' }, pdf: Buffer.from('%PDF-'), at };

const report = async () => {
	const { report: given } = results();
	return renderReportFile({ report: given, charts: await drawCharts(given, 'it'), language: 'it', timeZone: 'Europe/Rome' });
};
const run = async () => {
	const { summary, history } = await travel({ from: '2024-01-15', days: 30, count: 40, seed: 8 });
	return renderRun(history, summary, shop.name, 'it');
};

const SHOWN: Array<[string, () => string | Promise<string>]> = [
	...PAGES.map(([name, render]): [string, () => string] => [`the Desk's page ${name}`, () => render().body]),
	['a refusal', () => renderRefusal({ ...customer, channel: 'email', token: 'x' }).body],
	['a refusal that was done', () => renderRefusalDone({ ...customer, channel: 'sms', scope: 'channel' }).body],
	['a refusal with a broken link', () => renderRefusalInvalid(customer).body],
	['a refusal with a fault of ours', () => renderRefusalTrouble(customer).body],
	['a consent', () => renderOptIn(question).body],
	['a consent that was given', () => renderOptInDone(customer).body],
	['a consent too late', () => renderOptInExpired(customer).body],
	['a consent with a broken link', () => renderOptInInvalid(customer).body],
	['a survey', () => renderSurvey(customer, 'x', true).body],
	['a survey that was answered', () => renderSurveyDone(customer, true).body],
	['a survey with a broken link', () => renderSurveyInvalid(customer).body],
	['a customer\'s own data', () => renderExport({ language: 'it', shopName: shop.name, timeZone: 'Europe/Rome', day: '2026-11-22', sections }).body],
	['the report', report],
	['the report by mail', () => renderReportMail(results().report, 'it', 'https://n8n.example/webhook/ottica/desk').html],
	['a notice to the staff', () => renderDigest({ language: 'it', shopName: shop.name, today: '2026-11-22', counts: { alerts: 1, uncertain: 0, urgentTickets: 1, tickets: 2, approvals: 12, calls: 3, letters: 0, review: 0 }, isUrgent: false, deskUrl: 'https://n8n.example/webhook/ottica/desk' }).html],
	['the time machine', run],
	['what arrived', () => overview({ phones: [phone], mails: [mail], letters: [letter] })],
	['the phones', () => phonesPage([phone])],
	['one phone', () => phonePage(phone, { problem: 'It did not reach the shop.', typed: 'Grazie' })],
	['the screen of a phone', () => screen(phone)],
	['the mailbox', () => mailsPage([mail])],
	['one mail', () => mailPage(mail, 'headers')],
	['the letter tray', () => lettersPage([letter])],
];

let browser: Browser;
let page: Page;

beforeAll(async () => {
	browser = await startBrowser();
	page = await (await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', locale: 'it-IT' })).newPage();
	// Nothing is loaded, and no form or link leads away.
	await page.route('**', async (route) => await route.abort());
}, 60_000);

afterAll(async () => await browser?.close());

/** Mails and what stands in a frame have no landmarks. */
const PARTS = ['the screen of a phone', 'a notice to the staff', 'the report by mail'];

describe.each(SHOWN)('%s', (name, render) => {
	const isPage = !PARTS.includes(name);
	beforeAll(async () => {
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize(WIDE);
		// Of the page before nothing must stay, such as the colours that it asked for.
		await page.goto('about:blank');
		// A page that renews itself would be gone in the middle of the test.
		await page.setContent(heldStill(await render()));
	}, 60_000);

	it('has nothing that axe objects to, wide and light, narrow and dark', async () => {
		const problems = async () => await axeProblemsHere(page, { to: isPage ? undefined : WCAG, covered: true });
		expect(await problems()).toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.setViewportSize(NARROW);
		expect(await problems()).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
	});

	it('is read without scrolling to the side at 320 pixels, and with letters twice as large', async () => {
		const tooWide = async () => await page.evaluate(widest);
		await page.setViewportSize(NARROW);
		expect(await tooWide()).toEqual([]);
		await page.setViewportSize(WIDE);
		await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
		expect(await tooWide()).toEqual([]);
		await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
	});

	it('is used with the keyboard alone, and shows where it is', async () => {
		await page.setViewportSize(WIDE);
		const wanted = await page.evaluate(countStops);
		const seen = new Set<string>();
		const unmarked: string[] = [];
		await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		// A field for a day or an hour has several stops inside.
		for (let presses = 0; presses < MOST_PRESSES && seen.size < wanted; presses++) {
			await page.keyboard.press('Tab');
			const { place, marked } = await page.evaluate(focused);
			if (place) seen.add(place);
			if (place && !marked) unmarked.push(place);
		}
		expect(unmarked).toEqual([]);
		expect(seen.size).toBe(wanted);
	});
});

/** Beyond 40 stops the pages repeat themselves. */
const MOST_PRESSES = 80;

/** Runs in the page: what sticks out to the right of a page that scrolls to the side. */
function widest(): string[] {
	if (document.documentElement.scrollWidth <= window.innerWidth) return [];
	const out = Array.from(document.querySelectorAll('body *')).filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1);
	return [`${document.documentElement.scrollWidth} pixels`, ...out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))];
}

/** Runs in the page: how many stops the Tab key should make; a group of radio buttons is one, a closed part none. */
function countStops(): number {
	const all = Array.from(document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'));
	const open = all.filter((element) => element.checkVisibility() && !(element as HTMLInputElement).disabled && element.tabIndex >= 0);
	const groups = new Set(open.map((element) => (element instanceof HTMLInputElement && element.type === 'radio' ? `radio ${element.name}` : open.indexOf(element))));
	return Math.min(groups.size, 40);
}

/** Runs in the page: where the focus is, and whether that can be seen. */
function focused(): { place: string; marked: boolean } {
	const element = document.activeElement as HTMLElement | null;
	if (!element || element === document.body) return { place: '', marked: true };
	const all = Array.from(document.querySelectorAll('*'));
	// What has stops of its own inside shows the focus there.
	if (element instanceof HTMLIFrameElement || (element instanceof HTMLInputElement && /^(date|time)/.test(element.type))) return { place: String(all.indexOf(element)), marked: true };
	// A field that covers its label shows the focus on it.
	const shows = [element, element.parentElement as HTMLElement].some((each) => {
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
		return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
	});
	return { place: `${all.indexOf(element)} ${element.outerHTML.slice(0, 100)}`, marked: shows };
}
