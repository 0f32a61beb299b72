import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Channel, Purpose } from '../../../../lib/domain/glossary';
import { shopToday } from '../../../../lib/domain/shop';
import { dataQualityReport } from '../../../../lib/report/dataQuality';
import { customersToMend, fieldCounts } from '../../../../lib/store/dataQuality';
import { CHANNEL_OPTIONS } from '../../../shared/options';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { reachToday } from './reach';

export const option = {
	name: 'Get Data Quality',
	value: 'dataQuality',
	action: 'Get the data quality of the shop',
	description: 'Report how complete and usable the customers\' data are, by week and operator, whom to mend first, and how many each occasion could reach today. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'multiOptions',
		default: ['email', 'sms', 'whatsapp', 'call', 'letter'],
		options: CHANNEL_OPTIONS,
		description: 'The channels that the shop uses or wants to use',
	},
	{
		displayName: 'Rows to Mend',
		name: 'rowsToMend',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description: 'How many customers to list of those with something to mend, the ones seen last first',
	},
	{
		displayName: 'Include Reach',
		name: 'includeReach',
		type: 'boolean',
		default: true,
		description: 'Whether to ask the consent rules about every customer; takes a few minutes for a million customers',
	},
];

/** Purposes for which the later steps ask for a consent. */
const PURPOSES: readonly Purpose[] = ['marketing', 'recall', 'survey', 'health'];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const channels = context.getNodeParameter('channels', 0) as Channel[];
	const moment = now();
	const today = shopToday(store.shop, moment);
	const consents = PURPOSES.flatMap((purpose) => channels.map((channel) => ({ purpose, channel })));
	const report = dataQualityReport({
		groups: await fieldCounts(store, consents, today, moment),
		toMend: await customersToMend(store, today, context.getNodeParameter('rowsToMend', 0) as number),
		reach: context.getNodeParameter('includeReach', 0) ? await reachToday(store, channels, moment) : [],
	});
	const json = { shop: store.shop.code, today, ...report } as unknown as IDataObject;
	return [[{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
