import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { LANGUAGES } from '../../../../lib/domain/glossary';
import { questionsOf } from '../../../../lib/replies/questions';
import { ownQuestions } from '../../../../lib/store/replies/frequentQuestions';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many frequent questions',
	description: 'Get the questions that are answered by a proposal: those of the package, and the shop\'s own in their place. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const own = await ownQuestions(await storeOf(context));
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [LANGUAGES.flatMap((language) => questionsOf(language, own)).map((question) => ({ json: { ...question, own: own.some(({ name, language }) => name === question.name && language === question.language) }, pairedItem }))];
}
