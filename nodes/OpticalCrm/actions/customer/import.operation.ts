import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Channel } from '../../../../lib/domain/glossary';
import { shopToday } from '../../../../lib/domain/shop';
import type { ImportEvent } from '../../../../lib/imports/events';
import { FIELDS, type Field } from '../../../../lib/imports/headings';
import type { ImportOptions } from '../../../../lib/imports/options';
import { readExport } from '../../../../lib/imports/readExport';
import { readRows } from '../../../../lib/imports/readRows';
import { now } from '../../../shared/clock';
import { CHANNEL_OPTIONS } from '../../../shared/options';
import { errorItem, nodeError } from '../../../shared/errors';
import { storeOf } from '../../../shared/store';
import { noticeVersion } from './noticeVersion';
import { importCustomers, type MendItem } from './importCustomers';

export const option = {
	name: 'Import',
	value: 'import',
	action: 'Import customers',
	description: 'Import the customers of a shop program\'s export. Rows to mend come out on their own output.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		default: 'file',
		options: [
			{ name: 'CSV File', value: 'file', description: 'The export as a file, from Read/Write Files from Disk, a form or a mail' },
			{ name: 'Input Items', value: 'items', description: 'One item for each customer, from Extract from File, a sheet or a database' },
		],
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: { show: { source: ['file'] } },
		hint: 'The name of the input field that holds the file',
		description: 'CSV with semicolon, comma or tab, in UTF-8 or Windows-1252; both are found out',
	},
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
				displayName: 'Columns',
				name: 'columns',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Column',
				default: {},
				description: 'Corrections, where a heading was not recognised or was taken for something else. The summary shows what was recognised.',
				options: [
					{
						displayName: 'Column',
						name: 'column',
						values: [
							{
								displayName: 'Field',
								name: 'field',
								type: 'options',
								options: FIELDS.map((field) => ({ name: field, value: field })),
								default: 'lastName',
							},
							{
								displayName: 'Heading',
								name: 'heading',
								type: 'string',
								default: '',
								placeholder: 'e.g. Cognome',
								description: 'The heading in the export; empty to leave the field out',
							},
						],
					},
				],
			},
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
				description: 'Who answers for the import; kept with the consents',
			},
		],
	},
];

interface Options {
	columns?: { column?: Array<{ field: Field; heading: string }> };
	generalConsentChannels?: Channel[];
	operator?: string;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const options = context.getNodeParameter('options', 0, {}) as Options;
	const importOptions: ImportOptions = {
		today: shopToday(store.shop, now()),
		timeZone: store.shop.timeZone,
		country: store.shop.country,
		generalConsentChannels: options.generalConsentChannels,
		mapping: Object.fromEntries((options.columns?.column ?? []).map(({ field, heading }) => [field, heading || null])),
	};
	const origin = {
		source: 'import',
		operator: options.operator || undefined,
		noticeVersion: noticeVersion(store.shop, context.getNodeParameter('noticeVersion', 0, '') as string),
	};
	const input = context.getInputData();
	const summaries: INodeExecutionData[] = [];
	const toMend: INodeExecutionData[] = [];
	for (const source of sources(context, importOptions)) {
		const mend = (row: MendItem) => toMend.push({ json: { ...row } as unknown as IDataObject, pairedItem: { item: source.itemOfRow(row.row) } });
		try {
			const summary = await importCustomers(store, await source.open(), origin, mend, now);
			summaries.push({ json: summary as unknown as IDataObject, pairedItem: source.items.map((item) => ({ item })) });
		} catch (error) {
			const [first] = source.items;
			if (!context.continueOnFail()) throw nodeError(context.getNode(), error, first);
			summaries.push(errorItem(context.getNode(), input[first], error, first));
		}
	}
	return [summaries, toMend];
}

/** What is imported as a whole, with a summary of its own. */
interface Source {
	/** Indexes of the input items that it stands in. */
	items: number[];
	open(): Promise<AsyncIterable<ImportEvent> | Iterable<ImportEvent>>;
	/** The input item of a row, counted from 1. */
	itemOfRow(row: number): number;
}

/** One for each file, or one for all items together. */
function sources(context: IExecuteFunctions, options: ImportOptions): Source[] {
	const input = context.getInputData();
	const all = input.map((_, index) => index);
	if (context.getNodeParameter('source', 0) === 'items') {
		// Rows are counted without blank ones.
		const filled = all.filter((index) => Object.values(input[index].json).some((value) => String(value ?? '').trim() !== ''));
		const rows = filled.map((index) => input[index].json);
		return [{ items: all, open: async () => readRows(rows, options), itemOfRow: (row) => filled[row - 1] }];
	}
	return all.map((index) => ({ items: [index], open: async () => readExport(await bytesOf(context, index), options), itemOfRow: () => index }));
}

async function bytesOf(context: IExecuteFunctions, index: number): Promise<Readable> {
	const property = context.getNodeParameter('binaryPropertyName', index) as string;
	const { id } = context.helpers.assertBinaryData(index, property);
	if (id) return await context.helpers.getBinaryStream(id);
	return Readable.from([await context.helpers.getBinaryDataBuffer(index, property)]);
}
