import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Channel } from '../../../../lib/domain/glossary';
import { shopToday } from '../../../../lib/domain/shop';
import { REASONS } from '../../../../lib/imports/reasons';
import { dataQualityReport } from '../../../../lib/report/dataQuality';
import { badFacts } from '../../../../lib/store/badFacts';
import { RECORD_REASONS } from '../../../../lib/store/records/reasons';
import { CHANNEL_OPTIONS } from '../../../shared/options';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { qualityFigures } from '../../../shared/quality';

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
		description: 'How many customers to list of those with something to mend, the ones who spent most in the last three years first; and how many single values that cannot be right',
	},
];

const HINTS: Record<string, string> = { ...REASONS, ...RECORD_REASONS };

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const channels = context.getNodeParameter('channels', 0) as Channel[];
	const rowsToMend = context.getNodeParameter('rowsToMend', 0) as number;
	const moment = now();
	const today = shopToday(store.shop, moment);
	const { total, rows } = await badFacts(store, today, rowsToMend);
	const report = dataQualityReport({
		...(await qualityFigures(store, channels, rowsToMend, moment)),
		badFacts: { total, rows: rows.map((fact) => ({ ...fact, hint: HINTS[fact.reason] })) },
	});
	const json = { shop: store.shop.code, today, ...report } as unknown as IDataObject;
	return [[{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
