import type { NewRecord } from '../../domain/records';
import { shopToday } from '../../domain/shop';
import type { Instant } from '../../domain/time';
import { inTransaction, type Store } from '../open';
import { refreshVisitRhythms } from '../visitRhythms';
import { findOwners, type FoundOwner } from './owners';
import { fromColumns, toColumns, type RecordKind, type RecordProblem } from './recordKind';
import { findKnown, insertRows, updateRows, type Known, type Owned, type Row } from './recordRows';

/** What became of one record that was to be saved. */
export type RecordResult =
	| { status: 'created' | 'updated' | 'unchanged'; id: number; customerId: number }
	/** Nothing of it was stored. */
	| ({ status: 'rejected' } & RecordProblem);

/**
 * Creates records or changes what differs, in one transaction and a number of statements that does not grow with theirs. A record is found
 * by its code, else among those of its customer by its identity. What is absent stays. The same record twice is taken in the order given.
 * @param now when it is saved; its day in the shop is the today that records are held against
 * @returns for each record, in the order given, what became of it
 */
export async function saveRecords<Fields extends object>(store: Store, kind: RecordKind<Fields>, records: ReadonlyArray<NewRecord<Fields>>, now: Instant): Promise<RecordResult[]> {
	const results = new Array<RecordResult>(records.length);
	if (records.length === 0) return results;
	await inTransaction(store.db, async (db) => {
		const transaction = { ...store, db };
		const owners = await findOwners(transaction, records);
		const owned = records.map((given, index) => withKey(kind, given, owners[index]));
		const touched = new Set<number>();
		for (const wave of waves(owned)) {
			const saved = await saveWave(transaction, kind, wave.map((position) => owned[position]), touched, now);
			wave.forEach((position, index) => (results[position] = saved[index]));
		}
		if (kind.isVisit) await refreshVisitRhythms(transaction, [...touched]);
	});
	return results;
}

function withKey<Fields extends object>(kind: RecordKind<Fields>, given: NewRecord<Fields>, owner: FoundOwner): Owned<Fields> {
	const identity = kind.identity(kind.withDefaults(given));
	return { given, owner, identity, key: given.code ? `code:${given.code}` : `${identity}#${owner}` };
}

/** Splits records so that none comes twice in a wave: the second must find what the first one stored. */
function waves(owned: ReadonlyArray<{ key: string }>): number[][] {
	const times = new Map<string, number>();
	const split: number[][] = [];
	owned.forEach(({ key }, position) => {
		const wave = times.get(key) ?? 0;
		times.set(key, wave + 1);
		(split[wave] ??= []).push(position);
	});
	return split;
}

/** @param touched takes the customers whose records changed, the former owner of a record too */
async function saveWave<Fields extends object>(store: Store, kind: RecordKind<Fields>, wave: Array<Owned<Fields>>, touched: Set<number>, now: Instant): Promise<RecordResult[]> {
	const found = await findKnown(store, kind, wave);
	const today = shopToday(store.shop, now);
	const entries = wave.map(({ given, owner, key }, index) => {
		const known = found[index];
		const customerId = owner ?? known?.customer_id ?? 'CUSTOMER_UNKNOWN';
		if (typeof customerId === 'string') return { problem: { field: 'customer', reason: customerId } as RecordProblem };
		const record = kind.withDefaults({ ...(known && fromColumns(kind, known)), ...givenFields(kind, given) });
		const problem = kind.problem(record, today, store.shop.timeZone);
		if (problem) return { problem };
		const row: Row = {
			...toColumns(kind, record),
			shop_id: store.shop.id,
			customer_id: customerId,
			source_key: known?.source_key ?? key,
			code: given.code || (known?.code ?? null),
			created_at: known?.created_at ?? now,
			updated_at: now,
		};
		return known ? { changed: differs(known, row) ? { ...row, id: known.id } : undefined, known } : { row };
	});
	for (const { row, changed, known } of entries) {
		const owners = row ? [row.customer_id] : changed ? [changed.customer_id, known.customer_id] : [];
		owners.forEach((owner) => touched.add(owner));
	}
	const ids = await insertRows(store, kind, entries.flatMap(({ row }) => row ?? []));
	await updateRows(store, kind, entries.flatMap(({ changed }) => changed ?? []));
	return entries.map(({ problem, known, changed, row }): RecordResult => {
		if (problem) return { status: 'rejected', ...problem };
		if (row) return { status: 'created', id: ids.get(row.source_key) as number, customerId: row.customer_id };
		return { status: changed ? 'updated' : 'unchanged', id: known.id, customerId: (changed ?? known).customer_id };
	});
}

/** The fields of the kind that the source fills. */
function givenFields<Fields extends object>(kind: RecordKind<Fields>, given: NewRecord<Fields>): Partial<Fields> {
	const filled = (Object.keys(kind.fields) as Array<keyof Fields>).filter((field) => given[field] !== undefined);
	return Object.fromEntries(filled.map((field) => [field, given[field]])) as Partial<Fields>;
}

function differs(known: Known, row: Row): boolean {
	return Object.keys(row).some((column) => column !== 'updated_at' && known[column] !== row[column]);
}
