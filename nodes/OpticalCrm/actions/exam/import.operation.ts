import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { EXAMS } from '../../../../lib/imports/records/exportKinds';
import { sourceFields } from '../importSource';
import { importRecords } from '../records/importRecords';
import { EXAM } from './examNode';

export const option = {
	name: 'Import',
	value: 'import',
	action: 'Import exams',
	description: 'Import the exams of a shop program\'s export. Rows to mend come out on their own output.',
};

export const fields = sourceFields;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await importRecords(context, EXAMS, EXAM);
}
