import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { campaignHolds } from '../../../../lib/store/rollout/holds';
import { now } from '../../../shared/clock';
import { rolloutState } from '../../../shared/rolloutState';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get how far the rollout is',
	description: 'Get the step of the rollout, what the next one asks for and whether it holds, and the campaigns that are held. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const moment = now();
	const json = { shop: store.shop.code, ...(await rolloutState(store, moment)), held: await campaignHolds(store, moment), settings: store.shop.rollout } as unknown as IDataObject;
	return [[{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
