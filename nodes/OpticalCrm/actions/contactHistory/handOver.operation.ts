import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { settleOccasions } from '../../../../lib/store/settling';
import { now } from '../../../shared/clock';
import { outputItem, readBatch } from '../../../shared/items';
import { withOccasionIds } from '../../../shared/occasions';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Hand Over',
	value: 'handOver',
	action: 'Hand occasions over to the staff',
	description: 'Record that a person of the shop takes care of an occasion, for example by a call: the trigger does not hand it out again',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Reads <b>customer</b> and <b>occasion</b> of each item, as the Due triggers give them, and adds nothing but the ID of the occasion.',
		name: 'handOverNotice',
		type: 'notice',
		default: '',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const { work, failed, fail } = readBatch(context, ['customer', 'occasion']);
	const moment = now();
	const occasions = await withOccasionIds(store, work.map(({ item }) => item), moment);
	const output = work.flatMap((entry, position) => {
		const occasion = occasions[position];
		if (!(occasion instanceof Error)) return [outputItem(entry, { occasion })];
		fail(entry.index, occasion);
		return [];
	});
	const ids = occasions.flatMap((occasion) => (occasion instanceof Error ? [] : [occasion.id as number]));
	await settleOccasions(store, ids.map((occasionId) => ({ occasionId, outcome: 'handed-over' })), moment);
	return [[...output, ...failed]];
}
