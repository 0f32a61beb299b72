import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { shopToday } from '../../../lib/domain/shop';
import type { Store } from '../../../lib/store/open';
import { now } from '../../shared/clock';
import { readGoals } from '../../shared/report';
import type { Told } from './operation';

export const option = {
	name: 'Get Goals',
	value: 'goals',
	action: 'Get how far the goals are',
	description: 'Get the goals that the lead has set on the Desk, each with how many customers are where they shall be. It runs once, whatever the number of items.',
};

export const fields = [];

export async function read(_: IExecuteFunctions, store: Store): Promise<Told> {
	return { json: { goals: await readGoals(store, shopToday(store.shop, now())) } as unknown as IDataObject };
}
