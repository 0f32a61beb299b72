import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { CHANNELS, type Channel } from '../../../../lib/domain/glossary';
import { savePreferences } from '../../../../lib/store/customers/preferences';
import { now } from '../../../shared/clock';
import { CHANNEL_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';

const NONE = 'none';

export const option = {
	name: 'Set Preferred Channel',
	value: 'setPreference',
	action: 'Set the preferred channel of a customer',
	description: 'Keep the channel that a customer asked for: it goes before all others, and is no consent',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: [...CHANNEL_OPTIONS, { name: 'None', value: NONE, description: 'The shop chooses' }].sort((one, other) => one.name.localeCompare(other.name)),
		default: 'email',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const wanted: Array<{ customerId: number; channel?: Channel }> = [];
	for (const { index, customer } of await chosenCustomers(context, store, answers)) {
		try {
			const channel = context.getNodeParameter('channel', index) as Channel | typeof NONE;
			if (channel !== NONE && !CHANNELS.includes(channel)) throw new CrmError('The preferred channel is unknown', `Use ${NONE} or one of ${CHANNELS.join(', ')}.`);
			wanted.push({ customerId: customer.id, ...(channel !== NONE && { channel }) });
			answers.output[index] = { json: { customer: { id: customer.id }, preferredChannel: channel === NONE ? null : channel }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	await savePreferences(store, wanted, now());
	return [answers.output];
}
