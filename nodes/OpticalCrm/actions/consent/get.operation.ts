import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { isLocalDate } from '../../../../lib/domain/time';
import { consentDetails, withDetails } from '../../../../lib/store/consentDetails';
import { consentHistory } from '../../../../lib/store/consents';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';
import { asItStood } from './asItStood';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get the consents of a customer',
	description: 'Get all that a customer ever said, and what was in force on a day',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'As of Day',
		name: 'day',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-22',
		description: 'Adds what was in force at the end of this day, from what the shop had recorded by then',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const chosen = await chosenCustomers(context, store, answers);
	const ids = chosen.map(({ customer }) => customer.id);
	const chains = await consentHistory(store, ids);
	const details = await consentDetails(store, ids);
	for (const { index, customer } of chosen) {
		const day = String(context.getNodeParameter('day', index, '')).trim();
		if (day && !isLocalDate(day)) {
			answers.fail(index, new CrmError('As of Day is no calendar day', 'Write it as YYYY-MM-DD, for example 2026-11-22.'));
			continue;
		}
		const chain = chains.get(customer.id) ?? [];
		const json = { customer: { id: customer.id }, consents: withDetails(chain, details), ...(day && { asOf: { day, consents: asItStood(chain, day, store.shop.timeZone) } }) };
		answers.output[index] = { json: json as unknown as IDataObject, pairedItem: { item: index } };
	}
	return [answers.output];
}
