import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import type { Language } from '../../../../lib/domain/glossary';
import { removeQuestion } from '../../../../lib/store/replies/frequentQuestions';
import { LANGUAGE_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Remove',
	value: 'remove',
	action: 'Remove a frequent question of the shop',
	description: 'Take one of the shop\'s own questions off the list; the package\'s question of that name counts again',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Name', name: 'name', type: 'string', default: '', required: true, placeholder: 'e.g. parking' },
	{ displayName: 'Language', name: 'language', type: 'options', options: LANGUAGE_OPTIONS, default: 'it' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const [name, language] = [String(context.getNodeParameter('name', index)).trim(), context.getNodeParameter('language', index) as Language];
			if (!(await removeQuestion(store, language, name))) throw new CrmError(`The shop has no question "${name}" of its own`, 'Question > Get Many shows which are the shop\'s own.');
			answers.output[index] = { json: { name, language, removed: true }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
