import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { buildHouseholds } from '../../../../lib/store/customers/buildHouseholds';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Build',
	value: 'build',
	action: 'Build the households',
	description: 'Find the customers who share an e-mail, a number, or an address and last name. Run it after an import; it runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const counts = await buildHouseholds(await storeOf(context), now());
	return [[{ json: { ...counts } as unknown as IDataObject, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
