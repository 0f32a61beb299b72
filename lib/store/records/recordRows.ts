import { sql } from 'kysely';
import type { NewRecord } from '../../domain/records';
import type { Store } from '../open';
import { columnList, rowSet } from '../sets';
import type { FoundOwner } from './owners';
import { columnsOf, tableOf, type RecordKind } from './recordKind';

/** A record with the customer who was found for it. */
export interface Owned<Fields> {
	given: NewRecord<Fields>;
	owner: FoundOwner;
	/** Tells the same record of another import. */
	key: string;
	identity: string;
}

/** A row of the table, before it has an id; beside these columns it has those of its kind. */
export interface Row {
	shop_id: number;
	customer_id: number;
	source_key: string;
	code: string | null;
	created_at: string;
	updated_at: string;
	[column: string]: string | number | null;
}

/** A row that is stored. */
export interface Known extends Row {
	id: number;
}

const COMMON = { shop_id: 'integer', customer_id: 'integer', source_key: 'text', code: 'text', created_at: 'text', updated_at: 'text' } as const;

/** The stored record that each one means. Those without a code keep their identity when customers are merged, so the end of the key is not asked for. */
export async function findKnown<Fields extends object>({ db, shop }: Store, kind: RecordKind<Fields>, wave: Array<Owned<Fields>>): Promise<Array<Known | undefined>> {
	const wanted = wave.map(({ key, owner, identity, given }) => ({ key, code: given.code, owner: typeof owner === 'number' ? owner : undefined, start: `${identity}#` }));
	const uncoded = wanted.filter(({ code, owner }) => !code && owner !== undefined);
	const coded = wanted.filter(({ code }) => code);
	const byCode = coded.length === 0 ? [] : (await sql<Known>`
		select record.* from ${rowSet(coded, { key: 'text' })} as wanted
		cross join ${tableOf(kind)} as record on record.shop_id = ${shop.id} and record.source_key = wanted.key`.execute(db)).rows;
	const byIdentity = uncoded.length === 0 ? [] : (await sql<Known & { wanted_key: string }>`
		select wanted.key as wanted_key, record.* from ${rowSet(uncoded, { key: 'text', owner: 'integer', start: 'text' })} as wanted
		cross join ${tableOf(kind)} as record on record.customer_id = wanted.owner and +record.shop_id = ${shop.id}
			and substr(record.source_key, 1, length(wanted.start)) = wanted.start
		order by record.id desc`.execute(db)).rows;
	const known = new Map<string, Known>(byCode.map((row) => [row.source_key, row]));
	for (const { wanted_key, ...row } of byIdentity) known.set(wanted_key, row as Known);
	return wanted.map(({ key }) => known.get(key));
}

/** Stores new records in one statement; the ids by source key */
export async function insertRows<Fields extends object>({ db }: Store, kind: RecordKind<Fields>, rows: Row[]): Promise<Map<string, number>> {
	if (rows.length === 0) return new Map();
	const columns: Record<string, 'text' | 'integer'> = { ...COMMON, ...columnsOf(kind) };
	const list = columnList(columns);
	const inserted = await sql<{ id: number; source_key: string }>`
		insert into ${tableOf(kind)} (${list}) select ${list} from ${rowSet(rows, columns)} as fresh returning id, source_key`.execute(db);
	return new Map(inserted.rows.map(({ id, source_key }) => [source_key, id]));
}

/** Writes records that differ, in one statement. */
export async function updateRows<Fields extends object>({ db }: Store, kind: RecordKind<Fields>, rows: Known[]): Promise<void> {
	if (rows.length === 0) return;
	const columns: Record<string, 'text' | 'integer'> = { id: 'integer', ...COMMON, ...columnsOf(kind) };
	const assignments = Object.keys(columns)
		.filter((column) => !['id', 'shop_id', 'source_key', 'created_at'].includes(column))
		.map((column) => `"${column}" = changed."${column}"`);
	await sql`update ${tableOf(kind)} set ${sql.raw(assignments.join(', '))} from ${rowSet(rows, columns)} as changed where ${sql.ref(`${kind.table}.id`)} = changed.id`.execute(db);
}
