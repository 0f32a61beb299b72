import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { checkSettings, openDatabase } from '../../../../lib/store/open';
import { saveShop } from '../../../../lib/store/shops';
import { now } from '../../../shared/clock';
import { storeSettings } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { logoOf } from './logoOf';
import { readShop, type GivenShop } from './readShop';
import { SHOP_FIELDS } from './shopFields';
import { shownShop } from './shownShop';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update the shop',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'To begin, add <b>Name</b>, <b>E-Mail</b> or <b>Phone</b> (each message names them), <b>Privacy Notices</b> (without one no consent counts) and <b>Customer Page URL</b> (the Production URL of a Customer Reply Trigger, where people refuse). Next: <b>Customer > Import</b>.',
		name: 'shopNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'What is not added here stays as it is',
		options: SHOP_FIELDS,
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = await storeSettings(context);
	checkSettings(settings);
	const database = await openDatabase(settings);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const { logoField, ...given } = context.getNodeParameter('fields', index, {}) as GivenShop & { logoField?: string };
			const changes = { ...readShop(given), logo: await logoOf(context, index, logoField) };
			answers.output[index] = { json: shownShop(await saveShop(database, settings.shop, changes, now())), pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
