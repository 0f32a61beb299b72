import { Readable } from 'node:stream';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { errorItem, nodeError } from '../../shared/errors';
import { columnFields } from '../columns/columnFields';
import type { Columns } from '../columns/readColumns';

/** Where an import takes its rows from, and which column fills what. */
export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		default: 'file',
		options: [
			{ name: 'CSV File', value: 'file', description: 'The export as a file, from Read/Write Files from Disk, a form or a mail' },
			{ name: 'Input Items', value: 'items', description: 'One item for each row, from Extract from File, a sheet or a database' },
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
	...columnFields,
];

/** What is imported as a whole, with a summary of its own: a file, or all items together. */
export interface ImportSource {
	/** Indexes of the input items that it stands in. */
	items: number[];
	/** The rows of items, or the bytes of a file. */
	content(): Promise<{ rows: object[] } | { bytes: Readable }>;
	/** The input item of a row, counted from 1. */
	itemOfRow(row: number): number;
}

/** Items at *To Mend* of one execution: of more than so many nobody mends the rest by hand, and n8n would hold all of them. */
const MOST_TO_MEND = 10_000;

/**
 * Imports each source and gives the node's two outputs: a summary for each, and what is to be mended.
 * @param columns adds the columns that expressions make of an item
 * @param work imports one source; tells of each row to be mended; those beyond the first ten thousand are counted in its summary only
 */
export async function importSources<Mend extends { row: number }>(
	context: IExecuteFunctions,
	columns: Pick<Columns<string>, 'computed'>,
	work: (content: Awaited<ReturnType<ImportSource['content']>>, mend: (item: Mend) => void) => Promise<object>,
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	const summaries: INodeExecutionData[] = [];
	const toMend: INodeExecutionData[] = [];
	for (const { items, content, itemOfRow } of sourcesOf(context, columns)) {
		try {
			let notListed = 0;
			const summary = await work(await content(), (item) => {
				if (toMend.length < MOST_TO_MEND) toMend.push({ json: { ...item }, pairedItem: { item: itemOfRow(item.row) } });
				else notListed++;
			});
			summaries.push({ json: { ...summary, ...(notListed > 0 && { notListed }) }, pairedItem: items.map((item) => ({ item })) });
		} catch (error) {
			const [first] = items;
			if (!context.continueOnFail()) throw nodeError(context.getNode(), error, first);
			summaries.push(errorItem(context.getNode(), input[first], error, first));
		}
	}
	return [summaries, toMend];
}

function sourcesOf(context: IExecuteFunctions, { computed }: Pick<Columns<string>, 'computed'>): ImportSource[] {
	const input = context.getInputData();
	const all = input.map((_, index) => index);
	if (context.getNodeParameter('source', 0) === 'items') {
		// Rows are counted without blank ones.
		const filled = all.filter((index) => Object.values(input[index].json).some((value) => String(value ?? '').trim() !== ''));
		return [{ items: all, content: async () => ({ rows: filled.map((index) => ({ ...input[index].json, ...computed(index) })) }), itemOfRow: (row) => filled[row - 1] }];
	}
	return all.map((index) => ({ items: [index], content: async () => ({ bytes: await bytesOf(context, index) }), itemOfRow: () => index }));
}

async function bytesOf(context: IExecuteFunctions, index: number): Promise<Readable> {
	const property = context.getNodeParameter('binaryPropertyName', index) as string;
	const { id } = context.helpers.assertBinaryData(index, property);
	if (id) return await context.helpers.getBinaryStream(id);
	return Readable.from([await context.helpers.getBinaryDataBuffer(index, property)]);
}
