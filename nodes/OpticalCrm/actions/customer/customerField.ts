import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Customer } from '../../../../lib/domain/customer';
import { CrmError } from '../../../../lib/domain/errors';
import { getCustomers, type CustomerReference } from '../../../../lib/store/customers';
import type { Store } from '../../../../lib/store/open';
import { errorItem, nodeError } from '../../../shared/errors';

/** Chooses one customer, by the shop program's code or by the store's id. */
export const customerField: INodeProperties = {
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
};

/** The answers of an operation, one for each item in the order of the input. */
export interface Answers {
	output: INodeExecutionData[];
	/** Stops the node with the error of an item, or hands the item out as failed where the node goes on. */
	fail(index: number, error: unknown): void;
}

export function answersOf(context: IExecuteFunctions): Answers {
	const input = context.getInputData();
	const output = new Array<INodeExecutionData>(input.length);
	return {
		output,
		fail: (index, error) => {
			if (!context.continueOnFail()) throw nodeError(context.getNode(), error, index);
			output[index] = errorItem(context.getNode(), input[index], error, index);
		},
	};
}

/** The customer that each item names, in one look into the store; items that name none have failed. */
export async function chosenCustomers(context: IExecuteFunctions, store: Store, { fail }: Answers): Promise<Array<{ index: number; customer: Customer }>> {
	const wanted = context.getInputData().map((_, index): CustomerReference => {
		const { mode, value } = context.getNodeParameter('customer', index) as { mode: string; value: string | number };
		return mode === 'id' ? { id: Number(value) } : { code: String(value).trim() };
	});
	return (await getCustomers(store, wanted)).flatMap((customer, index) => {
		if (customer) return [{ index, customer }];
		fail(index, new CrmError('The shop has no such customer', 'Check the code or ID, and that the credential is that of the right shop.'));
		return [];
	});
}
