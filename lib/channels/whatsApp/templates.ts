import { META_CATEGORIES, type AccountTemplate, type MetaCategory } from '../../domain/whatsApp';
import type { Http } from '../http';
import { askGraph } from './graph';
import { fields, text } from './inboundText';
import { graphUrl, type WhatsAppSettings } from './settings';

/* Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management, .../templates/components
   and .../reference/whatsapp-business-account/template-api */

const FIELDS = 'id,name,language,status,category,parameter_format,components,quality_score';
/** Templates asked for at once, and pages at most: an account holds 6,000. */
const PAGE = 200;
const MOST_PAGES = 100;

/**
 * All templates of the account, page by page.
 * @throws CrmError with Meta's own words
 */
export async function fetchTemplates(settings: WhatsAppSettings, http: Http): Promise<AccountTemplate[]> {
	const found: AccountTemplate[] = [];
	const url = graphUrl(settings, settings.wabaId, 'message_templates');
	for (let page = 0, after = ''; page < MOST_PAGES; page++) {
		const query = { fields: FIELDS, limit: String(PAGE), ...(after && { after }) };
		const body = await askGraph(http, 'The templates could not be fetched', { method: 'GET', url, query });
		found.push(...(Array.isArray(body.data) ? body.data.flatMap(templateOf) : []));
		const paging = fields(body.paging);
		// The address of the next page is not followed: it would lead wherever the answer says.
		after = paging.next ? text(fields(paging.cursors).after) : '';
		if (!after) break;
	}
	return found;
}

/**
 * Submits a template for Meta's approval.
 * @param definition as `metaTemplates` gives it
 * @returns the id, and the state and category that Meta gave it
 * @throws CrmError with Meta's own words
 */
export async function submitTemplate(settings: WhatsAppSettings, http: Http, definition: { name: string; language: string }): Promise<{ id: string; state: string; category: string }> {
	const url = graphUrl(settings, settings.wabaId, 'message_templates');
	const body = await askGraph(http, `The template ${definition.name} (${definition.language}) was not taken`, { method: 'POST', url, json: definition });
	return { id: text(body.id), state: text(body.status), category: text(body.category) };
}

function templateOf(given: unknown): AccountTemplate[] {
	const { id, name, language, status, category, parameter_format, components, quality_score } = fields(given);
	if (!name || !language || !META_CATEGORIES.includes(category as MetaCategory)) return [];
	const parts = (Array.isArray(components) ? components : []).map(fields);
	const part = (type: string) => parts.find((each) => text(each.type).toUpperCase() === type) ?? {};
	const header = part('HEADER');
	const buttons = part('BUTTONS').buttons;
	return [{
		id: text(id),
		name: text(name),
		language: text(language),
		state: text(status),
		category: category as MetaCategory,
		parameterFormat: text(parameter_format).toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
		header: headerKind(header),
		headerParameters: parametersIn(header),
		bodyParameters: parametersIn(part('BODY')),
		urlButtons: (Array.isArray(buttons) ? buttons : []).flatMap((button, index) => {
			// The placeholder stands at the end of the address, whatever it is called.
			const base = /^(.*)\{\{[^}]+\}\}$/.exec(text(fields(button).url))?.[1];
			return base === undefined ? [] : [{ index, base }];
		}),
		quality: text(fields(quality_score).score) || 'UNKNOWN',
	}];
}

function headerKind({ type, format }: Record<string, unknown>): AccountTemplate['header'] {
	if (!type) return 'none';
	const kind = text(format).toLowerCase();
	return kind === 'text' || kind === 'image' || kind === 'video' || kind === 'document' ? kind : 'other';
}

/** The placeholders of a text, each once. */
function parametersIn({ text: words }: Record<string, unknown>): string[] {
	return [...new Set([...text(words).matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/gi)].map(([, name]) => name as string))];
}
