import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { fetchTemplates, submitTemplate } from '../../../../lib/channels/whatsApp/templates';
import { CrmError } from '../../../../lib/domain/errors';
import { metaTemplates } from '../../../../lib/messages/whatsApp';
import { ownTemplates } from '../../../../lib/store/ownTemplates';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { metaOf } from './meta';
import { chosenTemplate, frameOf, templateFields } from './ourTemplates';

export const option = {
	name: 'Submit Template',
	value: 'submitTemplate',
	action: 'Submit a WhatsApp template to meta',
	description: 'Ask Meta to approve one of our templates; what Meta has already is left as it is. Its answer may take a day: Sync Templates fetches it.',
};

export const fields: INodeProperties[] = templateFields;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const own = await ownTemplates(store);
	const { settings, http } = await metaOf(context);
	const there = await fetchTemplates(settings, http);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const template = chosenTemplate(context, index, own);
			const submitted: IDataObject[] = [];
			for (const definition of metaTemplates(template, frameOf(store.shop))) {
				const { name, language, category } = definition;
				const known = there.find((each) => each.name === name && each.language === language);
				if (known) submitted.push({ name, language, id: known.id, state: known.state, category: known.category, submitted: false });
				// Meta may take it for another category than was asked for, which costs more.
				else if (template.whatsApp?.media) throw new CrmError(`Meta wants to see a sample of the ${template.whatsApp.media.kind} of ${name} (${language}), which its API takes in from apps alone`, 'Create it in WhatsApp Manager as Get Definition writes it, with a sample file, and fetch it with Sync Templates.');
				else submitted.push({ name, language, ...(await submitTemplate(settings, http, definition)), askedCategory: category, submitted: true });
			}
			answers.output[index] = { json: { templateId: template.id, language: template.locale, templates: submitted }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
