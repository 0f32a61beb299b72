import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Channel } from '../../../../lib/domain/glossary';
import { shopToday } from '../../../../lib/domain/shop';
import { CUSTOMER_HEADINGS } from '../../../../lib/imports/headings';
import type { ImportOptions } from '../../../../lib/imports/options';
import { readExport } from '../../../../lib/imports/readExport';
import { readRows } from '../../../../lib/imports/readRows';
import { now } from '../../../shared/clock';
import { CHANNEL_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';
import { readColumns } from '../../columns/readColumns';
import type { MendItem } from '../importRows';
import { importSources, sourceFields } from '../importSource';
import { noteImport } from '../noteImport';
import { importCustomers } from './importCustomers';
import { noticeVersion } from './noticeVersion';

export const option = {
	name: 'Import',
	value: 'import',
	action: 'Import customers',
	description: 'Import the customers of a shop program\'s export. Rows to mend come out on their own output.',
};

export const fields: INodeProperties[] = [
	...sourceFields,
	{
		displayName: 'Privacy Notice Version',
		name: 'noticeVersion',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2024-01',
		hint: 'Consents without a notice that the shop knows are kept, but never used',
		description: 'The privacy notice under which the consents in the export were given, as in Shop > Create or Update > Privacy Notices',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'General Consent Covers',
				name: 'generalConsentChannels',
				type: 'multiOptions',
				default: ['email'],
				options: CHANNEL_OPTIONS,
				description: 'The channels that a consent without a channel stands for, such as a column "Consenso marketing". Choose only what the signed form names.',
			},
			{
				displayName: 'Operator',
				name: 'operator',
				type: 'string',
				default: '',
				placeholder: 'e.g. Chiara',
				description: 'Who answers for the import; kept with the consents',
			},
		],
	},
];

interface Options {
	generalConsentChannels?: Channel[];
	operator?: string;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const options = context.getNodeParameter('options', 0, {}) as Options;
	const columns = readColumns(context, CUSTOMER_HEADINGS);
	const importOptions: ImportOptions = {
		today: shopToday(store.shop, now()),
		timeZone: store.shop.timeZone,
		country: store.shop.country,
		generalConsentChannels: options.generalConsentChannels,
		mapping: columns.mapping,
	};
	const origin = {
		source: 'import',
		operator: options.operator || undefined,
		noticeVersion: noticeVersion(store.shop, context.getNodeParameter('noticeVersion', 0, '') as string),
	};
	return await importSources<MendItem>(context, columns, async (content, mend) => {
		const events = 'rows' in content ? readRows(content.rows, importOptions) : readExport(content.bytes, importOptions);
		return await noteImport(context, store, async () => await importCustomers(store, events, origin, mend, now));
	});
}
