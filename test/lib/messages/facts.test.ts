import { MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import { composeEmail } from '../../../lib/messages/email';
import { messageFacts, textFacts } from '../../../lib/messages/facts';
import { draft, refusalUrl, shop } from './support';

it.each(MESSAGE_CLASSES)('an e-mail of the class %s satisfies the rules about texts in both languages', (cls) => {
	for (const language of ['it', 'en'] as const) {
		expect(textFacts(composeEmail(draft({ class: cls, language })).text, shop, refusalUrl)).toEqual({ offersRefusal: true, namesSender: true, healthDetail: false, oneClickRefusal: true });
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
	expect(textFacts(text, shop, refusalUrl).offersRefusal).toBe(offersRefusal);
});

it('sees no refusal where there is no link', () => {
	expect(textFacts('undefined', shop, undefined).offersRefusal).toBe(false);
	expect(textFacts('testo', shop, '').offersRefusal).toBe(false);
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
	expect(textFacts(text, shop, refusalUrl).namesSender).toBe(namesSender);
});

it('a shop without a contact is never named', () => {
	const silent = { ...shop, street: undefined, phone: undefined, email: undefined };
	expect(textFacts(composeEmail(draft({ shop: silent })).text, silent, refusalUrl).namesSender).toBe(false);
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
	expect(textFacts('testo', shop, url).oneClickRefusal).toBe(oneClickRefusal);
	expect(textFacts('testo', shop, undefined).oneClickRefusal).toBe(false);
});

it('sees a health detail in the finished text', () => {
	expect(textFacts('La sua miopia è aumentata.', shop, undefined).healthDetail).toBe(true);
	expect(textFacts('I suoi occhiali sono pronti.', shop, undefined).healthDetail).toBe(false);
});

it('asks of the script of a call only that it names the shop: the caller hears a no, and shows the number', () => {
	const call = { channel: 'call' as const, text: `Buongiorno, sono Chiara di ${shop.name}.` };
	expect(messageFacts(call, shop)).toMatchObject({ offersRefusal: true, namesSender: true });
	expect(messageFacts({ ...call, text: 'Buongiorno!' }, shop)).toMatchObject({ namesSender: false });
	expect(messageFacts({ ...call, channel: 'letter' }, shop)).toEqual(textFacts(call.text, shop, undefined));
	expect(messageFacts({ ...call, text: 'Il visus è 7/10' }, shop).healthDetail).toBe(true);
});
