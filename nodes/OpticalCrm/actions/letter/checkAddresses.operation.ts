import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { addressInWords } from '../../../../lib/domain/postalAddress';
import { shopToday } from '../../../../lib/domain/shop';
import { waitingLetters } from '../../../../lib/store/letters';
import { now } from '../../../shared/clock';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { problemOf } from '../../../shared/letterBatch';
import { readPages } from '../../../shared/paging';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Check Addresses',
	value: 'checkAddresses',
	action: 'Check the addresses of waiting letters',
	description: 'Look at the letters that wait, before they are printed: one item for each, with ok, or why it may not arrive',
};

export const fields: INodeProperties[] = [
	...RETURN_ALL_OR_LIMIT,
	{ displayName: 'Only Doubtful', name: 'onlyDoubtful', type: 'boolean', default: true, description: 'Whether to leave out the letters against whose address nothing speaks' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const today = shopToday(store.shop, now());
	const [items] = await readPages(context, () => async ({ limit, count }) => {
		const letters = await waitingLetters(store, today, { limit, offset: count });
		return letters.map((letter) => {
			const { messageId, customerId, firstName, lastName, address } = letter;
			const [problem] = problemOf(letter, store.shop, {});
			return { messageId, customerId, firstName, lastName, address: addressInWords(address), ok: problem === undefined, ...(problem && { why: problem.why, ...(problem.field && { field: problem.field }) }) };
		});
	});
	const onlyDoubtful = context.getInputData().map((_, index) => context.getNodeParameter('onlyDoubtful', index) as boolean);
	return [items.filter(({ json, pairedItem }) => !(json.ok && onlyDoubtful[(pairedItem as { item: number }).item]))];
}
