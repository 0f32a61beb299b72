import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { EXAMS } from '../../../../lib/imports/records/exportKinds';
import { columnsOption, sourceFields } from '../importSource';
import { importRecords } from '../records/importRecords';
import { EXAM } from './examNode';

export const option = {
	name: 'Import',
	value: 'import',
	action: 'Import exams',
	description: 'Import the exams of a shop program\'s export. Rows to mend come out on their own output.',
};

export const fields: INodeProperties[] = [
	...sourceFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [columnsOption(EXAMS.headings.fields)],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await importRecords(context, EXAMS, EXAM);
}
