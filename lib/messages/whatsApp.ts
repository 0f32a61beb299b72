import type { WhatsAppTemplateUse } from '../domain/messageExtra';
import { CrmError } from '../domain/errors';
import type { AccountTemplate, MetaCategory } from '../domain/whatsApp';
import { cleanLine, withoutMarkup } from './clean';
import { webAddress } from './paragraphs';
import { nameOf, type Template, type WhatsAppFrame } from './template';
import { declaredValues, type MessageVariables } from './values';
import { metaBodies, type MetaBody } from './whatsAppBody';
import { bodyProblems, frameProblems, type MetaButton } from './whatsAppLimits';

/** What is submitted to Meta, as its API takes it. */
export interface MetaTemplate {
	name: string;
	language: string;
	category: MetaCategory;
	parameter_format: 'NAMED';
	components: object[];
}

/** What a shop puts into a template before it is submitted. */
export interface ShopFrame {
	/** Where buttons with an address of each customer lead: the part that is the same for all, such as `https://crm.example/`. */
	linkBase?: string;
	/** E.164; for a button that calls the shop. */
	phone?: string;
}

/**
 * What one submits to Meta so that a template can be sent: one template, or one for each form of address (`<name>_lei` and `<name>_tu`). A file on top lacks the sample that
 * Meta wants to see.
 * @throws CrmError that lists all that Meta would refuse
 */
export function metaTemplates(template: Template, shop: ShopFrame): MetaTemplate[] {
	const { header, media, footer, category } = frameOf(template);
	const buttons = metaButtons(template, shop);
	const bodies = metaBodies(template);
	const problems = [...new Set([...bodies.flatMap(bodyProblems), ...frameProblems({ header, footer, buttons })])];
	if (problems.length > 0) {
		throw new CrmError(`Meta would refuse the template ${nameOf(template)}: ${problems.join('; ')}.`, 'Correct the text, and submit it again.');
	}
	const examples = exampleValues(template);
	return bodies.map((body) => ({
		name: metaNameOf(template, body),
		language: template.locale,
		category,
		parameter_format: 'NAMED',
		components: [
			...(media ? [{ type: 'HEADER', format: media.kind.toUpperCase() }] : header ? [{ type: 'HEADER', format: 'TEXT', text: header }] : []),
			{
				type: 'BODY',
				text: body.text,
				...(body.slots.length > 0 && { example: { body_text_named_params: body.slots.map((slot) => ({ param_name: slot.name, example: slot.write(examples) })) } }),
			},
			...(footer ? [{ type: 'FOOTER', text: footer }] : []),
			...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons }] : []),
		],
	}));
}

/**
 * A template filled in for one customer, as it is sent.
 * @param account what the account has; it tells where the buttons' addresses begin
 * @throws CrmError if a variable is missing, is not what the template declares, or an address does not begin as Meta has approved it
 */
export function whatsAppUse(template: Template, variables: MessageVariables, account: readonly AccountTemplate[] = []): WhatsAppTemplateUse {
	const values = declaredValues(template, variables);
	const bodies = metaBodies(template);
	const body = bodies.find(({ formality }) => formality === undefined || formality === values.customer?.formality) ?? bodies[0];
	return useOf(template, body, values, account);
}

/** A template filled in with its examples, in all its forms: what tells whether it fits what the account has. */
export function exampleUses(template: Template): WhatsAppTemplateUse[] {
	return metaBodies(template).map((body) => useOf(template, body, exampleValues(template), []));
}

function useOf(template: Template, body: MetaBody, values: Record<string, Record<string, unknown>>, account: readonly AccountTemplate[]): WhatsAppTemplateUse {
	const { category, media, buttons = [] } = frameOf(template);
	const name = metaNameOf(template, body);
	const known = account.find((each) => each.name === name && each.language === template.locale);
	const links = buttons.flatMap(({ kind, url = '' }, index) => {
		if (kind !== 'url' || webAddress(url)) return [];
		const address = valueOf(values, url);
		const base = known?.urlButtons.find((button) => button.index === index)?.base ?? originOf(address);
		if (base === undefined || !address.startsWith(base)) {
			throw new CrmError(`The address ${url} of the template ${nameOf(template)} does not begin as Meta has approved it.`, 'Submit the template again with the right address, or correct the address in the shop.');
		}
		return [{ index, kind: 'url' as const, parameter: address.slice(base.length) }];
	});
	return {
		name,
		language: template.locale,
		category: known?.category ?? category,
		parameterFormat: 'NAMED',
		...(media && { header: media }),
		body: body.slots.map((slot) => ({ name: slot.name, text: cleanParameter(slot.write(values)) })),
		...(links.length > 0 && { buttons: links }),
	};
}

/**
 * A value as Meta takes it: no line breaks, tabs or runs of spaces (132018), and no marks that WhatsApp would read as bold, italic, struck out or
 * code. Addresses stay as they are.
 */
export function cleanParameter(value: string): string {
	const line = cleanLine(value);
	return webAddress(line) ? line : withoutMarkup(line);
}

function frameOf(template: Template): WhatsAppFrame {
	if (template.whatsApp) return template.whatsApp;
	throw new CrmError(`The template ${nameOf(template)} does not say how Meta knows it.`, 'Add "whatsApp" with name and category to its front matter.');
}

function metaNameOf(template: Template, { formality }: MetaBody): string {
	const { name } = frameOf(template);
	return formality ? `${name}_${formality}` : name;
}

function metaButtons(template: Template, { linkBase, phone }: ShopFrame): MetaButton[] {
	const examples = exampleValues(template);
	return (frameOf(template).buttons ?? []).map(({ kind, label, url = '' }): MetaButton => {
		if (kind === 'reply') return { type: 'QUICK_REPLY', text: label };
		if (kind === 'phone') {
			if (!phone) throw new CrmError('The button that calls the shop needs its phone number.', 'Enter it with Optical CRM > Shop > Create or Update.');
			return { type: 'PHONE_NUMBER', text: label, phone_number: phone };
		}
		if (webAddress(url)) return { type: 'URL', text: label, url };
		const example = valueOf(examples, url);
		const base = linkBase ?? originOf(example);
		const end = example.slice((originOf(example) ?? '').length);
		return { type: 'URL', text: label, url: `${base}{{1}}`, example: [end] };
	});
}

/** `https://host/` of an address. */
function originOf(address: string): string | undefined {
	return webAddress(address) && address.startsWith(`${new URL(address).origin}/`) ? `${new URL(address).origin}/` : undefined;
}

function exampleValues({ variables }: Template): Record<string, Record<string, unknown>> {
	const values: Record<string, Record<string, unknown>> = {};
	for (const { group, field, example } of variables) (values[group] ??= {})[field] = example;
	return values;
}

/** The value of a variable by its name, such as `link.booking`. */
function valueOf(values: Record<string, Record<string, unknown>>, name: string): string {
	const [group, field] = name.split('.');
	return String(values[group]?.[field] ?? '');
}
