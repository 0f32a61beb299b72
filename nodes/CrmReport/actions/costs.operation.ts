import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { shopToday } from '../../../lib/domain/shop';
import type { Store } from '../../../lib/store/open';
import { campaignCosts } from '../../../lib/store/report/costs';
import { monthsBefore } from '../../shared/report';
import { now } from '../../shared/clock';
import type { Told } from './operation';
import { monthsField, readMonths } from './settings';
import { withTotal } from './spent';

export const option = {
	name: 'Get Costs',
	value: 'costs',
	action: 'Get what messages cost',
	description: 'Get what was spent, by month, campaign and channel, with the sum of all: total and rows, in euros and minutes. It runs once, whatever the number of items.',
};

export const fields = [monthsField];

export async function read(context: IExecuteFunctions, store: Store): Promise<Told> {
	const months = readMonths(context);
	return { json: withTotal(await campaignCosts(store, monthsBefore(shopToday(store.shop, now()), months - 1))) as unknown as IDataObject };
}
