import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { emailChannel } from '../../lib/channels/email';
import { LOGO_CID, readLogo } from '../../lib/domain/shopLogo';
import { composeEmail, type EmailDraft } from '../../lib/messages/compose/email';
import { loadTemplate } from '../../lib/messages/load';
import { renderMessage } from '../../lib/messages/render';
import { refusalUrl, shop, variables } from '../lib/messages/support';
import { openMailbox, type TestMailbox } from '../nodes/support/mail';
import { startBrowser } from './support/browser';

jest.setTimeout(60_000);

const ARTEFACTS = path.join('test', 'artefacts');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [375, 1280];
/** The narrowest phone that is still in use. */
const NARROWEST = 320;
/** `outlook` is how Outlook on the web and on phones asks for a mail's dark colours. */
const MODES = ['light', 'dark', 'outlook'] as const;
type Mode = (typeof MODES)[number];

const logo = readLogo(readFileSync(path.join('test', 'support', 'logo.png')));
const LONG_LINK = `https://otticabellavista.example/letture/${'come-si-puliscono-gli-occhiali-'.repeat(4)}senza-graffi?da=lettera`;
const NEWSLETTER = `Cara Giulia,

in negozio è arrivato l'autunno: abbiamo cambiato la vetrina, e chi passa da via dell'Arco la sera la vede illuminata fino alle otto.

Tre cose, in breve.

La prima: da ottobre il sabato restiamo aperti anche a pranzo. Molti ce lo chiedevano, e avevano ragione.
La seconda: Marco ha finito il corso sulle montature in legno, e ora le ripara da noi. Se ne ha una che balla, la porti.
La terza: abbiamo scritto due pagine su come si puliscono gli occhiali senza graffiarli. Sono qui, se le va: ${LONG_LINK}. Ci vogliono cinque minuti.

${'Un paragrafo più lungo degli altri, perché anche una lettera lunga deve restare comoda da leggere su un telefono. '.repeat(6).trim()}

Scelga un momento:
https://otticabellavista.example/prenota?da=lettera&chi=7

E una parola che non finisce mai, come ${'sovramagnificentissimamente'.repeat(4)}, non deve allargare la pagina.

A presto,`;

const written = (id: string, formality: 'lei' | 'tu', occasion: object): EmailDraft => {
	const template = loadTemplate(id, 'email', 'it');
	return { ...renderMessage(template, variables({ formality }, occasion)), language: 'it', formality, class: template.class, shop, refusalUrl };
};
const DRAFTS: Record<string, EmailDraft> = {
	birthday: written('birthday', 'lei', { turns: 50 }),
	recall: written('recall.vision', 'tu', { kind: 'recall.vision', class: 'recall' }),
	newsletter: { subject: "Notizie d'autunno", preheader: 'Un saluto dalla vetrina nuova', body: NEWSLETTER, language: 'it', formality: 'lei', class: 'relational', shop: { ...shop, logo }, refusalUrl },
};

interface Arrived {
	text: string;
	html: string;
	preheader: string;
}
const arrived: Record<string, Arrived> = {};

let mailbox: TestMailbox;
let browser: Browser;

/** Writes the mails, sends them, and takes them out of the mailbox as a mail program does. */
beforeAll(async () => {
	mkdirSync(ARTEFACTS, { recursive: true });
	mailbox = await openMailbox();
	const channel = emailChannel(mailbox.credential, 1);
	for (const [number, [name, draft]] of Object.entries(DRAFTS).entries()) {
		const { subject, text, html } = composeEmail(draft);
		const inlineImages = draft.shop.logo && [{ cid: LOGO_CID, ...draft.shop.logo }];
		await channel.send({
			id: number + 1, attempt: 1, class: draft.class, recipient: 'giulia@posta.example', recipientName: 'Giulia Conti', subject, text, html, inlineImages, refusalUrl,
			sender: { name: shop.name, address: shop.email as string },
		});
		const mail = await simpleParser(Buffer.from(mailbox.mails()[number].raw, 'latin1'));
		arrived[name] = { text: mail.text as string, html: mail.html as string, preheader: draft.preheader as string };
	}
	await channel.close();
	browser = await startBrowser();
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await mailbox?.end();
});

async function open(name: string, width: number, mode: Mode, html = arrived[name].html): Promise<Page> {
	const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: mode === 'dark' ? 'dark' : 'light', deviceScaleFactor: 2, locale: 'it-IT' });
	const page = await context.newPage();
	const asked: string[] = [];
	await page.route('**/*', async (route) => {
		asked.push(route.request().url());
		await route.abort();
	});
	await page.setContent(html);
	if (mode === 'outlook') await page.evaluate(() => document.documentElement.setAttribute('data-ogsc', '') ?? document.documentElement.setAttribute('data-ogsb', ''));
	expect(asked).toEqual([]);
	return page;
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

const everyWay = Object.keys(DRAFTS).flatMap((name) => WIDTHS.flatMap((width) => MODES.map((mode) => [name, width, mode] as const)));

describe.each(everyWay)('%s, %d pixels wide, %s', (name, width, mode) => {
	let page: Page;
	beforeAll(async () => void (page = await open(name, width, mode)));
	afterAll(async () => await page?.context().close());

	it('fits, can be read and touched, and shows no preheader', async () => {
		await page.screenshot({ path: path.join(ARTEFACTS, `mail-${name}-${width}-${mode}.png`), fullPage: true });
		const seen = await page.evaluate(() => {
			const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			const sizes: number[] = [];
			while (texts.nextNode()) {
				const holder = texts.currentNode.parentElement as HTMLElement;
				if (texts.currentNode.nodeValue?.trim() && holder.checkVisibility()) sizes.push(parseFloat(getComputedStyle(holder).fontSize));
			}
			const boxes = Array.from(document.querySelectorAll('a')).map((link) => ({ text: link.innerText, height: link.getBoundingClientRect().height }));
			return { wide: document.documentElement.scrollWidth, smallest: Math.min(...sizes), boxes, shown: document.body.innerText };
		});
		expect(seen.wide).toBeLessThanOrEqual(width);
		expect(seen.smallest).toBeGreaterThanOrEqual(14);
		expect(seen.boxes.filter(({ height }) => height < 24)).toEqual([]);
		expect(arrived[name].html).toContain(arrived[name].preheader);
		expect(seen.shown).not.toContain(arrived[name].preheader);
	});

	it('breaks no rule of WCAG 2.2 AA', async () => {
		await page.evaluate(AXE);
		const { violations, unsure } = await page.evaluate(async (standards) => {
			const { axe } = window as unknown as { axe: typeof import('axe-core') };
			const { violations, incomplete } = await axe.run({ runOnly: standards });
			const brief = (results: typeof violations) => results.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 90)} ${any.map(({ message }) => message).join(' ')}`).join(' | ')}`);
			return { violations: brief(violations), unsure: brief(incomplete.filter(({ id }) => id === 'color-contrast')) };
		}, STANDARDS);
		expect(violations).toEqual([]);
		expect(unsure).toEqual([]);
	});

	it('has paper of the right brightness', async () => {
		const [background, sheet] = await page.evaluate(() =>
			['[role=article]', '.sheet'].map((selector) => {
				const [red, green, blue] = (getComputedStyle(document.querySelector(selector) as Element).backgroundColor.match(/\d+/g) as string[]).map(Number);
				return (red + green + blue) / 3;
			}),
		);
		for (const brightness of [background, sheet]) {
			if (mode === 'light') expect(brightness).toBeGreaterThan(220);
			else expect(brightness).toBeLessThan(60);
		}
	});
});

describe.each(Object.keys(DRAFTS))('%s', (name) => {
	it('fits on the narrowest phone', async () => {
		const page = await open(name, NARROWEST, 'light');
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROWEST);
		await page.context().close();
	});

	it('says in the plain text what the HTML says', async () => {
		const page = await open(name, 375, 'light');
		const shown = flat(await page.evaluate(() => document.body.innerText));
		const links = await page.evaluate(() => Array.from(document.querySelectorAll('a')).map((link) => link.getAttribute('href')));
		const lines = arrived[name].text.split('\n').map(flat);
		const missing = lines.flatMap((line, index) => {
			if (line === '' || line === '--') return [];
			// An address of its own line is behind a link with a label: the line before says the same.
			if (/^https:\S+$/.test(line)) return links.includes(line) ? [] : [line];
			if (/^https:\S+$/.test(lines[index + 1] ?? '')) return [];
			return line.replace(/^Tel\. /, '').split(/(?<=[.!?]) /).filter((sentence) => !shown.includes(sentence));
		});
		expect(missing).toEqual([]);
		expect(lines.filter(Boolean).length).toBeGreaterThan(10);
		await page.context().close();
	});
});

describe('the newsletter', () => {
	it('shows the logo that it brings along', async () => {
		const page = await open('newsletter', 375, 'light');
		expect(await page.evaluate(() => Array.from(document.images).map(({ naturalWidth, width, alt }) => ({ naturalWidth, width, alt })))).toEqual([{ naturalWidth: 400, width: 200, alt: shop.name }]);
		await page.context().close();
	});

	it('has a button that a thumb hits', async () => {
		const page = await open('newsletter', NARROWEST, 'light');
		const box = await page.getByRole('link', { name: 'Scelga un momento' }).boundingBox();
		expect(box?.height).toBeGreaterThanOrEqual(48);
		expect(await page.getByRole('link', { name: 'Scelga un momento' }).getAttribute('href')).toBe('https://otticabellavista.example/prenota?da=lettera&chi=7');
		await page.context().close();
	});
});
