import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { shopToday } from '../../../../lib/domain/shop';
import { eraseCustomers } from '../../../../lib/store/eraseCustomers';
import { forgottenCustomers, previewCode } from '../../../../lib/store/retention';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Apply Retention',
	value: 'retention',
	action: 'Erase customers after the retention period',
	description: 'Preview, then erase, the customers without any sale, exam, appointment, quote or message for a number of months',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Months',
		name: 'months',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 120,
		description: 'How long the shop keeps a customer after the last contact, as its privacy notice says',
	},
	{
		displayName: 'Preview Code',
		name: 'previewCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3f1c0a9be2d4',
		description: 'Empty: shows who would be erased, with a code. With that code: erases exactly those; if the list has changed since, nothing happens.',
	},
];

/** Erased in one transaction; between two others have their turn. */
const BATCH = 500;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const at = now();
	const months = Number(context.getNodeParameter('months', 0));
	if (!Number.isSafeInteger(months) || months < 1) throw new CrmError('Months is no whole number from 1 up', 'Enter how many months the shop keeps a customer after the last contact.');
	const before = DateTime.fromISO(shopToday(store.shop, at)).minus({ months }).toISODate() as string;
	const forgotten = await forgottenCustomers(store, before);
	const code = previewCode(forgotten);
	const given = String(context.getNodeParameter('previewCode', 0, '')).trim();
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	if (!given) return [[{ json: { erased: false, count: forgotten.length, before, previewCode: code, customers: forgotten } as unknown as IDataObject, pairedItem }]];
	if (given !== code) throw new CrmError('The preview is not that of today\'s list: nothing was erased', 'Run the operation without a code, look at the list, and give its code.');
	const items: INodeExecutionData[] = [];
	for (let start = 0; start < forgotten.length; start += BATCH) {
		const ids = forgotten.slice(start, start + BATCH).map(({ id }) => id);
		const { customers, counts, proof } = await eraseCustomers(store, ids, { reason: 'retention', who: 'workflow' }, at);
		items.push({ json: { erased: true, complete: proof.left.length === 0, count: ids.length, customers, counts, proof } as unknown as IDataObject, pairedItem });
	}
	return [items];
}
