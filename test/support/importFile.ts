import { readExport } from '../../lib/imports/readExport';
import type { Store } from '../../lib/store/open';
import { importCustomers } from '../../nodes/OpticalCrm/actions/customer/importCustomers';
import type { ImportSummary, MendItem } from '../../nodes/OpticalCrm/actions/importRows';
import { NOTICE } from './store';

const NOW = '2026-11-22T08:00:00.000Z';

/** Imports a file of customers into a store, as the node does. */
export async function importFile(store: Store, file: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<{ summary: ImportSummary; toMend: MendItem[] }> {
	const bytes = typeof file === 'string' || file instanceof Uint8Array ? [Buffer.from(file as string)] : file;
	const toMend: MendItem[] = [];
	const events = readExport(bytes, { today: NOW.slice(0, 10), timeZone: store.shop.timeZone, country: store.shop.country });
	const summary = await importCustomers(store, events, { source: 'import', noticeVersion: NOTICE.version }, (item) => toMend.push(item), () => NOW);
	return { summary, toMend };
}
