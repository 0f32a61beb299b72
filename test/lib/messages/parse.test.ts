import { parse, stringify } from 'yaml';
import { CrmError } from '../../../lib/domain/errors';
import { parseTemplate } from '../../../lib/messages/parse';
import { renderMessage } from '../../../lib/messages/render';
import { variables } from './support';

const FRONT = `
id: recall.vision
version: 3
channel: email
class: recall
purpose: recall
intent: institutional
locale: it
subject: Per {{customer.firstName}}
mayHoldOffer: false
variables:
  customer.firstName: { type: text, required: true, example: Giulia }
  occasion.daysLate: { type: integer, required: false, example: 0 }
`;

const QUESTION = { id: 'comfort', question: 'Si trova bene?', answers: ['Sì', 'No'] };
const CALL = { channel: 'call', subject: undefined };
const WHATSAPP = { name: 'richiamo_vista', category: 'MARKETING', footer: 'Per non riceverne più, rispondere STOP.' };
const WHATSAPPED = (changes: object) => ({ channel: 'whatsapp', subject: undefined, whatsApp: { ...WHATSAPP, ...changes } });

function source(changes: Record<string, unknown> = {}, body = 'Ciao {{customer.firstName}}.'): string {
	return `---\n${stringify({ ...(parse(FRONT) as object), ...changes })}---\n${body}\n`;
}

function problem(text: string, parts = {}): string {
	try {
		parseTemplate(text, 'templates/it/x.hbs', parts);
	} catch (error) {
		expect(error).toBeInstanceOf(CrmError);
		expect((error as CrmError).howToGoOn).not.toBe('');
		return (error as CrmError).message;
	}
	return 'none';
}

it('reads a good template', () => {
	const template = parseTemplate(source(), 'x.hbs');
	expect(template).toMatchObject({ id: 'recall.vision', version: 3, channel: 'email', class: 'recall', locale: 'it', preheader: '', mayHoldOffer: false });
	expect(template.variables).toContainEqual({ group: 'customer', field: 'firstName', type: 'text', required: true, example: 'Giulia' });
	expect(renderMessage(template, variables())).toEqual({ subject: 'Per Giulia', preheader: '', body: 'Ciao Giulia.' });
});

it('reads files with Windows line ends and a byte order mark', () => {
	const template = parseTemplate(`\ufeff${source({}, 'Uno.\n\nDue.').replace(/\n/g, '\r\n')}`, 'x.hbs');
	expect(renderMessage(template, variables()).body).toBe('Uno.\n\nDue.');
});

it.each([
	[{ id: 'Recall Vision' }, '"id" should be'],
	[{ id: '../it/birthday' }, '"id" should be'],
	[{ version: 0 }, '"version" should be a whole number from 1'],
	[{ version: '1' }, '"version"'],
	[{ channel: 'fax' }, '"channel" should be one of email, sms'],
	[{ class: undefined }, '"class" should be one of service'],
	[{ purpose: 'x' }, '"purpose" should be one of'],
	[{ purpose: 'service' }, '"purpose" should be recall or survey for the class recall'],
	[{ intent: 1 }, '"intent"'],
	[{ locale: 'de' }, '"locale" should be one of it, en'],
	[{ subject: undefined }, '"subject" should be there: an e-mail needs one'],
	[{ channel: 'letter', subject: undefined }, '"subject" should be there: a letter needs one'],
	[{ channel: 'push', subject: undefined }, '"subject" should be there: a push notification needs one'],
	[{ channel: 'sms' }, '"subject" should not be there: an SMS has none'],
	[{ channel: 'call' }, '"subject" should not be there: a call has none'],
	[{ channel: 'letter', preheader: 'Per lei' }, '"preheader" should not be there: a letter has none'],
	[{ questions: [QUESTION] }, '"questions" should not be there: an e-mail has none'],
	[{ link: 'link.booking' }, '"link" should not be there: an e-mail has none'],
	[{ whatsApp: WHATSAPP }, '"whatsApp" should not be there: an e-mail has none'],
	[{ ...CALL, questions: [] }, '"questions" should be a list, each entry as in { id: comfort'],
	[{ ...CALL, questions: [{ ...QUESTION, answers: ['Sì'] }] }, '"questions" should be'],
	[{ ...CALL, questions: [{ ...QUESTION, answers: ['Sì', 'Sì'] }] }, '"questions" should be'],
	[{ ...CALL, questions: [{ ...QUESTION, question: 'Come va, {{customer.firstName}}?' }] }, '"questions" should be'],
	[{ ...CALL, questions: [{ ...QUESTION, id: 'Com Fort' }] }, '"questions" should be'],
	[{ ...CALL, questions: [{ ...QUESTION, colour: 'red' }] }, '"questions" should be'],
	[{ channel: 'push', link: 'link.booking' }, '"link" should be the name of a declared variable of the type url'],
	[{ channel: 'push', link: 'customer.firstName' }, '"link" should be the name of a declared variable of the type url'],
	[{ channel: 'push', link: 'https://x.example' }, '"link" should be the name'],
	[{ channel: 'whatsapp', subject: undefined }, '"whatsApp" should be there: Meta approves a template by name and category'],
	[{ ...WHATSAPPED({ name: 'Richiamo vista' }) }, '"whatsApp.name" should be lower-case letters'],
	[{ ...WHATSAPPED({ category: 'SERVICE' }) }, '"whatsApp.category" should be one of MARKETING, UTILITY'],
	[{ ...WHATSAPPED({ category: 'UTILITY' }) }, '"whatsApp.category" should be MARKETING'],
	[{ ...WHATSAPPED({ header: 'x'.repeat(61) }) }, '"whatsApp.header" should be'],
	[{ ...WHATSAPPED({ header: 'Per {{customer.firstName}}' }) }, '"whatsApp.header" should be a text of one line without placeholders'],
	...[{ kind: 'sticker', link: 'https://a.example/a.jpg' }, { kind: 'image', link: 'http://a.example/a.jpg' }, { kind: 'image' }, { kind: 'image', link: 'https://a.example/{{shop.name}}' }, 'https://a.example/a.jpg'].map(
		(media): [Record<string, unknown>, string] => [{ ...WHATSAPPED({ media }) }, '"whatsApp.media" should be as in'],
	),
	[{ ...WHATSAPPED({ header: 'Auguri', media: { kind: 'image', link: 'https://a.example/a.jpg' } }) }, '"whatsApp.header" should not be there beside "whatsApp.media"'],
	[{ ...WHATSAPPED({ footer: undefined }) }, '"whatsApp.footer" should say how to refuse'],
	[{ ...WHATSAPPED({ footer: 'A presto' }) }, '"whatsApp.footer" should say how to refuse'],
	[{ ...WHATSAPPED({ colour: 'red' }) }, '"whatsApp.colour" is no field'],
	[{ ...WHATSAPPED({ buttons: [{ kind: 'shout', label: 'Sì' }] }) }, '"whatsApp.buttons" should be a list'],
	[{ ...WHATSAPPED({ buttons: [{ kind: 'reply', label: 'x'.repeat(26) }] }) }, '"whatsApp.buttons" should be a list'],
	[{ ...WHATSAPPED({ buttons: [{ kind: 'reply', label: 'Sì', url: 'https://x.example' }] }) }, '"whatsApp.buttons[0].url" should not be there'],
	[{ ...WHATSAPPED({ buttons: [{ kind: 'reply', label: 'Sì' }, { kind: 'url', label: 'Apri' }] }) }, '"whatsApp.buttons[1].url" should be an https address'],
	[{ ...WHATSAPPED({ buttons: [{ kind: 'url', label: 'Apri', url: 'http://x.example' }] }) }, '"whatsApp.buttons[0].url" should be an https address'],
	[{ ...WHATSAPPED({ buttons: [{ kind: 'url', label: 'Apri', url: 'link.booking' }] }) }, '"whatsApp.buttons[0].url" should be an https address'],
	[{ variables: { 'segments.names': { type: 'text', required: true, example: 'A' } } }, '"variables.segments.names" should be of one of the groups customer, occasion'],
	[{ variables: { 'constructor.name': { type: 'text', required: true, example: 'A' } } }, '"variables.constructor.name" should be of one of the groups'],
	[{ variables: { 'offer.time': { type: 'time', required: true, example: '25:00' } } }, '"variables.offer.time.example" should be a time'],
	[{ variables: { 'offer.priceCents': { type: 'money', required: true, example: 9.9 } } }, '"variables.offer.priceCents.example" should be an amount'],
	[{ variables: { 'link.booking': { type: 'url', required: true, example: 'ottica.example' } } }, '"variables.link.booking.example" should be a web address'],
	[{ subject: 'a\nb' }, '"subject" should be a text of one line'],
	[{ preheader: '' }, '"preheader" should be'],
	[{ mayHoldOffer: 'no' }, '"mayHoldOffer" should be true or false'],
	[{ mayHoldOffer: true }, 'an offer makes a message promotional'],
	[{ variables: ['customer.firstName'] }, '"variables" should be a list of names'],
	[{ variables: { firstName: {} } }, '"variables.firstName" should be named group.field'],
	[{ variables: { 'customer.firstName': 'text' } }, '"variables.customer.firstName" should have type'],
	[{ variables: { 'customer.firstName': { type: 'name', required: true, example: 'A' } } }, '"variables.customer.firstName.type" should be one of'],
	[{ variables: { 'customer.firstName': { type: 'text', required: 'yes', example: 'A' } } }, '"variables.customer.firstName.required" should be'],
	[{ variables: { 'customer.firstName': { type: 'text', required: true } } }, '"variables.customer.firstName.example" should be'],
	[{ variables: { 'customer.firstName': { type: 'date', required: true, example: '30/02/2026' } } }, '"variables.customer.firstName.example" should be a day'],
	[{ colour: 'red' }, '"colour" is no field; there are id, version'],
])('refuses %o', (changes, expected) => {
	expect(problem(source(changes))).toContain('templates/it/x.hbs: ');
	expect(problem(source(changes))).toContain(expected);
});

it('tells all wrong fields at once', () => {
	expect(problem(source({ version: 0, locale: 'de' }))).toMatch(/"version".*"locale"/);
});

it.each([
	['Ciao', 'there is no front matter'],
	['---\nid: x\nCiao', 'there is no front matter'],
	['---\nid: [x\n---\nCiao', 'not valid YAML'],
	['---\njust a text\n---\nCiao', 'holds no fields'],
	[source({}, ''), 'there is no text'],
])('refuses a file that is no template: %j', (text, expected) => {
	expect(problem(text)).toContain(expected);
});

it.each([
	['{{customer.lastName}}', 'line 1: customer.lastName is not among its variables'],
	['Uno\n{{#if (eq customer.sex "F")}}{{/if}}', 'line 2: customer.sex is not among its variables'],
	['{{#if customer.firstName}}{{else}}{{shop.name}}{{/if}}', 'shop.name is not'],
	['{{constructor}}', 'constructor is not'],
	['{{customer.constructor}}', 'customer.constructor is not'],
	['{{__proto__.polluted}}', '__proto__.polluted is not'],
	['{{../customer.firstName}}', '../customer.firstName is not'],
	['{{this}}', 'this is not'],
	['{{@root.shop.policy}}', '@root.shop.policy is not'],
	['{{lookup customer "firstName"}}', 'lookup is no helper'],
	['{{#each customer}}{{/each}}', 'each is no helper'],
	['{{#with customer}}{{/with}}', 'with is no helper'],
	['{{log customer.firstName}}', 'log is no helper'],
	['{{shout customer.firstName}}', 'shout is no helper'],
	['{{#if customer.firstName includeZero=true}}{{/if}}', 'no named arguments'],
	['{{> secret}}', 'there is no part secret'],
	['{{> (lookup customer "firstName")}}', 'there is no part'],
	['{{#> salutation}}{{/salutation}}', 'blocks with >'],
	['{{* decorator}}', 'decorators'],
	['{{#*inline "x"}}{{/inline}}', 'decorators'],
	['{{#if customer.firstName}}', 'Parse error'],
	['{{customer.firstName', 'Parse error'],
])('refuses the text %j', (body, expected) => {
	expect(problem(source({}, body))).toContain(expected);
});

it('checks what a part uses, and a part that includes itself', () => {
	const text = source({}, '{{> hello}}.');
	const template = parseTemplate(text, 'x.hbs', { hello: 'Ciao {{> who}}', who: '{{customer.firstName}}' });
	expect(renderMessage(template, variables()).body).toBe('Ciao Giulia.');
	expect(problem(text, { hello: '{{shop.email}}' })).toContain('shop.email is not among its variables');
	expect(problem(text, { hello: '{{> hello}}' })).toContain('there is no part hello, or it includes itself');
});

it('reads no text of unreasonable length', () => {
	expect(problem(source({}, 'x'.repeat(40_000)))).toMatch(/40\d{3} characters; at most 30000/);
});

it.each([
	['{{money 34900}}', '349 €'],
	['{{money 34950}}', '349,50 €'],
	['{{plural 1 "mese" "mesi"}}, {{plural 3 "mese" "mesi"}}, {{plural 0 "mese" "mesi"}}', 'mese, mesi, mesi'],
])('writes %s', (body, expected) => {
	expect(renderMessage(parseTemplate(source({}, `${body} {{customer.firstName}}`), 'x.hbs'), variables()).body.replaceAll('\u00a0', ' ')).toBe(`${expected} Giulia`);
});

it.each([
	['{{date "2026-11-22" "cccc d MMMM"}}', 'domenica 22 novembre'],
	['{{time "15:05" "H:mm"}}', '15:05'],
	['{{#if customer.firstName}}{{date occasion.since "d"}}{{time offer.time "H"}}{{money offer.priceCents}}{{/if}}.', '.'],
])('writes %s, and nothing where an optional value is absent', (body, expected) => {
	const optional = (type: string, example: unknown) => ({ type, required: false, example });
	const declared = { 'customer.firstName': optional('text', 'Giulia'), 'occasion.since': optional('date', '2026-01-01'), 'offer.time': optional('time', '10:00'), 'offer.priceCents': optional('money', 1) };
	expect(renderMessage(parseTemplate(source({ subject: 'x', variables: declared }, body), 'x.hbs'), variables()).body).toBe(expected);
});

it('writes a time as the language does', () => {
	expect(renderMessage(parseTemplate(source({ locale: 'en' }, '{{time "15:05" "h:mm a"}}'), 'x.hbs'), variables()).body.toLowerCase()).toBe('3:05 pm');
});

it('reads what each channel has besides a text', () => {
	expect(parseTemplate(source({ ...CALL, questions: [QUESTION] }), 'x.hbs').questions).toEqual([QUESTION]);
	const booking = { 'customer.firstName': { type: 'text', required: true, example: 'Giulia' }, 'link.booking': { type: 'url', required: false, example: 'https://x.example' } };
	expect(parseTemplate(source({ channel: 'push', link: 'link.booking', variables: booking }), 'x.hbs').link).toBe('link.booking');
	const shopName = { 'shop.name': { type: 'text', required: true, example: 'Ottica' } };
	const buttons = [{ kind: 'url', label: 'Prenota', url: 'link.booking' }, { kind: 'url', label: 'Sito', url: 'https://x.example/a' }, { kind: 'reply', label: 'STOP' }];
	const whatsApp = source({ ...WHATSAPPED({ buttons }), variables: { ...shopName, 'link.booking': { ...booking['link.booking'], required: true } } }, 'Tanti cari saluti da {{shop.name}}, a presto.');
	expect(parseTemplate(whatsApp, 'x.hbs').whatsApp).toEqual({ ...WHATSAPP, buttons });
	expect(parseTemplate(source({ ...WHATSAPPED({}), class: 'service', purpose: 'service', whatsApp: { name: 'x', category: 'UTILITY' }, variables: shopName }, 'Tanti cari saluti da {{shop.name}}, a presto.'), 'x.hbs').whatsApp).toEqual({ name: 'x', category: 'UTILITY' });
});

it('wants a WhatsApp text to name the shop: nothing is put around it', () => {
	expect(problem(source(WHATSAPPED({}), 'Tanti cari saluti a {{customer.firstName}} da noi.'))).toContain('body, it should name the shop with {{shop.name}} (rule 6)');
	expect(problem(source(WHATSAPPED({ buttons: [{ kind: 'url', label: 'Apri', url: 'link.booking' }] })))).toContain('declared and required variable');
});

it('reads no text that its parts make unreasonably long', () => {
	expect(problem(source({}, '{{> hello}}'.repeat(700)), { hello: 'x'.repeat(100) })).toMatch(/with its parts the text has 70\d{3} characters; at most 60000/);
});

it('reads and fills in the longest text that it takes in a moment', () => {
	const body = '{{#if (multipleOf occasion.daysLate 3)}}{{customer.firstName}}{{else}}-{{/if}}'.repeat(370);
	const before = process.cpuUsage();
	const template = parseTemplate(source({}, body), 'x.hbs');
	expect(renderMessage(template, variables()).body).toHaveLength(370 * 'Giulia'.length);
	const { user, system } = process.cpuUsage(before);
	expect(user + system).toBeLessThan(2_000_000);
});

it.each([
	['{{customer.firstName}}, tanti auguri da {{shop.name}} e da tutti noi.', 'body, the text begins with something to fill in'],
	['Tanti auguri da {{shop.name}}.{{#if customer.firstName}} Ciao!{{/if}}', 'it may choose by {{#if (eq customer.formality "lei")}}'],
	['Tanti auguri da tutti noi di {{shop.name}}, e {{plural 2 "uno" "due"}} saluti.', 'plural chooses between texts'],
])('refuses for WhatsApp what Meta would refuse: %s', (body, expected) => {
	const declared = { 'customer.firstName': { type: 'text', required: true, example: 'Giulia' }, 'shop.name': { type: 'text', required: true, example: 'Ottica' } };
	expect(problem(source({ ...WHATSAPPED({}), variables: declared }, body))).toContain(expected);
});
