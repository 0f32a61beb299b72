import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Channel, Language } from '../../../../lib/domain/glossary';
import { saveOwnTemplate } from '../../../../lib/store/ownTemplates';
import { now } from '../../../shared/clock';
import { CHANNEL_OPTIONS, LANGUAGE_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Withdraw',
	value: 'remove',
	action: 'Withdraw a template of the shop',
	description: 'Use the package\'s own text again, where there is one. The versions stay, for the messages that were made from them.',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Template ID', name: 'templateId', type: 'string', default: '', required: true, placeholder: 'e.g. birthday' },
	{ displayName: 'Channel', name: 'channel', type: 'options', options: CHANNEL_OPTIONS, default: 'email' },
	{ displayName: 'Language', name: 'language', type: 'options', options: LANGUAGE_OPTIONS, default: 'it' },
	{ displayName: 'Who', name: 'who', type: 'string', default: '', required: true, placeholder: 'e.g. Chiara', description: 'Who withdrew it, for the record' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const text = (name: string) => String(context.getNodeParameter(name, index)).trim();
			const key = { id: text('templateId'), channel: text('channel') as Channel, language: text('language') as Language };
			const version = await saveOwnTemplate(store, key, null, text('who'), now());
			answers.output[index] = { json: { ...key, version, own: false }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
