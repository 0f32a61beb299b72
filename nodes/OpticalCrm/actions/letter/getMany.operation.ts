import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { shopToday } from '../../../../lib/domain/shop';
import { waitingLetters } from '../../../../lib/store/letters';
import { now } from '../../../shared/clock';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { readPages } from '../../../shared/paging';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many letters',
	description: 'Get the approved letters that wait to be printed, those that must leave first before the others',
};

export const fields: INodeProperties[] = [...RETURN_ALL_OR_LIMIT];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const today = shopToday(store.shop, now());
	return await readPages(context, () => async ({ limit, count }) => await waitingLetters(store, today, { limit, offset: count }));
}
