import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { allStarts } from '../../../../lib/store/occasions/starts';
import { storeOf } from '../../../shared/store';
import { shownShop } from './shownShop';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get the shop',
	description: 'Get the shop of the credential with its settings, and since when each kind of occasion is looked for',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const occasionStarts = (await allStarts(store)) as unknown as IDataObject[];
	return [context.getInputData().map((_, index) => ({ json: { ...shownShop(store.shop), occasionStarts }, pairedItem: { item: index } }))];
}
