import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { listWordings } from '../../../../lib/store/wordings';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Wordings',
	value: 'getWordings',
	action: 'Get the consent wordings',
	description: 'Get all texts that customers were ever asked to agree to, oldest first',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const wordings = await listWordings(await storeOf(context));
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [wordings.map((wording) => ({ json: { ...wording } as unknown as IDataObject, pairedItem }))];
}
