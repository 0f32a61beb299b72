import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { storeOf } from '../../../shared/store';
import { shownShop } from './shownShop';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get the shop',
	description: 'Get the shop of the credential with its settings',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { shop } = await storeOf(context);
	return [context.getInputData().map((_, index) => ({ json: shownShop(shop), pairedItem: { item: index } }))];
}
