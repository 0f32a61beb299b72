import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { localDate } from '../../../../lib/domain/time';
import { renderExport } from '../../../../lib/replies/exportPage';
import { exportCustomer } from '../../../../lib/store/customers/exportCustomer';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from './customerField';

export const option = {
	name: 'Export Data',
	value: 'export',
	action: 'Export the data of a customer',
	description: 'Get everything that is held about a customer, as JSON and as a page that the customer can read',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Put Page in Field',
		name: 'binaryProperty',
		type: 'string',
		default: 'page',
		hint: 'The name of the output binary field for the page; empty for no page',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const at = now();
	for (const { index, customer } of await chosenCustomers(context, store, answers)) {
		const exported = await exportCustomer(store, customer.id, at);
		const field = String(context.getNodeParameter('binaryProperty', index, '')).trim();
		const item: INodeExecutionData = { json: { customer: { id: customer.id }, ...exported } as unknown as IDataObject, pairedItem: { item: index } };
		if (field) {
			const { language, name: shopName, timeZone } = store.shop;
			const page = renderExport({ language: customer.language ?? language, shopName, timeZone, day: localDate(at, timeZone), sections: exported.sections });
			item.binary = { [field]: await context.helpers.prepareBinaryData(Buffer.from(page.body), `customer-${customer.id}.html`, 'text/html') };
		}
		answers.output[index] = item;
	}
	return [answers.output];
}
