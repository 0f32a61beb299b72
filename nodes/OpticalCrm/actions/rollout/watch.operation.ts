import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { watchBrakes } from '../../../shared/watchBrakes';

export const option = {
	name: 'Watch Brakes',
	value: 'watch',
	action: 'Watch the brakes of all campaigns',
	description: 'Count refusals, complaints, bounces, rejected approvals and low satisfaction of each campaign, and hold those that do harm: run it every hour. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const { watched, held } = await watchBrakes(store, undefined, now());
	const json = { shop: store.shop.code, held, watched } as unknown as IDataObject;
	return [[{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
