import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { fetchAccount } from '../../../../lib/channels/whatsApp/account';
import { fetchTemplates } from '../../../../lib/channels/whatsApp/templates';
import { ownTemplates } from '../../../../lib/store/ownTemplates';
import { saveWhatsAppAccount, saveWhatsAppTemplates } from '../../../../lib/store/whatsApp/whatsAppAccount';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { metaOf } from './meta';
import { problemsOfOurs } from './ourTemplates';

export const option = {
	name: 'Sync Templates',
	value: 'syncTemplates',
	action: 'Sync WhatsApp templates',
	description: 'Fetch from Meta which templates there are, in which state, category and quality; only approved ones are sent. Run it every day. What should be looked at stands in "alerts". It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const { settings, http } = await metaOf(context);
	const account = await fetchAccount(settings, http, now());
	const templates = await fetchTemplates(settings, http);
	await saveWhatsAppAccount(store, account);
	const told = await saveWhatsAppTemplates(store, settings.wabaId, templates, now());
	const problems = problemsOfOurs(await ownTemplates(store), templates);
	const about = (name: string, language: string) => ({
		alerts: told.filter((alert) => alert.template === name && alert.language === language).map(({ what }) => what),
		problems: problems.filter((problem) => problem.name === name && problem.language === language).map(({ problem }) => problem),
	});
	const missing = problems.filter(({ problem }) => problem === 'MISSING').map(({ templateId, name, language, problem }) => ({ name, language, state: 'MISSING', templateId, alerts: [], problems: [problem] }));
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [[...templates.map((template) => ({ ...template, ...about(template.name, template.language) })), ...missing].map((json) => ({ json: { ...json } as IDataObject, pairedItem }))];
}
