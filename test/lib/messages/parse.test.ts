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
	[{ subject: undefined }, '"subject" should be there'],
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
