import type { NewRecord, StoredRecord } from '../../../../lib/domain/records';
import { shopToday } from '../../../../lib/domain/shop';
import type { Instant } from '../../../../lib/domain/time';
import type { Mapping } from '../../../../lib/imports/headings';
import type { Place, RowOptions, RowResult } from '../../../../lib/imports/types';
import type { Store } from '../../../../lib/store/open';
import { RECORD_REASONS } from '../../../../lib/store/records/reasons';
import type { RecordQuery } from '../../../../lib/store/records/listRecords';
import type { RecordResult } from '../../../../lib/store/records/saveRecords';
import type { SavedRow } from '../importRows';

/** What the operations of a kind of record need of it. */
export interface RecordNode<Fields, F extends string> {
	/** Reads fields as an import would: the same cleaning, the same checks. */
	read(cells: Readonly<Record<string, unknown>>, mapping: Mapping<F>, options: RowOptions, place: Place): RowResult<{ record: NewRecord<Fields> }>;
	save(store: Store, records: ReadonlyArray<NewRecord<Fields>>, now: Instant): Promise<RecordResult[]>;
	list(store: Store, query: RecordQuery<Fields>): Promise<Array<StoredRecord<Fields>>>;
}

/** What the reading of a record depends on, from its shop. */
export function rowOptions({ shop }: Store, now: Instant): RowOptions {
	return { today: shopToday(shop, now), timeZone: shop.timeZone, country: shop.country };
}

/** A result of the store with what to do about a refusal. */
export function withHint(result: RecordResult): RecordResult & SavedRow {
	return result.status === 'rejected' ? { ...result, hint: RECORD_REASONS[result.reason] } : result;
}
