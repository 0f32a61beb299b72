import { CrmError } from '../../../lib/domain/errors';
import { composeEmail } from '../../../lib/messages/compose/email';
import { draft, readHtml, refusalUrl, shop } from './support';

it('puts signature and footer below the text', () => {
	expect(composeEmail(draft()).text).toBe(`Cara Giulia,

tanti auguri.

Chiara e Marco

--
Ottica Bellavista & Figli
Via dell'Arco 18, 37121 Verona (VR)
Tel. 045 800 1234
ciao@otticabellavista.example

Riceve questo messaggio perché ha acconsentito a ricevere le nostre comunicazioni.
Se preferisce non riceverne più, può dircelo qui:
${refusalUrl}
`);
});

it('says the same in HTML', () => {
	const { texts, links, tags } = readHtml(composeEmail(draft({ preheader: 'Un pensiero' })).html);
	expect(texts).toEqual([
		'Auguri', 'Un pensiero', 'Ottica Bellavista & Figli', 'Cara Giulia,', 'tanti auguri.', 'Chiara e Marco',
		"Ottica Bellavista & FigliVia dell'Arco 18, 37121 Verona (VR)045 800 1234ciao@otticabellavista.example",
		'Riceve questo messaggio perché ha acconsentito a ricevere le nostre comunicazioni.Non desidero più ricevere questi messaggi',
	]);
	expect(links).toEqual(['tel:+390458001234', 'mailto:ciao@otticabellavista.example', refusalUrl]);
	expect(tags[0]).toMatch(/^html dir lang\b/);
});

it.each([
	['it', 'lei', 'relational', 'consent', 'Riceve questo messaggio perché ha acconsentito a ricevere le nostre comunicazioni.', 'Se preferisce non riceverne più'],
	['it', 'tu', 'relational', 'consent', 'Ricevi questo messaggio perché hai acconsentito a ricevere le nostre comunicazioni.', 'Se preferisci non riceverne più'],
	['it', 'tu', 'promotional', 'consent', 'Ricevi questo messaggio perché hai acconsentito', 'Se preferisci'],
	['it', 'lei', 'recall', 'consent', 'Riceve questo promemoria perché ha acconsentito a riceverlo.', 'Se preferisce'],
	['it', 'tu', 'recall', 'consent', 'Ricevi questo promemoria perché hai acconsentito a riceverlo.', 'Se preferisci'],
	['it', 'lei', 'recall', 'request', 'Riceve questo promemoria perché ce lo ha chiesto.', 'Se preferisce'],
	['it', 'tu', 'recall', 'request', 'Ricevi questo promemoria perché ce lo hai chiesto.', 'Se preferisci'],
	['it', 'lei', 'promotional', 'soft-spam', 'perché ci ha lasciato il suo indirizzo acquistando da noi articoli simili. Può opporsi in ogni momento, senza spese e senza spiegazioni.', 'Se preferisce'],
	['it', 'tu', 'promotional', 'soft-spam', 'perché ci hai lasciato il tuo indirizzo acquistando da noi articoli simili. Puoi opporti in ogni momento', 'Se preferisci'],
	['it', 'lei', 'relational', 'legitimate-interest', 'perché è tra i contatti del nostro negozio e non ci ha detto di no. Può opporsi in ogni momento.', 'Se preferisce'],
	['it', 'tu', 'recall', 'legitimate-interest', 'perché sei tra i contatti del nostro negozio e non ci hai detto di no. Puoi opporti', 'Se preferisci'],
	['it', 'lei', 'service', 'contract', 'Riceve questo messaggio per un servizio che ha chiesto al nostro negozio.', ''],
	['it', 'tu', 'service', 'contract', 'Ricevi questo messaggio per un servizio che hai chiesto al nostro negozio.', ''],
	['it', 'lei', 'relational', undefined, 'Riceve questo messaggio dal nostro negozio: se vuole sapere perché, ce lo chieda.', 'Se preferisce'],
	['it', 'tu', 'relational', 'something else', 'Ricevi questo messaggio dal nostro negozio: se vuoi sapere perché, chiedicelo.', 'Se preferisci'],
	['en', 'lei', 'relational', 'consent', 'because you agreed to hear from us.', 'If you would rather not'],
	['en', 'lei', 'recall', 'consent', 'because you agreed to receive it.', 'If you would rather not'],
	['en', 'tu', 'recall', 'request', 'because you asked us for it.', 'If you would rather not'],
	['en', 'tu', 'promotional', 'soft-spam', 'when you bought similar goods from us. You may object at any time, free of charge', 'If you would rather not'],
	['en', 'tu', 'relational', 'legitimate-interest', 'and you have not told us not to write. You may object at any time.', 'If you would rather not'],
	['en', 'tu', 'service', 'contract', 'about a service that you asked our shop for.', ''],
	['en', 'tu', 'relational', undefined, 'from our shop: if you would like to know why, do ask us.', 'If you would rather not'],
] as const)('tells in %s, %s, why a %s message came on the basis %s, and how to refuse', (language, formality, cls, basis, why, refuse) => {
	const email = composeEmail(draft({ language, formality, class: cls, basis }));
	expect(email.text).toContain(why);
	expect(readHtml(email.html).texts.join(' ')).toContain(why);
	// Nobody is told of a consent that was not given.
	expect(/acconsentito|agreed/.test(email.text)).toBe(basis === 'consent');
	expect(email.text).toContain(refuse);
	expect(email.html).toContain(`<html lang="${language}"`);
	expect(email.text + email.html).not.toContain('{{');
});

it('gives the number with its prefix to a reader of another language', () => {
	expect(composeEmail(draft({ language: 'en' })).text).toContain('Tel. +39 045 800 1234');
});

it('sends a service message without a refusal link, and nothing else', () => {
	const email = composeEmail(draft({ class: 'service', basis: 'contract', refusalUrl: undefined }));
	expect(email.text).toContain('per un servizio che ha chiesto al nostro negozio.\n');
	expect(email.text).not.toContain('Se preferisce');
	expect(readHtml(email.html).links).toHaveLength(2);
	for (const cls of ['relational', 'recall', 'promotional'] as const) {
		expect(() => composeEmail(draft({ class: cls, refusalUrl: undefined }))).toThrow(CrmError);
	}
});

it.each(['javascript:alert(1)', '', 'r/123', 'https://', 'https://x.example/a b', 'https://shop.example@evil.example/'])('refuses the refusal link %j', (url) => {
	expect(() => composeEmail(draft({ refusalUrl: url }))).toThrow('The link with which the customer can refuse');
});

it('takes what a browser form sends, and cleans it', () => {
	const email = composeEmail(draft({ subject: 'Auguri\r\nBcc: x@y.example', body: '  Uno,\r\ndue  \r\n\r\n\r\n\r\ntre\u202e\u0007\r\n' }));
	expect(email.subject).toBe('Auguri Bcc: x@y.example');
	expect(email.text.startsWith('Uno,\ndue\n\ntre\n\nChiara e Marco')).toBe(true);
	expect(email.html).toMatch(/>Uno,<br>due\n?<\/p>/);
});

it('knows every sign that ends a line', () => {
	expect(composeEmail(draft({ body: 'uno\rdue\u2028tre\u0085quattro\u2029cinque' })).text).toMatch(/^uno\ndue\ntre\nquattro\ncinque\n\n/);
});

it('refuses an empty subject or text', () => {
	expect(() => composeEmail(draft({ subject: ' \n' }))).toThrow('The e-mail has no subject.');
	expect(() => composeEmail(draft({ body: '\r\n \u200b' }))).toThrow('The e-mail has no text.');
});

it('makes the same e-mail of its own text again', () => {
	const once = draft({ subject: 'Auguri ', body: 'Uno\r\n\r\n\r\ndue ' });
	expect(composeEmail({ ...once, subject: 'Auguri', body: 'Uno\n\ndue' })).toEqual(composeEmail(once));
});

it('signs with the name of the shop where nobody signs', () => {
	expect(composeEmail(draft({ shop: { ...shop, signature: undefined } })).text).toContain('auguri.\n\nOttica Bellavista & Figli\n\n--');
});

it("takes the shop's own fields for text too", () => {
	const odd = { ...shop, name: '<b>Ottica</b>', signature: '<i>Chiara</i>', street: '"<u>Via', town: '&lt;Roma', phone: '<s>1', email: 'a"><script>@b.example' };
	const [{ tags, texts }, wanted] = [readHtml(composeEmail(draft({ shop: odd })).html), readHtml(composeEmail(draft()).html)];
	expect(tags).toEqual(wanted.tags);
	expect(texts).toEqual(expect.arrayContaining(['<b>Ottica</b>', '<i>Chiara</i>']));
});

it('leaves out what the shop has not told', () => {
	const bare = { ...shop, street: undefined, postalCode: undefined, town: undefined, province: undefined, phone: undefined };
	const email = composeEmail(draft({ shop: bare }));
	expect(email.text).toContain('--\nOttica Bellavista & Figli\nciao@otticabellavista.example\n\n');
	expect(email.text + email.html).not.toMatch(/undefined|tel:|Tel\./);
});

it('shows the beginning of the text in the mailbox where there is no preheader', () => {
	const { texts } = readHtml(composeEmail(draft({ body: `Cara Giulia,\n\n${'molti auguri '.repeat(20)}` })).html);
	expect(texts[1]).toMatch(/^Cara Giulia, molti auguri .*\bmolti auguri$|\bmolti$/);
	expect(texts[1]!.length).toBeLessThanOrEqual(120);
});

describe('links in the text', () => {
	const linksIn = (body: string) => readHtml(composeEmail(draft({ body })).html).links.slice(0, -3);
	it.each([
		['Guardi qui: https://shop.example/a?b=1&c=2.', ['https://shop.example/a?b=1&c=2']],
		['(http://shop.example/a), e http://shop.example/b', ['http://shop.example/a', 'http://shop.example/b']],
		['https://shop.example/"onmouseover="alert(1)', ['https://shop.example/']],
		["https://shop.example/'><script>", ['https://shop.example/']],
		['javascript:alert(1) data:text/html,x www.shop.example', []],
		['https://bank.example@evil.example/', []],
		['https://', []],
	])('%s', (body, links) => {
		expect(linksIn(body)).toEqual(links);
		expect(readHtml(composeEmail(draft({ body })).html).texts).toContain(body);
	});
});

describe('a button', () => {
	const shown = (body: string) => readHtml(composeEmail(draft({ body, preheader: 'Un pensiero' })).html);

	it('is a short line with a colon above an address: the label in HTML, both lines in the plain text', () => {
		const body = 'Cara Giulia,\n\nPrenoti qui:\nhttps://shop.example/prenota?a=1&b=2\n\nA presto,';
		const { texts, links } = shown(body);
		expect(texts).toEqual(expect.arrayContaining(['Cara Giulia,', 'Prenoti qui', 'A presto,']));
		expect(texts.join()).not.toContain('https://shop.example');
		expect(links[0]).toBe('https://shop.example/prenota?a=1&b=2');
		expect(composeEmail(draft({ body })).text.startsWith(`${body}\n\nChiara e Marco`)).toBe(true);
	});

	it.each([
		['without a colon', 'Prenoti qui\nhttps://shop.example/'],
		['with more in the second line', 'Prenoti qui:\nhttps://shop.example/ oppure chiami'],
		['with a third line', 'Prenoti qui:\nhttps://shop.example/\noppure chiami'],
		['under a whole sentence', `${'Può vedere gli orari '.repeat(3)}qui:\nhttps://shop.example/`],
		['whose label is an address of elsewhere', 'https://bank.example/:\nhttps://shop.example/'],
		['whose address hides the host', 'Prenoti qui:\nhttps://bank.example@shop.example/'],
		['without a label', ':\nhttps://shop.example/'],
	])('is none %s', (_, body) => {
		expect(shown(body).tags.filter((tag) => tag.includes('bgcolor') && tag.startsWith('td'))).toEqual([]);
		expect(shown(body).texts.join('\n')).toContain(body.split('\n')[1]);
	});

	it('takes the label for text', () => {
		const { tags, texts } = shown('<b onclick=x>Qui</b>:\nhttps://shop.example/');
		expect(tags).toEqual(shown('Qui:\nhttps://shop.example/').tags);
		expect(texts).toContain('<b onclick=x>Qui</b>');
	});
});

describe('the logo', () => {
	const logo = { type: 'image/png', width: 400, height: 96, data: 'AA==' } as const;

	it('takes the place of the name, and tells it where pictures are not shown', () => {
		const { html } = composeEmail(draft({ shop: { ...shop, logo } }));
		expect(html).toContain('src="cid:logo@shop" width="200" alt="Ottica Bellavista &amp; Figli"');
		expect(html).not.toContain(logo.data);
		expect(readHtml(html).texts.filter((text) => text === shop.name)).toEqual([]);
	});
});
