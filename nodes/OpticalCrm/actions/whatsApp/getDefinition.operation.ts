import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { metaTemplates } from '../../../../lib/messages/whatsApp';
import { ownTemplates } from '../../../../lib/store/ownTemplates';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { chosenTemplate, frameOf, templateFields } from './ourTemplates';

export const option = {
	name: 'Get Definition',
	value: 'getDefinition',
	action: 'Get the definition of a WhatsApp template',
	description: 'Get one of our templates as Meta wants it, to look at it or to enter it by hand. A text with two forms of address gives two.',
};

export const fields: INodeProperties[] = templateFields;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const own = await ownTemplates(store);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const template = chosenTemplate(context, index, own);
			const definitions = metaTemplates(template, frameOf(store.shop)) as unknown as IDataObject[];
			answers.output[index] = { json: { templateId: template.id, language: template.locale, definitions }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
