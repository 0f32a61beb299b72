import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { isLocalDate } from '../../../../lib/domain/time';
import { OWN_DATE_NAME, saveOwnDates, type OwnDate } from '../../../../lib/store/customers/ownDates';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from './customerField';

export const option = {
	name: 'Set Date',
	value: 'setDate',
	action: 'Set a date of a customer',
	description: 'Keep a date of your own for a customer, such as the end of a guarantee: the Recall Due Trigger can start days before or after it',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Date Name',
		name: 'dateName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. guarantee-end',
		description: 'Small letters, digits and hyphens. A customer has one date of each name.',
	},
	{
		displayName: 'Day',
		name: 'day',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-22',
		description: 'The day as YYYY-MM-DD. Empty: the date is taken away.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const dates = (await chosenCustomers(context, store, answers)).flatMap(({ index, customer }): OwnDate[] => {
		const name = (context.getNodeParameter('dateName', index) as string).trim();
		const day = (context.getNodeParameter('day', index, '') as string).trim();
		if (!OWN_DATE_NAME.test(name) || (day !== '' && !isLocalDate(day))) {
			answers.fail(index, new CrmError('The name or the day of the date cannot be used', 'Name it like guarantee-end, and write the day as YYYY-MM-DD.'));
			return [];
		}
		answers.output[index] = { json: { customerId: customer.id, name, day: day || null }, pairedItem: { item: index } };
		return [{ customerId: customer.id, name, day: day || null }];
	});
	await saveOwnDates(store, dates, now());
	return [answers.output.filter(Boolean)];
}
