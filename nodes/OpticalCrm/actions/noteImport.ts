import type { IExecuteFunctions } from 'n8n-workflow';
import type { Store } from '../../../lib/store/open';
import { noteSigns } from '../../../lib/store/signsOfLife';
import { now } from '../../shared/clock';
import { log, stopwatch } from '../../shared/log';
import type { ImportSummary } from './importRows';

/** Imports, and notes how many rows came and how long it took. */
export async function noteImport(context: IExecuteFunctions, store: Store, work: () => Promise<ImportSummary>): Promise<ImportSummary> {
	const what = context.getNodeParameter('resource', 0) as string;
	const took = stopwatch();
	const summary = await work();
	const { rows, created, updated, unchanged, rejected, fieldsLeftOut } = summary;
	await noteSigns(store, [{ what: 'imported', name: what, things: rows }], now());
	log(context, 'import', store.shop, { of: what, rows, created, updated, unchanged, rejected, fieldsLeftOut, ms: took() });
	return summary;
}
