import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { checkBackup } from '../../../../lib/store/backup/checkBackup';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Check Backup',
	value: 'checkBackup',
	action: 'Check a backup of the store',
	description: 'Restore a backup for trial and check every page, reference and consent; the store itself is not touched',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Backup File',
		name: 'file',
		type: 'string',
		default: '={{ $json.file }}',
		required: true,
		description: 'Path of the backup, as Back Up has answered it. Where Restore cannot open the store itself: stop n8n, put the file in the place of the store, and delete the files that end in -wal and -shm.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const file = String(context.getNodeParameter('file', index, '')).trim();
			answers.output[index] = { json: { file, ...(await checkBackup(file)) } as unknown as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
