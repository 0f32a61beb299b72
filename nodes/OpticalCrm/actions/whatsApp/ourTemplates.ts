import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Language } from '../../../../lib/domain/glossary';
import type { OwnTemplate } from '../../../../lib/domain/ownTemplate';
import type { Shop } from '../../../../lib/domain/shop';
import type { AccountTemplate } from '../../../../lib/domain/whatsApp';
import { templateMismatch } from '../../../../lib/domain/whatsApp';
import { listTemplates, loadTemplate, readOwn } from '../../../../lib/messages/load';
import type { Template } from '../../../../lib/messages/template';
import { exampleUses, type ShopFrame } from '../../../../lib/messages/whatsApp';
import { LANGUAGE_OPTIONS } from '../../../shared/options';

/** Chooses one of our templates. */
export const templateFields: INodeProperties[] = [
	{ displayName: 'Template ID', name: 'templateId', type: 'string', default: '', required: true, placeholder: 'e.g. birthday', description: 'Of one of our WhatsApp templates; Template > Get Many shows them all' },
	{ displayName: 'Language', name: 'language', type: 'options', options: LANGUAGE_OPTIONS, default: 'it' },
];

/** The template that an item names, in this very language. */
export function chosenTemplate(context: IExecuteFunctions, index: number, own: readonly OwnTemplate[]): Template {
	const [id, language] = [String(context.getNodeParameter('templateId', index)).trim(), context.getNodeParameter('language', index) as Language];
	return loadTemplate(id, 'whatsapp', language, language, own);
}

/** What the shop puts into a template: where its customers' links lead, and its number. */
export function frameOf({ customerPageUrl, phone }: Shop): ShopFrame {
	return { ...(customerPageUrl && URL.canParse(customerPageUrl) && { linkBase: `${new URL(customerPageUrl).origin}/` }), phone };
}

/** Something about a template that somebody should look at. */
export interface TemplateProblem {
	templateId: string;
	name: string;
	language: string;
	/** `MISSING` at Meta, a `MISMATCH` with what Meta has, or another `CATEGORY` there than the one that we ask for. */
	problem: string;
}

/** What of our WhatsApp templates does not stand at Meta as we would send it (RULES 31 and 37). */
export function problemsOfOurs(own: readonly OwnTemplate[], account: readonly AccountTemplate[]): TemplateProblem[] {
	const replaced = (template: Template) => own.some(({ id, channel, language }) => id === template.id && channel === template.channel && language === template.locale);
	const ours: Template[] = [...own.filter(({ channel }) => channel === 'whatsapp').map(readOwn), ...listTemplates().filter((template) => template.channel === 'whatsapp' && !replaced(template))];
	return ours.flatMap((template) => exampleUses(template).flatMap((use): TemplateProblem[] => {
		const known = account.find(({ name, language }) => name === use.name && language === use.language);
		const wrong = known && templateMismatch(use, known);
		const problem = !known ? 'MISSING' : wrong ? `MISMATCH: ${wrong}` : known.category !== use.category ? `CATEGORY: ${known.category} there, ${use.category} here` : undefined;
		return problem ? [{ templateId: template.id, name: use.name, language: use.language, problem }] : [];
	}));
}
