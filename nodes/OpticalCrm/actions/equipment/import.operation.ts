import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SALES } from '../../../../lib/imports/records/exportKinds';
import { sourceFields } from '../importSource';
import { importRecords } from '../records/importRecords';
import { EQUIPMENT } from './equipmentNode';

export const option = {
	name: 'Import',
	value: 'import',
	action: 'Import equipment',
	description: 'Import the sales of a shop program\'s export. Rows to mend come out on their own output.',
};

export const fields = sourceFields;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await importRecords(context, SALES, EQUIPMENT);
}
