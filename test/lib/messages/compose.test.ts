import { CrmError } from '../../../lib/domain/errors';
import { CHANNELS, hasSubject } from '../../../lib/domain/glossary';
import { compose, TextTooLong } from '../../../lib/messages/compose';
import { messageDraft, readHtml, refusalUrl, shop } from './support';

const SHORT_URL = 'https://ottica.example/c?t=2CwMMIgcRq8nVx2fTz0p5kWw';

describe('an SMS', () => {
	it('is the text, the name of the shop and a link, without an empty line', () => {
		expect(compose(messageDraft('sms', { refusalUrl: SHORT_URL }))).toEqual({ text: `Cara Giulia,\ntanti auguri.\nOttica Bellavista & Figli Stop: ${SHORT_URL}` });
	});

	it('that is service ends with the number of the shop, or with what else there is', () => {
		const service = { class: 'service', refusalUrl: undefined } as const;
		expect(compose(messageDraft('sms', service)).text).toBe('Cara Giulia,\ntanti auguri.\nOttica Bellavista & Figli 045 800 1234');
		expect(compose(messageDraft('sms', { ...service, shop: { ...shop, phone: undefined } })).text).toMatch(/Figli ciao@otticabellavista\.example$/);
	});

	it('that would take too many parts is refused', () => {
		expect(() => compose(messageDraft('sms', { body: 'x'.repeat(900) }))).toThrow(TextTooLong);
		expect(compose(messageDraft('sms', { body: 'x'.repeat(700) })).text).toContain('xxx');
	});
});

describe('a push notification', () => {
	it('is a title, a text, and the address that a tap opens', () => {
		const extra = { push: { link: 'https://ottica.example/prenota' } };
		expect(compose(messageDraft('push', { refusalUrl: SHORT_URL, extra }))).toEqual({
			subject: 'Auguri',
			text: `Cara Giulia,\n\ntanti auguri.\nOttica Bellavista & Figli · Basta avvisi così: ${SHORT_URL}`,
			extra,
		});
		expect(compose(messageDraft('push'))).not.toHaveProperty('extra');
	});

	it('without a title, or too long for a phone, is refused', () => {
		expect(() => compose(messageDraft('push', { subject: ' ' }))).toThrow('no subject');
		expect(() => compose(messageDraft('push', { body: 'x'.repeat(1000) }))).toThrow(TextTooLong);
	});
});

describe('a letter', () => {
	it('is signed, and says who writes, why, and how to refuse', () => {
		expect(compose(messageDraft('letter', { refusalUrl: SHORT_URL }))).toEqual({
			subject: 'Auguri',
			text: `Cara Giulia,

tanti auguri.

Chiara e Marco

--
Ottica Bellavista & Figli
Via dell'Arco 18, 37121 Verona (VR)
Tel. 045 800 1234
ciao@otticabellavista.example

Riceve questa lettera perché ha acconsentito a ricevere le nostre comunicazioni.
Se preferisce non ricevere più lettere come questa, può dircelo quando vuole: in negozio, per telefono, per posta, oppure qui:
${SHORT_URL}
`,
		});
	});

	it.each([
		['consent', 'recall', 'Riceve questo promemoria perché ce lo ha chiesto o ha acconsentito a riceverlo.'],
		['request', 'recall', 'Riceve questa lettera perché ce lo ha chiesto.'],
		['legitimate-interest', 'relational', 'Può opporsi in ogni momento.'],
		['consent', 'promotional', 'Riceve questa lettera perché ha acconsentito a ricevere le nostre comunicazioni.'],
	] as const)('on the basis %s (%s) says why', (basis, cls, why) => {
		expect(compose(messageDraft('letter', { class: cls, basis })).text).toContain(why);
	});

	it('that is service tells of the service, and asks nobody to refuse', () => {
		const { text } = compose(messageDraft('letter', { class: 'service', refusalUrl: undefined, formality: 'tu' }));
		expect(text).toMatch(/Ricevi questa lettera per un servizio che hai chiesto al nostro negozio\.\n$/);
	});
});

describe('a call', () => {
	it('keeps its questions, and tells how the customer may refuse', () => {
		const extra = { call: { questions: [{ id: 'when', question: 'Quando?', answers: ['Mattina', 'Sera'] }] } };
		const { text, ...others } = compose(messageDraft('call', { extra, refusalUrl: undefined, formality: 'tu' }));
		expect(others).toEqual({ extra });
		expect(text).toBe('Cara Giulia,\n\ntanti auguri.\n\nChi chiama: Ottica Bellavista & Figli, tel. 045 800 1234.\nPrima di salutare: «Se preferisci che non ti chiamiamo più per queste cose, dimmelo pure: lo segno subito.»\n');
		expect(text).not.toContain('http');
	});
});

describe('a WhatsApp message', () => {
	const frame = { name: 'auguri', category: 'MARKETING', header: 'Auguri!', footer: 'Per non riceverne più, rispondere STOP.', buttons: [{ kind: 'reply', label: 'STOP' }, { kind: 'phone', label: 'Chiamaci' }] } as const;
	const use = { name: 'auguri_lei', language: 'it', category: 'MARKETING', parameterFormat: 'NAMED', body: [{ name: 'customer_name', text: 'Giulia' }] } as const;

	it('from a template reads as Meta has approved it, and nothing is added', () => {
		const extra = { whatsApp: { ...use, body: [...use.body] } };
		expect(compose(messageDraft('whatsapp', { whatsApp: { ...frame, buttons: [...frame.buttons] }, extra }))).toEqual({
			text: 'Auguri!\n\nCara Giulia,\n\ntanti auguri.\n\nPer non riceverne più, rispondere STOP.\n\n[STOP] [Chiamaci]',
			extra,
		});
	});

	it('shows the address of a file on top to whoever approves it', () => {
		const { header: _, ...others } = { ...frame, buttons: [], media: { kind: 'image' as const, link: 'https://ottica.example/vetrina.jpg' } };
		expect(compose(messageDraft('whatsapp', { whatsApp: others })).text).toMatch(/^https:\/\/ottica\.example\/vetrina\.jpg\n\nCara Giulia/);
	});

	it('in free words gets the name of the shop and the way to refuse', () => {
		const expected = { text: 'Cara Giulia,\n\ntanti auguri.\n\nOttica Bellavista & Figli\nRisponda STOP se preferisce non ricevere più messaggi così.' };
		expect(compose(messageDraft('whatsapp'))).toEqual(expected);
		// The shop's own phone knows no templates.
		expect(compose(messageDraft('whatsappLinked', { whatsApp: { ...frame, buttons: [] }, extra: { whatsApp: { ...use, body: [] } } }))).toEqual(expected);
		expect(compose(messageDraft('whatsapp', { class: 'service' })).text).toMatch(/\n\nOttica Bellavista & Figli$/);
		expect(() => compose(messageDraft('whatsapp', { body: 'x'.repeat(4097) }))).toThrow(TextTooLong);
	});
});

describe.each(CHANNELS)('%s', (channel) => {
	it('makes the same message of its own text again', () => {
		const once = compose(messageDraft(channel, { body: 'Uno\r\n\r\n\r\ndue ' }));
		expect(compose(messageDraft(channel, { body: 'Uno\n\ndue' }))).toEqual(once);
	});

	it('has a subject if its channel has one, HTML if it is an e-mail', () => {
		const { subject, html } = compose(messageDraft(channel));
		expect([subject !== undefined, html !== undefined]).toEqual([hasSubject(channel), channel === 'email']);
	});

	it('refuses an empty text', () => {
		expect(() => compose(messageDraft(channel, { body: ' \n\u200b' }))).toThrow(CrmError);
	});

	it('gives a reader of another language the number with its prefix', () => {
		const { text } = compose(messageDraft(channel, { language: 'en', class: 'service', refusalUrl: undefined }));
		expect(text).not.toMatch(/(?<!\+39) 045/);
		if (!channel.startsWith('whatsapp')) expect(text).toContain('+39 045 800 1234');
	});

	if (['email', 'sms', 'letter', 'push'].includes(channel)) {
		it('is not written without a link to refuse, unless it is service', () => {
			for (const url of [undefined, '', 'javascript:alert(1)', 'https://x.example/a b']) expect(() => compose(messageDraft(channel, { refusalUrl: url }))).toThrow(CrmError);
		});
	}
});

it('an e-mail is laid out as before', () => {
	const { text, html } = compose(messageDraft('email'));
	expect(text).toContain('--\nOttica Bellavista & Figli');
	expect(readHtml(html as string).links).toContain(refusalUrl);
});
