import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { shopToday } from '../../../lib/domain/shop';
import type { Store } from '../../../lib/store/open';
import { now } from '../../shared/clock';
import { readCampaigns } from '../../shared/report';
import type { Told } from './operation';
import { monthsField, optionsField, readSettings } from './settings';

export const option = {
	name: 'Get Campaign Results',
	value: 'campaigns',
	action: 'Get what the campaigns brought',
	description: 'Get for each campaign who was due, sent, delivered, answered, booked and came back, revenue and costs (in cents), the difference against the holdout with its interval, a verdict and advice. It runs once, whatever the number of items.',
};

export const fields = [monthsField, optionsField];

export async function read(context: IExecuteFunctions, store: Store): Promise<Told> {
	const settings = readSettings(context);
	return { json: { settings, campaigns: await readCampaigns(store, settings, shopToday(store.shop, now())) } as unknown as IDataObject };
}
