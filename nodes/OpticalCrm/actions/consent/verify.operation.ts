import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { verifyConsents } from '../../../../lib/store/verifyConsents';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Verify',
	value: 'verify',
	action: 'Verify the consent ledger',
	description: 'Check that no consent of the shop was changed, removed or cut off; names the first broken record of each customer',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const check = await verifyConsents(await storeOf(context));
	const whole = check.broken.length === 0 && check.changedWordings.length === 0;
	return [[{ json: { whole, ...check } as unknown as IDataObject, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
