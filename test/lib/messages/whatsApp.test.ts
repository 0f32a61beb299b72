import { templateMismatch, type AccountTemplate } from '../../../lib/domain/whatsApp';
import { listTemplates } from '../../../lib/messages/load';
import { parseTemplate } from '../../../lib/messages/parse';
import { cleanParameter, exampleUses, metaTemplates, whatsAppUse } from '../../../lib/messages/whatsApp';
import type { Template, WhatsAppFrame } from '../../../lib/messages/template';
import { shop, variables } from './support';

const FRONT = `---
id: order.ready
version: 1
channel: whatsapp
class: service
purpose: service
intent: institutional
locale: it
mayHoldOffer: false
whatsApp: { name: ordine_pronto, category: UTILITY }
variables:
  customer.firstName: { type: text, required: true, example: Giulia }
  customer.formality: { type: formality, required: true, example: lei }
  customer.title: { type: text, required: false, example: Dott.ssa }
  occasion.dueOn: { type: date, required: true, example: '2026-11-22' }
  shop.name: { type: text, required: true, example: Ottica Prova }
  shop.website: { type: url, required: false, example: 'https://ottica.example/prenota?c=1' }
---
`;
const FRAME: WhatsAppFrame = { name: 'ordine_pronto', category: 'UTILITY' };
const TWO_FORMS = `Buongiorno {{customer.firstName}},

{{#if (eq customer.formality "lei")}}
i suoi occhiali sono pronti da {{shop.name}} dal {{date occasion.dueOn "d MMMM"}}. La aspettiamo quando le fa comodo, senza fretta.
{{else}}
i tuoi occhiali sono pronti da {{shop.name}} dal {{date occasion.dueOn "d MMMM"}}. Ti aspettiamo quando ti fa comodo, senza fretta.
{{/if}}`;
const ONE_FORM = 'Buongiorno {{customer.firstName}}, gli occhiali sono pronti da {{shop.name}} e vi aspettiamo quando volete.';

/** Texts that a file could not hold are asked for too. */
const BASE = parseTemplate(`${FRONT}Buongiorno {{customer.firstName}}, tanti cari saluti da {{shop.name}}, a presto.`, 'test');

const template = (text: string, frame: Partial<WhatsAppFrame> = {}): Template => ({ ...BASE, body: text, whatsApp: { ...FRAME, ...frame } });
const account = (changes: Partial<AccountTemplate> = {}): AccountTemplate => ({
	id: '1', name: 'ordine_pronto_lei', language: 'it', state: 'APPROVED', category: 'UTILITY', parameterFormat: 'NAMED', header: 'none', headerParameters: [],
	bodyParameters: ['customer_first_name', 'shop_name', 'occasion_due_on'], urlButtons: [], quality: 'GREEN', ...changes,
});

describe('what is submitted to Meta', () => {
	it('is one template for each form of address, with examples', () => {
		const [lei, tu, ...others] = metaTemplates(template(TWO_FORMS, { footer: 'Ottica Prova', header: 'Pronti' }), {});
		expect(others).toEqual([]);
		expect(lei).toEqual({
			name: 'ordine_pronto_lei', language: 'it', category: 'UTILITY', parameter_format: 'NAMED',
			components: [
				{ type: 'HEADER', format: 'TEXT', text: 'Pronti' },
				{
					type: 'BODY',
					text: 'Buongiorno {{customer_first_name}},\n\ni suoi occhiali sono pronti da {{shop_name}} dal {{occasion_due_on}}. La aspettiamo quando le fa comodo, senza fretta.',
					example: { body_text_named_params: [{ param_name: 'customer_first_name', example: 'Giulia' }, { param_name: 'shop_name', example: 'Ottica Prova' }, { param_name: 'occasion_due_on', example: '22 novembre' }] },
				},
				{ type: 'FOOTER', text: 'Ottica Prova' },
			],
		});
		expect(tu).toMatchObject({ name: 'ordine_pronto_tu', components: [{}, { text: expect.stringContaining('i tuoi occhiali') }, {}] });
	});

	it('is one template where the text has one form, or turns the forms round', () => {
		expect(metaTemplates(template(ONE_FORM), {}).map(({ name }) => name)).toEqual(['ordine_pronto']);
		const turned = TWO_FORMS.replace('"lei"', '"tu"');
		expect(metaTemplates(template(turned), {}).map(({ name, components }) => [name, JSON.stringify(components).includes('i suoi occhiali')])).toEqual([['ordine_pronto_lei', false], ['ordine_pronto_tu', true]]);
	});

	it('holds the buttons as Meta takes them', () => {
		const buttons = [{ kind: 'reply' as const, label: 'Grazie' }, { kind: 'url' as const, label: 'Prenota', url: 'shop.website' }, { kind: 'url' as const, label: 'Orari', url: 'https://ottica.example/orari' }, { kind: 'phone' as const, label: 'Chiama' }];
		const [{ components }] = metaTemplates(template(ONE_FORM, { buttons }), { linkBase: 'https://crm.example/', phone: '+39055000000' });
		expect(components[1]).toEqual({
			type: 'BUTTONS',
			buttons: [
				{ type: 'QUICK_REPLY', text: 'Grazie' },
				{ type: 'URL', text: 'Prenota', url: 'https://crm.example/{{1}}', example: ['prenota?c=1'] },
				{ type: 'URL', text: 'Orari', url: 'https://ottica.example/orari' },
				{ type: 'PHONE_NUMBER', text: 'Chiama', phone_number: '+39055000000' },
			],
		});
		expect(() => metaTemplates(template(ONE_FORM, { buttons }), {})).toThrow(/needs its phone number/);
	});

	it.each<[string, string, RegExp]>([
		['another condition', 'Ciao {{customer.firstName}}, {{#if customer.title}}buona{{/if}} giornata a tutti voi.', /may choose by/],
		['a condition inside', TWO_FORMS.replace('La aspettiamo', '{{#if customer.title}}La{{/if}} aspettiamo'), /no other condition/],
		['a choice without the other form', 'Ciao a voi tutti {{#if (eq customer.formality "lei")}}e a lei{{/if}} di nuovo.', /may choose by/],
		['two choices', `${TWO_FORMS}\n\n${TWO_FORMS}`, /chooses more than once/],
		['a helper that chooses', 'Ciao {{plural 1 "a" "b"}} e buona giornata a tutti.', /plural chooses between texts/],
		['something that may be empty', 'Gentile {{customer.title}} la aspettiamo in negozio.', /customer\.title should be required/],
		['a day without its form', 'Gli occhiali sono pronti dal {{occasion.dueOn}} in negozio da noi.', /should be written by a helper/],
		['one day in two forms', 'Dal {{date occasion.dueOn "d MMMM"}} siamo aperti, e poi dal {{date occasion.dueOn "d"}} anche la sera fino a tardi.', /in two ways/],
	])('is not %s', (_, text, why) => {
		expect(() => metaTemplates(template(text), {})).toThrow(why);
		expect(() => whatsAppUse(template(text), variables())).toThrow(why);
	});

	it.each<[string, string, Partial<WhatsAppFrame>, RegExp]>([
		['something to fill in at the start', '{{customer.firstName}}, gli occhiali sono pronti in negozio.', {}, /begins with/],
		['behind marks only', '«{{customer.firstName}}», gli occhiali sono pronti in negozio.', {}, /begins with/],
		['at the end', 'Gli occhiali sono pronti in negozio da noi, {{customer.firstName}}!', {}, /ends with/],
		['side by side', 'Gli occhiali sono pronti per {{customer.firstName}} {{shop.name}} in negozio da noi, quando volete.', {}, /no text between/],
		['too much for so few words', 'Buongiorno {{customer.firstName}} da {{shop.name}} oggi.', {}, /too many for 3 words/],
		['a long text', `Gli occhiali ${'sono pronti '.repeat(100)}.`, {}, /has 1214 characters/],
		['a long header', ONE_FORM, { header: 'a'.repeat(61) }, /header has more than 60/],
		['a bold header', ONE_FORM, { header: '*Pronti*' }, /mark or a line break/],
		['a long footer', ONE_FORM, { footer: 'a'.repeat(61) }, /footer has more than 60/],
		['a place in the footer', ONE_FORM, { footer: '{{shop.name}}' }, /nothing to fill in/],
		['a long label', ONE_FORM, { buttons: [{ kind: 'reply', label: 'a'.repeat(26) }] }, /label has more than 25/],
		['eleven buttons', ONE_FORM, { buttons: Array.from({ length: 11 }, () => ({ kind: 'reply' as const, label: 'a' })) }, /more than 10 buttons/],
		['three addresses', ONE_FORM, { buttons: [1, 2, 3].map(() => ({ kind: 'url' as const, label: 'a', url: 'https://a.example/' })) }, /more than 2 buttons with an address/],
		['two that call', ONE_FORM, { buttons: [1, 2].map(() => ({ kind: 'phone' as const, label: 'a' })) }, /more than 1 button that calls/],
		['buttons mixed', ONE_FORM, { buttons: [{ kind: 'reply', label: 'a' }, { kind: 'phone', label: 'b' }, { kind: 'reply', label: 'c' }] }, /are mixed/],
	])('is refused before Meta refuses it: %s', (_, text, frame, why) => {
		expect(() => metaTemplates(template(text, frame), { phone: '+39055000000' })).toThrow(why);
	});

	it('needs a name at Meta', () => {
		expect(() => metaTemplates({ ...template(ONE_FORM), whatsApp: undefined }, {})).toThrow(/does not say how Meta knows it/);
	});
});

it('takes every template of the package as Meta would', () => {
	const ours = listTemplates().filter(({ channel }) => channel === 'whatsapp');
	expect(ours.length).toBeGreaterThan(1);
	for (const each of ours) expect(metaTemplates(each, { phone: '+39055000000' }).length).toBeGreaterThan(0);
	const names = ours.flatMap((each) => metaTemplates(each, { phone: '+39055000000' }).map(({ name, language }) => `${name} ${language}`));
	expect(new Set(names).size).toBe(names.length);
});

describe('a template filled in', () => {
	it('is the form of address of the customer, with clean values', () => {
		expect(whatsAppUse(template(TWO_FORMS), variables({ firstName: 'Giulia  *Maria*' }))).toEqual({
			name: 'ordine_pronto_lei', language: 'it', category: 'UTILITY', parameterFormat: 'NAMED',
			body: [{ name: 'customer_first_name', text: 'Giulia Maria' }, { name: 'shop_name', text: 'Ottica Bellavista & Figli' }, { name: 'occasion_due_on', text: '22 novembre' }],
		});
		expect(whatsAppUse(template(TWO_FORMS), variables({ formality: 'tu' })).name).toBe('ordine_pronto_tu');
	}, 10_000);

	it('takes the category that Meta has given it', () => {
		expect(whatsAppUse(template(TWO_FORMS), variables(), [account({ category: 'MARKETING' })]).category).toBe('MARKETING');
	});

	it('sends the end of an address, as far as Meta knows the beginning', () => {
		const withLink = template(ONE_FORM, { buttons: [{ kind: 'reply', label: 'Grazie' }, { kind: 'url', label: 'Prenota', url: 'shop.website' }] });
		const at = (website: string) => ({ ...variables(), shop: { ...shop, website } });
		const known = account({ name: 'ordine_pronto', urlButtons: [{ index: 1, base: 'https://crm.example/webhook/' }] });
		expect(whatsAppUse(withLink, at('https://crm.example/webhook/r/a_b?c=1')).buttons).toEqual([{ index: 1, kind: 'url', parameter: 'webhook/r/a_b?c=1' }]);
		expect(whatsAppUse(withLink, at('https://crm.example/webhook/r/a_b?c=1'), [known]).buttons).toEqual([{ index: 1, kind: 'url', parameter: 'r/a_b?c=1' }]);
		expect(() => whatsAppUse(withLink, at('https://other.example/r'), [known])).toThrow(/does not begin as Meta has approved/);
	});

	it('wants what the template wants', () => {
		expect(() => whatsAppUse(template(ONE_FORM), variables({ firstName: '' }))).toThrow(/customer\.firstName/);
	});
});

it.each([
	['one\nline\twith    spaces', 'one line with spaces'],
	['*bold* _italic_ ~gone~ `code`', 'bold italic gone code'],
	['https://crm.example/r/a_b*c', 'https://crm.example/r/a_b*c'],
	['a\u202eb\u200bc', 'abc'],
])('cleans a value: %j', (given, clean) => expect(cleanParameter(given)).toBe(clean));

describe('what the account has and what we send', () => {
	const use = () => whatsAppUse(template(TWO_FORMS), variables());
	it('fit, whatever the order', () => {
		expect(templateMismatch(use(), account())).toBeUndefined();
		expect(templateMismatch(use(), account({ bodyParameters: ['occasion_due_on', 'customer_first_name', 'shop_name'], header: 'text' }))).toBeUndefined();
		expect(exampleUses(template(TWO_FORMS)).map((each) => templateMismatch(each, account()))).toEqual([undefined, undefined]);
	});
	it.each<[string, Partial<AccountTemplate>, RegExp]>([
		['one parameter less', { bodyParameters: ['customer_first_name', 'shop_name'] }, /the body takes customer_first_name, shop_name there, customer_first_name, shop_name, occasion_due_on here/],
		['one of another name', { bodyParameters: ['customer_first_name', 'shop_name', 'day'] }, /the body takes/],
		['numbers for names', { parameterFormat: 'POSITIONAL', bodyParameters: ['1', '2', '3'] }, /POSITIONAL there, NAMED here/],
		['a picture', { header: 'image' }, /header is image there, none here/],
		['a parameter in the header', { header: 'text', headerParameters: ['name'] }, /the header takes name there, nothing here/],
		['a button with an address', { urlButtons: [{ index: 0, base: 'https://a.example/' }] }, /the buttons takes? 0 there/],
	])('do not fit: %s', (_, changes, why) => expect(templateMismatch(use(), account(changes))).toMatch(why));

	it.each(['image', 'video', 'document'] as const)('fit with a file on top, a %s, which is sent along and written into what is submitted', (kind) => {
		const media = { kind, link: 'https://ottica.example/vetrina' };
		const withFile = whatsAppUse(template(TWO_FORMS, { media }), variables());
		expect(withFile.header).toEqual(media);
		expect(templateMismatch(withFile, account({ header: kind }))).toBeUndefined();
		expect(templateMismatch(withFile, account())).toMatch(`its header is none there, ${kind} here`);
		expect(templateMismatch(withFile, account({ header: 'text' }))).toMatch(`its header is text there, ${kind} here`);
		expect(metaTemplates(template(TWO_FORMS, { media }), {})[0].components[0]).toEqual({ type: 'HEADER', format: kind.toUpperCase() });
	});

	it('do not fit where one is given twice', () => {
		const { body, ...rest } = use();
		expect(templateMismatch({ ...rest, body: [...body, body[0]] }, account())).toMatch(/the body takes/);
	});

	it('are counted where they have no names', () => {
		const positional = { ...use(), parameterFormat: 'POSITIONAL' as const, body: [{ text: 'a' }, { text: 'b' }] };
		expect(templateMismatch(positional, account({ parameterFormat: 'POSITIONAL', bodyParameters: ['1', '2'] }))).toBeUndefined();
		expect(templateMismatch(positional, account({ parameterFormat: 'POSITIONAL', bodyParameters: ['1', '2', '3'] }))).toMatch(/the body takes/);
	});
});
