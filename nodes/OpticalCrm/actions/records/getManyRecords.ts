import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import type { StoredRecord } from '../../../../lib/domain/records';
import { isLocalDate } from '../../../../lib/domain/time';
import { readPages } from '../../../shared/paging';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import type { RecordNode } from './recordNode';

/** The filters that every kind of record has. */
export const commonFilters: INodeProperties[] = [
	{
		displayName: 'After ID',
		name: 'after',
		type: 'number',
		default: 0,
		description: 'Only records with a higher ID: the last one of the page before',
	},
	{ displayName: 'Customer Code', name: 'customerCode', type: 'string', default: '', placeholder: 'e.g. C00042', description: 'Only records of the customer with this code of the shop program' },
	{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '', placeholder: 'e.g. 42', description: 'Only records of the customer with this ID in the store' },
	{ displayName: 'From', name: 'from', type: 'string', default: '', placeholder: 'e.g. 2026-01-01', description: 'First day, in the time zone of the shop' },
	{ displayName: 'To', name: 'to', type: 'string', default: '', placeholder: 'e.g. 2026-12-31', description: 'Last day, in the time zone of the shop' },
];

/** What every kind is filtered by; the other filters are fields of the record that must have this value. */
interface CommonFilters {
	after?: number;
	customerCode?: string;
	customerId?: string | number;
	from?: string;
	to?: string;
}

/** Gives the records that each item asks for, by ascending id. */
export async function getManyRecords<Fields, F extends string>(context: IExecuteFunctions, { list }: RecordNode<Fields, F>): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	return await readPages<StoredRecord<Fields>>(context, (index) => {
		const { after, ...query } = queryOf<Fields>(context, index);
		return async ({ limit, last }) => await list(store, { ...query, after: last?.id ?? after, limit });
	});
}

function queryOf<Fields>(context: IExecuteFunctions, index: number) {
	const { after, customerCode, customerId, from, to, ...having } = context.getNodeParameter('filters', index, {}) as CommonFilters;
	for (const [name, day] of Object.entries({ From: from, To: to })) {
		if (day && !isLocalDate(day)) throw new CrmError(`${name} is no calendar day`, 'Write days as YYYY-MM-DD, for example 2026-11-22.');
	}
	const customer = customerId ? { id: wholeId('Customer ID', customerId) } : customerCode?.trim() ? { code: customerCode.trim() } : undefined;
	return { customer, from, to, after: after ?? 0, having: having as Partial<Fields> };
}
