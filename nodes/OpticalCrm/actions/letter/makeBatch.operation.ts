import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { now } from '../../../shared/clock';
import { makeLetterBatch } from '../../../shared/letterBatch';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { batchItem, printFields, printOptions, printSettings, whoField } from './printFields';

export const option = {
	name: 'Make Batch',
	value: 'makeBatch',
	action: 'Make a batch of letters to print',
	description: 'Put the approved letters into one PDF ready to print, after a fresh consent check, with a list and a mail-merge table. Each letter comes into one batch only.',
};

export const fields: INodeProperties[] = [
	whoField,
	...printFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			...printOptions,
			{ displayName: 'Minutes for Each Letter', name: 'minutes', type: 'number', default: 1.5, typeOptions: { minValue: 0, numberPrecision: 1 }, description: 'What printing, folding and posting takes of the staff\'s time, for the report' },
			{ displayName: 'Most Letters', name: 'most', type: 'number', default: 200, typeOptions: { minValue: 1 }, description: 'How many letters come into one batch; the others wait for the next' },
			{ displayName: 'Postage (Cents)', name: 'postage', type: 'number', default: 130, typeOptions: { minValue: 0 }, description: 'What the postage of a letter costs, for the report' },
			{ displayName: 'Price of a Page (Cents)', name: 'pagePrice', type: 'number', default: 5, typeOptions: { minValue: 0, numberPrecision: 1 }, description: 'What a printed page costs with its paper, for the report' },
			{ displayName: 'Print Doubtful Addresses Too', name: 'doubtfulToo', type: 'boolean', default: false, description: 'Whether to print letters whose address may be wrong. Otherwise they wait until it is mended.' },
		],
	},
];

interface Options {
	minutes?: number;
	most?: number;
	postage?: number;
	pagePrice?: number;
	doubtfulToo?: boolean;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const { minutes = 1.5, most = 200, postage = 130, pagePrice = 5, doubtfulToo = false } = context.getNodeParameter('options', index, {}) as Options;
			const who = (context.getNodeParameter('who', index) as string).trim();
			const settings = { ...(await printSettings(context, index)), who, most, doubtfulToo, pageMills: Math.round(pagePrice * 10), postageMills: Math.round(postage * 10), staffSeconds: Math.round(minutes * 60) };
			const { made, held } = await makeLetterBatch(store, settings, now());
			const added = { held } as unknown as IDataObject;
			answers.output[index] = made ? await batchItem(context, index, made, added) : { json: { letters: [], ...added }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
