import { type Channel, CHANNELS, MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import type { Shop } from '../../../lib/domain/shop';
import { compose } from '../../../lib/messages/compose';
import { composeEmail } from '../../../lib/messages/compose/email';
import { textFacts as factsOf } from '../../../lib/messages/facts';
import { draft, messageDraft, refusalUrl, shop } from './support';

const textFacts = (text: string, of: Shop, url: string | undefined, channel: Channel = 'email') => factsOf(text, of, url, channel);

it.each(MESSAGE_CLASSES)('an e-mail of the class %s satisfies the rules about texts in both languages', (cls) => {
	for (const language of ['it', 'en'] as const) {
		expect(textFacts(composeEmail(draft({ class: cls, language })).text, shop, refusalUrl, 'email')).toEqual({ offersRefusal: true, namesSender: true, healthDetail: false, oneClickRefusal: true });
	}
});

it.each([
	['', false],
	['https://otticabellavista.example/webhook/r/', false],
	[`Qui: ${refusalUrl}`, true],
	[`(${refusalUrl})`, true],
	[`${refusalUrl}.`, true],
	[`${refusalUrl}. E poi`, true],
	[`${refusalUrl}x`, false],
	[`${refusalUrl}.x`, false],
	[`${refusalUrl}&d=1`, false],
	[`${refusalUrl}/x ${refusalUrl}`, true],
	[refusalUrl.slice(0, -1), false],
])('looks for the very refusal link: %s', (text, offersRefusal) => {
	expect(textFacts(text, shop, refusalUrl, 'email').offersRefusal).toBe(offersRefusal);
});

it('sees no refusal where there is no link', () => {
	expect(textFacts('undefined', shop, undefined, 'email').offersRefusal).toBe(false);
	expect(textFacts('testo', shop, '', 'email').offersRefusal).toBe(false);
});

it.each([
	['Ottica Bellavista & Figli, 045 800 1234', true],
	['ottica bellavista &\nfigli\n+39 045 800 1234', true],
	['Ottica Bellavista & Figli, +390458001234', true],
	['Ottica Bellavista & Figli, ciao@otticabellavista.example', true],
	["Ottica Bellavista & Figli, Via dell'Arco 18, 37121 Verona (VR)", true],
	['Ottica Bellavista & Figli', false],
	['Ottica Bellavista & Figli, Verona', false],
	['045 800 1234', false],
	['', false],
])('wants name and contact of the shop: %j', (text, namesSender) => {
	expect(textFacts(text, shop, refusalUrl, 'email').namesSender).toBe(namesSender);
});

it('a shop without a contact is never named', () => {
	const silent = { ...shop, street: undefined, phone: undefined, email: undefined };
	expect(textFacts(composeEmail(draft({ shop: silent })).text, silent, refusalUrl, 'email').namesSender).toBe(false);
});

it.each([
	['https://ottica.example/r?t=1', true],
	['http://localhost:5678/webhook/r?t=1', true],
	['http://127.0.0.1/r', true],
	['http://ottica.example/r?t=1', false],
	['ftp://localhost/r', false],
	['no address', false],
	['', false],
])('knows whether a mailbox would take the refusal link by one click: %s', (url, oneClickRefusal) => {
	expect(textFacts('testo', shop, url, 'email').oneClickRefusal).toBe(oneClickRefusal);
	expect(textFacts('testo', shop, undefined, 'email').oneClickRefusal).toBe(false);
});

it('sees a health detail in the finished text', () => {
	expect(textFacts('La sua miopia è aumentata.', shop, undefined, 'email').healthDetail).toBe(true);
	expect(textFacts('I suoi occhiali sono pronti.', shop, undefined, 'email').healthDetail).toBe(false);
});

it.each(CHANNELS)('what is composed for %s names the shop and offers to refuse, in all languages and forms', (channel) => {
	for (const cls of ['relational', 'recall', 'promotional'] as const) {
		for (const language of ['it', 'en'] as const) {
			for (const formality of ['lei', 'tu'] as const) {
				const { text } = compose(messageDraft(channel, { class: cls, language, formality }));
				expect(textFacts(text, shop, refusalUrl, channel)).toMatchObject({ offersRefusal: true, namesSender: true });
			}
		}
	}
});

it.each(CHANNELS)('a service message by %s names the shop, and asks nobody to refuse', (channel) => {
	const { text } = compose(messageDraft(channel, { class: 'service', refusalUrl: undefined }));
	expect(textFacts(text, shop, undefined, channel)).toMatchObject({ offersRefusal: false, namesSender: true });
});

it.each<[Channel, string, boolean]>([
	['whatsapp', 'Per non riceverne più, rispondere STOP.', true],
	['whatsapp', 'Reply STOP to get no more', true],
	['whatsappLinked', 'Scrivi stop e non ti scriviamo più', true],
	['whatsapp', 'Siamo aperti non stop, risponda pure.', false],
	['whatsapp', 'Risponda. STOP', false],
	['sms', 'Rispondi STOP', false],
	['email', 'Rispondi STOP', false],
	['call', 'Rispondi STOP', false],
	['call', 'Prima di salutare: «Se preferisci che non ti chiamiamo più per queste cose, dimmelo pure: lo segno subito.»', true],
	['sms', '«Se preferisci che non ti chiamiamo più per queste cose, dimmelo pure: lo segno subito.»', false],
])('where one can answer, a word refuses; where not, only the link does: %s, %s', (channel, text, offersRefusal) => {
	expect(textFacts(text, shop, refusalUrl, channel).offersRefusal).toBe(offersRefusal);
});

it.each<[Channel, string, boolean]>([
	['whatsapp', 'da Ottica Bellavista & Figli', true],
	['call', 'da Ottica Bellavista & Figli', true],
	['whatsapp', 'da noi', false],
	['sms', `Ottica Bellavista & Figli ${refusalUrl}`, true],
	['push', `Ottica Bellavista & Figli ${refusalUrl}`, true],
	['sms', 'Ottica Bellavista & Figli', false],
	['sms', refusalUrl, false],
	['letter', `Ottica Bellavista & Figli ${refusalUrl}`, false],
	['letter', 'Ottica Bellavista & Figli, 045 800 1234', true],
])('a conversation reaches the shop by itself, a short text by its link: %s, %s', (channel, text, namesSender) => {
	expect(textFacts(text, shop, refusalUrl, channel).namesSender).toBe(namesSender);
});

it('knows the name of the shop in the plain letters of an SMS', () => {
	expect(textFacts("Ottica E' Vista 045 800 1234", { ...shop, name: 'Ottica È Vista' }, undefined, 'sms').namesSender).toBe(true);
});
