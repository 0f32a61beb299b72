import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { getCustomers, type CustomerReference } from '../../../../lib/store/customers';
import { errorItem, nodeError } from '../../../shared/errors';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get a customer',
	description: 'Get one customer with the contact points',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Customer',
		name: 'customer',
		type: 'resourceLocator',
		default: { mode: 'code', value: '' },
		required: true,
		modes: [
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. C00042', hint: 'The code of the shop program' },
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 42',
				hint: 'The ID in the store, as in customer.id of an item',
				validation: [{ type: 'regex', properties: { regex: '^[1-9][0-9]*$', errorMessage: 'An ID is a whole number' } }],
			},
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const input = context.getInputData();
	const wanted = input.map((_, index): CustomerReference => {
		const { mode, value } = context.getNodeParameter('customer', index) as { mode: string; value: string | number };
		return mode === 'id' ? { id: Number(value) } : { code: String(value).trim() };
	});
	const found = await getCustomers(store, wanted);
	return [
		found.map((customer, index) => {
			if (customer) return { json: { ...customer } as unknown as IDataObject, pairedItem: { item: index } };
			const error = new CrmError('The shop has no such customer', 'Check the code or ID, and that the credential is that of the right shop.');
			if (context.continueOnFail()) return errorItem(context.getNode(), input[index], error, index);
			throw nodeError(context.getNode(), error, index);
		}),
	];
}
