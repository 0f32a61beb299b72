import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { fetchAccount } from '../../../../lib/channels/whatsApp/account';
import { saveWhatsAppAccount } from '../../../../lib/store/whatsApp/whatsAppAccount';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { metaOf } from './meta';

export const option = {
	name: 'Account State',
	value: 'getAccount',
	action: 'Get the state of the WhatsApp account',
	description: 'Ask Meta how the shop\'s number stands: its quality, and to how many people it may write in 24 hours. What should be looked at stands in "alerts". It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const { settings, http } = await metaOf(context);
	const account = await fetchAccount(settings, http, now());
	const alerts = (await saveWhatsAppAccount(store, account)).map(({ what }) => what);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [[{ json: { ...account, alerts } as IDataObject, pairedItem }]];
}
