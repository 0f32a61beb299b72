import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { OWN_VERSIONS_FROM } from '../../../../lib/domain/ownTemplate';
import { readOwn, templateKey } from '../../../../lib/messages/load';
import { saveOwnTemplate } from '../../../../lib/store/ownTemplates';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a template',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'source',
		type: 'string',
		typeOptions: { rows: 20 },
		default: '',
		required: true,
		hint: 'Begin with a text of the package: Template > Get Many shows them all',
		description: 'Front matter between two lines of ---, then the text. It takes the place of the package\'s text of the same ID, channel and language; every change is a version of its own, and old messages keep theirs.',
	},
	{
		displayName: 'Who',
		name: 'who',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Chiara',
		description: 'Who wrote it, for the record',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const source = context.getNodeParameter('source', index) as string;
			const key = templateKey(source);
			// Refused here, and not when a message is to be written from it.
			const { class: messageClass, intent } = readOwn({ ...key, version: OWN_VERSIONS_FROM, source });
			const version = await saveOwnTemplate(store, key, source, context.getNodeParameter('who', index) as string, now());
			answers.output[index] = { json: { ...key, version, class: messageClass, intent, own: true }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
