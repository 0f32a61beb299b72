import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get',
	value: 'get',
	action: 'Get the shop',
	description: 'Get the shop of the credential with its settings',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { shop } = await storeOf(context);
	return [context.getInputData().map((_, index) => ({ json: { ...shop } as unknown as IDataObject, pairedItem: { item: index } }))];
}
