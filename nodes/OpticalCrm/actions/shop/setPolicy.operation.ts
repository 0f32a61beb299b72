import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ConsentPolicy } from '../../../../lib/domain/consentPolicy';
import { saveShop } from '../../../../lib/store/shops';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { affectedMessages } from './affectedMessages';
import { POLICY_FIELDS } from './policyFields';

export const option = {
	name: 'Set Contact Rules',
	value: 'setPolicy',
	action: 'Set the contact rules of the shop',
	description: 'Change settings of the contact rules; each change is kept as a version, and says which waiting messages it affects',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'The defaults are the strict values. Ask your data protection adviser before you loosen one.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'What is not added here stays as it is',
		options: POLICY_FIELDS,
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	let { shop } = store;
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const policy = context.getNodeParameter('settings', index, {}) as Partial<ConsentPolicy>;
			const before = shop;
			shop = await saveShop(store.db, shop.code, { policy }, now());
			const { checked, affected } = await affectedMessages(store, before, shop, now());
			const json = { policy: shop.policy, policyVersion: shop.policyVersion, waitingMessages: checked, affectedMessages: affected };
			answers.output[index] = { json: json as unknown as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
