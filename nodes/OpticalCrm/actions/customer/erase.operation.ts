import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { now } from '../../../shared/clock';
import { log } from '../../../shared/log';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from './customerField';

export const option = {
	name: 'Erase',
	value: 'erase',
	action: 'Erase a customer',
	description: 'Remove all personal data of a customer for good, and prove it with a search of the whole store',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'string',
		default: '',
		placeholder: 'e.g. Chiara',
		required: true,
		description: 'The member of staff who answers the request. The addresses stay suppressed by a keyed hash, so that no old export brings them back into a mailing.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const chosen = await chosenCustomers(context, store, answers);
	// All items of one operator go together, so that the store is searched once for them.
	for (const [who, entries] of Map.groupBy(chosen, ({ index }) => String(context.getNodeParameter('operator', index, '')).trim())) {
		try {
			if (!who) throw new CrmError('Nobody is named who erases', 'Enter the member of staff under Operator; the record of the erasure keeps it.');
			const { counts, proof } = await eraseCustomers(store, entries.map(({ customer }) => customer.id), { reason: 'request', who }, now());
			log(context, 'erase', store.shop, { reason: 'request', customers: entries.length, left: proof.left.length });
			for (const { index, customer } of entries) {
				const left = proof.left.filter(({ customerId }) => customerId === customer.id);
				answers.output[index] = { json: { customer: { id: customer.id }, complete: proof.left.length === 0, counts, proof: { ...proof, left } } as unknown as IDataObject, pairedItem: { item: index } };
			}
		} catch (error) {
			for (const { index } of entries) answers.fail(index, error);
		}
	}
	return [answers.output];
}
