import { basename, dirname, join } from 'node:path';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { checkSettings } from '../../../../lib/store/open';
import { fileOf } from '../../../../lib/store/place';
import { restoreStore } from '../../../../lib/store/backup/restore';
import { now } from '../../../shared/clock';
import { log } from '../../../shared/log';
import { storeSettings } from '../../../shared/store';

export const option = {
	name: 'Restore Backup',
	value: 'restore',
	action: 'Restore a backup of the store',
	description: 'Put the contents of a backup into the store, for all shops of the file, while n8n runs; the store as it is now is kept in a copy',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Backup File',
		name: 'file',
		type: 'string',
		default: '={{ $json.file }}',
		required: true,
		description: 'Path of the backup, as Back Up has answered it. It is checked first, as Check Backup does.',
	},
	{
		displayName: 'Restore Now',
		name: 'restoreNow',
		type: 'boolean',
		default: false,
		description: 'Whether to restore; else the answer only tells what would be lost: customers and consents that came after the backup was made, and messages that were sent since. Refusals and erasures since then are kept in any case.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	if (input.length !== 1) throw new CrmError(`There are ${input.length} input items, and one store to restore`, 'Put a Limit node before this one, or choose the one backup that is wanted.');
	const settings = await storeSettings(context);
	checkSettings(settings);
	const store = fileOf(settings);
	const at = now();
	const file = String(context.getNodeParameter('file', 0, '')).trim();
	const keepAs = join(dirname(store), 'backups', `${basename(store, '.db')}-before-restore-${at.replace(/[:.]/g, '-')}.db`);
	const result = await restoreStore(settings, settings.shop, file, keepAs, context.getNodeParameter('restoreNow', 0) === true, at);
	if (result.restored) log(context, 'restore', { code: settings.shop }, { ...result.loss });
	return [[{ json: { file, ...result } as unknown as IDataObject, pairedItem: { item: 0 } }]];
}
