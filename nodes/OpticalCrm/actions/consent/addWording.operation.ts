import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { saveWording } from '../../../../lib/store/wordings';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Add Wording',
	value: 'addWording',
	action: 'Add a consent wording',
	description: 'Keep the text that customers are asked to agree to, under a version that consents then refer to',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Version', name: 'version', type: 'string', default: '', required: true, placeholder: 'e.g. 2026-01' },
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		description: 'Exactly as customers see it. It cannot be changed later: a new text takes a new version.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const given = (name: string) => String(context.getNodeParameter(name, index, '')).trim();
			const wording = await saveWording(store, given('version'), given('text'), now());
			answers.output[index] = { json: { ...wording } as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
