import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { plusMinutes } from '../../../../lib/domain/time';
import { listAlerts } from '../../../../lib/store/alerts';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { now } from '../../../shared/clock';
import { readPages } from '../../../shared/paging';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many alerts',
	description: 'Get what the Desk tells the staff: what lasts, and what is over since some days, the newest first',
};

export const fields: INodeProperties[] = [
	...RETURN_ALL_OR_LIMIT,
	{ displayName: 'Days', name: 'days', type: 'number', typeOptions: { minValue: 0, maxValue: 3650 }, default: 7, description: 'How long ago something may be over' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	return await readPages(context, (index) => {
		const days = Number(context.getNodeParameter('days', index)) || 0;
		return async ({ limit, count }) => (await listAlerts(store, plusMinutes(now(), -days * 24 * 60))).slice(count, count + limit);
	});
}
