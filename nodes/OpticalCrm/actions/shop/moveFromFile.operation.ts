import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { moveStore } from '../../../../lib/store/backup/moveStore';
import { now } from '../../../shared/clock';
import { log } from '../../../shared/log';
import { storeSettings } from '../../../shared/store';

export const option = {
	name: 'Move From File',
	value: 'moveFromFile',
	action: 'Move the store from a file to PostgreSQL',
	description: 'Move everything in a store file, all its shops, into the empty PostgreSQL store of this credential, and check that every row arrived',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Switch off all workflows that use the file first. Afterwards the file stays as it is, and no node opens it any more.',
		name: 'moveNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Store File',
		name: 'file',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. /home/node/.n8n/optical-crm/store.db',
		hint: 'The credential of this node must name PostgreSQL, and hold the secret that the file was used with',
		description: 'Path of the file, as in the credential with which it was used',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = await storeSettings(context);
	const file = context.getNodeParameter('file', 0) as string;
	const moved = await moveStore({ database: 'file', file }, settings, settings.secret, now());
	log(context, 'move', { code: settings.shop }, { tables: Object.keys(moved.tables).length, rows: moved.rows });
	return [[{ json: { ...moved } as IDataObject, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
