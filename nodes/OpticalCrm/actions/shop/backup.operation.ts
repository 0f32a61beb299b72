import { dirname, join } from 'node:path';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { backUpStore, backupPath, forgetBackups } from '../../../../lib/store/backup/backup';
import { openDatabase } from '../../../../lib/store/open';
import { fileOf } from '../../../../lib/store/place';
import { findShop } from '../../../../lib/store/shops';
import { noteSigns } from '../../../../lib/store/signsOfLife';
import { now } from '../../../shared/clock';
import { log, stopwatch } from '../../../shared/log';
import { storeSettings } from '../../../shared/store';

export const option = {
	name: 'Back Up',
	value: 'backup',
	action: 'Back up the store',
	description: 'Copy the store file while it is in use; the copy holds all shops of the file',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Folder',
		name: 'folder',
		type: 'string',
		default: '',
		placeholder: 'e.g. /backups/optical-crm',
		description: 'Where the copy is put, named by the moment; a folder "backups" beside the store when empty. Better on another disk.',
	},
	{
		displayName: 'Copies to Keep',
		name: 'keep',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3650, numberPrecision: 0 },
		default: 0,
		description: 'Older copies in the folder are deleted, because they still hold the customers who were erased since. 0 keeps all.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = await storeSettings(context);
	// Opened as the nodes do, so that what is copied has today's schema.
	const source = fileOf(settings);
	const db = await openDatabase(settings);
	const given = String(context.getNodeParameter('folder', 0, '')).trim();
	const at = now();
	const folder = given || join(dirname(source), 'backups');
	const keep = Math.trunc(Number(context.getNodeParameter('keep', 0, 0)) || 0);
	const took = stopwatch();
	const made = await backUpStore(source, backupPath(source, folder, at));
	const shop = await findShop(db, settings.shop);
	if (shop) await noteSigns({ db, shop }, [{ what: 'backup', name: 'file' }], at);
	log(context, 'backup', shop, { bytes: made.bytes, ms: took() });
	const deleted = keep > 0 ? forgetBackups(source, folder, keep) : [];
	return [[{ json: { ...made, madeAt: at, deleted } as IDataObject, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}
