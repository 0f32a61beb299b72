import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { shopToday } from '../../../../lib/domain/shop';
import { isLocalDate } from '../../../../lib/domain/time';
import { recordAnswers, type Answer, type NewAnswer } from '../../../../lib/store/answers';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';

export const option = {
	name: 'Record Answer',
	value: 'recordAnswer',
	action: 'Record the answer of a customer',
	description: 'Record what a customer said when asked: it ends the contacts that ask, and a complaint about progressive lenses makes the call due at once',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Answer',
		name: 'answer',
		type: 'options',
		default: 'fine',
		options: [
			{ name: 'All Is Well', value: 'fine' },
			{ name: 'Something Else', value: 'other' },
			{ name: 'Something Is Wrong', value: 'wrong' },
		],
		description: 'What was said. The words themselves are not kept: they may be about health.',
	},
	{
		displayName: 'About',
		name: 'kind',
		type: 'string',
		default: 'progressive',
		required: true,
		description: 'The kind of the occasion that it answers, for example progressive or recall.vision',
	},
	{
		displayName: 'Answered On',
		name: 'answeredOn',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-22',
		description: 'The day of the answer; today when empty',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const chosen = await chosenCustomers(context, store, answers);
	const moment = now();
	const today = shopToday(store.shop, moment);
	const said = chosen.flatMap(({ index, customer }): NewAnswer[] => {
		const answeredOn = (context.getNodeParameter('answeredOn', index, '') as string).trim() || today;
		const kind = (context.getNodeParameter('kind', index) as string).trim();
		if (kind === '' || !isLocalDate(answeredOn) || answeredOn > today) {
			answers.fail(index, new CrmError('The answer has no kind, or its day is none of the past', 'Give the kind of the occasion, and the day as YYYY-MM-DD, not after today.'));
			return [];
		}
		const answer = { customerId: customer.id, kind, answer: context.getNodeParameter('answer', index) as Answer, answeredOn };
		answers.output[index] = { json: { ...answer }, pairedItem: { item: index } };
		return [answer];
	});
	await recordAnswers(store, said, moment);
	return [answers.output.filter(Boolean)];
}
