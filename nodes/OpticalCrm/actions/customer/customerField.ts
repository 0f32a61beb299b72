import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Customer } from '../../../../lib/domain/customer';
import { CrmError } from '../../../../lib/domain/errors';
import { getCustomers, type CustomerReference } from '../../../../lib/store/customers/customers';
import type { Store } from '../../../../lib/store/open';
import { errorItem, nodeError } from '../../../shared/errors';
import { wholeId } from '../../../shared/parameters';

/** Chooses one customer: out of the store, by the shop program's code or by the store's id. */
export const customerField: INodeProperties = {
	displayName: 'Customer',
	name: 'customer',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a customer...',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true, searchFilterRequired: false },
		},
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

/** Whom the locator means, whatever its mode; a list gives IDs. @throws CrmError when it means nobody */
export function referenceOf({ mode, value }: { mode: string; value: string | number | null }): CustomerReference {
	const text = String(value ?? '').trim();
	if (text === '') throw new CrmError('No customer is chosen', 'Choose one from the list, or give a code or an ID, for example {{ $json.customer.id }} in "By ID".');
	return mode === 'code' ? { code: text } : { id: wholeId('Customer', text) };
}

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
	const named = context.getInputData().flatMap((_, index) => {
		try {
			return [{ index, reference: referenceOf(context.getNodeParameter('customer', index) as Parameters<typeof referenceOf>[0]) }];
		} catch (error) {
			fail(index, error);
			return [];
		}
	});
	const found = await getCustomers(store, named.map(({ reference }) => reference));
	return found.flatMap((customer, position) => {
		const { index } = named[position];
		if (customer) return [{ index, customer }];
		fail(index, new CrmError('The shop has no such customer', 'Check the code or ID, and that the credential is that of the right shop.'));
		return [];
	});
}
