import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { LetterSettings, WindowSide } from '../../../../lib/channels/letter/letter';
import type { BatchFiles } from '../../../shared/letterBatch';
import { windowField, windowOf, windowOptions, type GivenWindow } from '../../../shared/letterWindow';

/** Who does it, for the record. */
export const whoField: INodeProperties = {
	displayName: 'Who',
	name: 'who',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Chiara',
	description: 'Who does it, for the record',
};

export const batchField: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12',
	description: 'The batch, as Make Batch names it',
};

/** Side and paper: the same for a new batch and for one that is printed again. */
export const printFields: INodeProperties[] = [windowField];

export const printOptions: INodeProperties[] = [
	{ displayName: 'Both Sides of the Sheet', name: 'duplex', type: 'boolean', default: false, description: 'Whether the printer prints on both sides: each letter then begins on a sheet of its own' },
	{
		displayName: 'Font From Binary Field',
		name: 'fontField',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		description: 'The input field that holds a font file (TTF or OTF), for names that the standard fonts cannot show, such as those with č or ł. Without one, such letters are held back.',
	},
	...windowOptions,
];

interface PrintOptions extends GivenWindow {
	duplex?: boolean;
	fontField?: string;
}

/** How the panel wants letters printed. @throws CrmError where the address would not stand on the upper third of the page */
export async function printSettings(context: IExecuteFunctions, index: number): Promise<LetterSettings> {
	const options = context.getNodeParameter('options', index, {}) as PrintOptions;
	const window = windowOf(context.getNodeParameter('window', index) as WindowSide | 'other', options);
	const font = options.fontField ? await context.helpers.getBinaryDataBuffer(index, options.fontField) : undefined;
	return { window, duplex: options.duplex ?? false, ...(font && { font }) };
}

/** A batch as an item: its data, the PDF in `data` and the table in `csv`. */
export async function batchItem(context: IExecuteFunctions, index: number, { pdf, csv, fileName, batch, filePages, letters }: BatchFiles, added: IDataObject = {}): Promise<INodeExecutionData> {
	return {
		json: { batch: { ...batch }, filePages, letters, ...added } as unknown as IDataObject,
		binary: {
			data: await context.helpers.prepareBinaryData(pdf, `${fileName}.pdf`, 'application/pdf'),
			csv: await context.helpers.prepareBinaryData(Buffer.from(csv), `${fileName}.csv`, 'text/csv'),
		},
		pairedItem: { item: index },
	};
}
