import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { shopToday, type Shop } from '../../../../lib/domain/shop';
import type { Instant } from '../../../../lib/domain/time';
import { forgetDeskLog } from '../../../../lib/store/desk/deskLog';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { erasePurchaseDetails, forgottenCustomers, oldPurchases, previewCode, type RetentionDays } from '../../../../lib/store/erasing/retention';
import { now } from '../../../shared/clock';
import { log } from '../../../shared/log';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Apply Retention',
	value: 'retention',
	action: 'Erase customers after the retention period',
	description: 'Preview, then erase, what is older than the shop keeps it: customers and prospects without contact, and details of old purchases',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'The periods are those of Shop > Create or Update: Keep Customers, Keep Prospects and Keep Purchases for Months.',
		name: 'periodsNotice',
		type: 'notice',
		default: '',
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
/** Customers that a preview names; the count and the code are of all. */
const MOST_NAMED = 10_000;
/** Who did what on the Desk is kept for as long as a question about it may come: two years, our own. The Garante asks for six months at least of who administers systems. */
const DESK_LOG_MONTHS = 24;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const at = now();
	const before = retentionDays(store.shop, at);
	const forgotten = await forgottenCustomers(store, before);
	const purchases = await oldPurchases(store, before.purchases);
	const code = previewCode(forgotten, purchases);
	const given = String(context.getNodeParameter('previewCode', 0, '')).trim();
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	const itemOf = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem });
	if (!given) return [[itemOf({ erased: false, count: forgotten.length, purchaseDetails: purchases.length, before, previewCode: code, customers: forgotten.slice(0, MOST_NAMED), ...(forgotten.length > MOST_NAMED && { notNamed: forgotten.length - MOST_NAMED }) })]];
	if (given !== code) throw new CrmError('The preview is not that of today\'s list: nothing was erased', 'Run the operation without a code, look at the list, and give its code.');
	const items: INodeExecutionData[] = [];
	for (const ids of batches(forgotten.map(({ id }) => id))) {
		const { customers, counts, proof } = await eraseCustomers(store, ids, { reason: 'retention', who: 'workflow' }, at);
		items.push(itemOf({ erased: true, complete: proof.left.length === 0, count: ids.length, customers, counts, proof }));
	}
	log(context, 'erase', store.shop, { reason: 'retention', customers: forgotten.length, purchaseDetails: purchases.length });
	for (const ids of batches(purchases)) await erasePurchaseDetails(store, ids, at);
	const deskLog = await forgetDeskLog(store, DateTime.fromISO(at, { zone: 'utc' }).minus({ months: DESK_LOG_MONTHS }).toISO() as Instant);
	items.push(itemOf({ erased: true, complete: true, purchaseDetails: purchases.length, deskLog }));
	return [items];
}

function retentionDays({ retention, ...shop }: Shop, at: Instant): RetentionDays {
	const today = DateTime.fromISO(shopToday(shop, at));
	const before = (months: number) => today.minus({ months }).toISODate() as string;
	return { prospects: before(retention.prospectMonths), customers: before(retention.customerMonths), purchases: before(retention.purchaseMonths) };
}

function batches(ids: readonly number[]): number[][] {
	return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, batch) => ids.slice(batch * BATCH, (batch + 1) * BATCH));
}
