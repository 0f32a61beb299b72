import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { USUAL_WINDOW, type LetterSettings, type WindowBlock, type WindowSide } from '../../../../lib/channels/letter/letter';
import { CrmError } from '../../../../lib/domain/errors';
import type { BatchFiles } from '../../../shared/letterBatch';

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
export const printFields: INodeProperties[] = [
	{
		displayName: 'Window of the Envelope',
		name: 'window',
		type: 'options',
		default: 'right',
		options: [
			{ name: 'Left', value: 'left' },
			{ name: 'Other', value: 'other', description: 'Give position and size among the options' },
			{ name: 'Right', value: 'right' },
		],
		description: 'Where the address stands. Right and left fit the usual Italian envelope (DL, 110 x 220 mm, window 45 x 100 mm, 20 mm from the side and from the lower edge).',
	},
];

const MILLIMETRES = 'In millimetres, on the sheet, from its upper left corner';

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
	{ displayName: 'Window Height', name: 'windowHeight', type: 'number', default: 32, typeOptions: { minValue: 15 }, description: MILLIMETRES },
	{ displayName: 'Window Left', name: 'windowX', type: 'number', default: 104, typeOptions: { minValue: 0 }, description: MILLIMETRES },
	{ displayName: 'Window Top', name: 'windowY', type: 'number', default: 46, typeOptions: { minValue: 0 }, description: MILLIMETRES },
	{ displayName: 'Window Width', name: 'windowWidth', type: 'number', default: 84, typeOptions: { minValue: 40 }, description: MILLIMETRES },
];

interface PrintOptions {
	duplex?: boolean;
	fontField?: string;
	windowX?: number;
	windowY?: number;
	windowWidth?: number;
	windowHeight?: number;
}

/** How the panel wants letters printed. @throws CrmError where the address would not stand on the upper third of the page */
export async function printSettings(context: IExecuteFunctions, index: number): Promise<LetterSettings> {
	const options = context.getNodeParameter('options', index, {}) as PrintOptions;
	const side = context.getNodeParameter('window', index) as WindowSide | 'other';
	const { x, y, width, height } = USUAL_WINDOW.right;
	const window: WindowBlock = side === 'other' ? { x: options.windowX ?? x, y: options.windowY ?? y, width: options.windowWidth ?? width, height: options.windowHeight ?? height } : USUAL_WINDOW[side];
	if (window.x + window.width > 210 || window.y + window.height > 99) {
		throw new CrmError('The window does not lie on the upper third of an A4 page', 'Left and width may add up to 210 mm, top and height to 99 mm.');
	}
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
