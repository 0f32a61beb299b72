import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { shopToday } from '../../../lib/domain/shop';
import type { Store } from '../../../lib/store/open';
import { now } from '../../shared/clock';
import { readKpis } from '../../shared/report';
import type { Told } from './operation';
import { monthsField, readMonths } from './settings';

export const option = {
	name: 'Get KPIs',
	value: 'kpis',
	action: 'Get the three figures of the shop',
	description: 'Get return frequency, average basket (in cents) and concurrent equipments by month, each beside the year before. Whole months only. It runs once, whatever the number of items.',
};

export const fields = [monthsField];

export async function read(context: IExecuteFunctions, store: Store): Promise<Told> {
	const months = await readKpis(store, { months: readMonths(context) }, shopToday(store.shop, now()));
	return { json: { months } as unknown as IDataObject };
}
