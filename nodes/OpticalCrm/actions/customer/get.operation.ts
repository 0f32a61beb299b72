import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from './customerField';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get a customer',
	description: 'Get one customer with the contact points',
};

export const fields: INodeProperties[] = [customerField];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const answers = answersOf(context);
	for (const { index, customer } of await chosenCustomers(context, await storeOf(context), answers)) {
		answers.output[index] = { json: { ...customer } as unknown as IDataObject, pairedItem: { item: index } };
	}
	return [answers.output];
}
