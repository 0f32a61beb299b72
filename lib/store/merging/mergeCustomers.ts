import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import { customerMatchKey } from '../../domain/text';
import type { Instant } from '../../domain/time';
import { insertConsents } from '../consents';
import { recordHistory } from '../messageHistory';
import type { Database, Store } from '../open';
import type { Row } from '../schema';
import { idSet, rowSet } from '../sets';
import { refreshVisitRhythms } from '../visitRhythms';
import { consentsOfMerged } from './mergedConsents';
import { sharedPoints, worsenedPoints } from './mergedPoints';
import { FOLLOWING_TABLES, readSnapshot, RECORD_TABLES, type MergeSnapshot } from './mergeSnapshot';

/** What a merge did. */
export interface MergeResult {
	mergeId: number;
	keptId: number;
	mergedId: number;
	/** Fields of the kept customer that were empty and were filled. */
	filled: string[];
	moved: { contactPoints: number; occasions: number; messages: number; equipment: number; exams: number; appointments: number; quotes: number; consents: number };
}

/** Fields that the kept customer takes over where she has none. */
const FILLED = ['code', 'title', 'sex', 'birth_date', 'language', 'formality', 'time_zone', 'entered_by', 'entered_on', 'household_id'] as const;

/**
 * Makes one customer of two, in one transaction. All that belongs to the merged one goes over to the kept one, whose own fields win; the
 * merged one stays as a signpost, found by its code and name and listed no more. An occasion that both have, and its message, stays with
 * the merged one and is ended. Decisions are never rewritten: they stay where they were taken.
 * @param who the person who says that they are one
 * @throws CrmError when one of them is not there, is merged or erased already, or both are the same
 */
export async function mergeCustomers(store: Store, { keptId, mergedId, who }: { keptId: number; mergedId: number; who: string }, now: Instant): Promise<MergeResult> {
	return await store.db.transaction().execute(async (db) => {
		const scope = { ...store, db };
		const { snapshot, chains } = await readSnapshot(scope, keptId, mergedId);
		const kept = usable(snapshot, keptId);
		const merged = usable(snapshot, mergedId);
		if (keptId === mergedId) throw new CrmError('A customer cannot be merged with herself', 'Give two different customer IDs.');

		const points = await moveContactPoints(scope, snapshot, keptId, mergedId);
		for (const table of FOLLOWING_TABLES) await sql`update ${sql.table(table)} set customer_id = ${keptId} where customer_id = ${mergedId}`.execute(db);
		await refreshVisitRhythms(scope, [keptId, mergedId]);
		const messages = await moveOccasions(scope, snapshot, points, { keptId, who }, now);
		await sql`update opt_in_requests set customer_id = ${keptId},
				contact_point_id = coalesce((select kept_id from ${pairsOf(points)} as pair where pair.id = contact_point_id), contact_point_id)
			where customer_id = ${mergedId}`.execute(db);

		const own = chains.get(keptId) ?? [];
		const gained = consentsOfMerged(own, chains.get(mergedId) ?? [], keptId, points, now);
		await insertConsents(db, store.shop.id, gained, new Map(own.length > 0 ? [[keptId, own[own.length - 1]]] : []), now);
		snapshot.consents = { before: own.length, after: own.length + gained.length };
		snapshot.filled = await fillGaps(scope, kept, merged, now);

		const { rows } = await sql<{ id: number }>`
			insert into merges (shop_id, kept_id, merged_id, before, who, merged_at)
			values (${store.shop.id}, ${keptId}, ${mergedId}, ${JSON.stringify(snapshot)}, ${who}, ${now}) returning id`.execute(db);
		const records = Object.fromEntries(RECORD_TABLES.map((table) => [table, snapshot.records[table].length])) as Pick<MergeResult['moved'], (typeof RECORD_TABLES)[number]>;
		const contactPoints = snapshot.contactPoints.filter(({ id, customer_id }) => customer_id === mergedId && !points.has(id)).length;
		const occasions = snapshot.occasions.filter(({ doubled }) => !doubled).length;
		return { mergeId: rows[0].id, keptId, mergedId, filled: snapshot.filled, moved: { contactPoints, occasions, messages, ...records, consents: gained.length } };
	});
}

function usable({ customers }: MergeSnapshot, id: number): Row<'customers'> {
	const row = customers.find((customer) => customer.id === id);
	if (!row || row.erased_at !== null) throw new CrmError(`The shop has no customer ${id} to merge`, 'Take the IDs from Customer > Find Duplicates or Get, with the same credential.');
	if (row.merged_into === null) return row;
	throw new CrmError(`Customer ${id} was merged into customer ${row.merged_into} already`, `Use ${row.merged_into}, or undo that merge first.`);
}

/** Moves what the kept customer has not. Returns the merged customer's points that she has, each with hers. */
async function moveContactPoints({ db }: Store, { contactPoints }: MergeSnapshot, keptId: number, mergedId: number): Promise<Map<number, number>> {
	const points = new Map(sharedPoints(contactPoints, keptId, mergedId).map(({ point, same }) => [point.id, same.id]));
	const preferred = new Set(contactPoints.filter((point) => point.customer_id === keptId && point.preferred === 1).map(({ kind }) => kind));
	const moved = contactPoints
		.filter(({ id, customer_id }) => customer_id === mergedId && !points.has(id))
		.map(({ id, kind, status, preferred: was, unreachable }) => ({ id, status, unreachable, preferred: preferred.has(kind) ? 0 : was }));
	const worsened = worsenedPoints(contactPoints, keptId, mergedId).map(({ after: { id, status, unreachable, preferred: was } }) => ({ id, status, unreachable, preferred: was }));
	await sql`update contact_points set customer_id = ${keptId}, status = point.status, preferred = point.preferred, unreachable = point.unreachable
		from ${rowSet([...moved, ...worsened], { id: 'integer', status: 'text', preferred: 'integer', unreachable: 'text' })} as point where contact_points.id = point.id`.execute(db);
	return points;
}

function pairsOf(points: ReadonlyMap<number, number>) {
	return rowSet([...points].map(([id, kept_id]) => ({ id, kept_id })), { id: 'integer', kept_id: 'integer' });
}

/** Moves occasions with their messages; ends those that the kept customer has too. Returns how many messages moved. */
async function moveOccasions({ db }: Store, { occasions, messages }: MergeSnapshot, points: ReadonlyMap<number, number>, { keptId, who }: { keptId: number; who: string }, now: Instant): Promise<number> {
	const doubled = new Set(occasions.filter((occasion) => occasion.doubled).map(({ id }) => id));
	await sql`update occasions set customer_id = ${keptId} where id in ${idSet(occasions.filter(({ id }) => !doubled.has(id)).map(({ id }) => id))}`.execute(db);
	await followOccasions(db, occasions.map(({ id }) => id));
	await sql`update occasions set state = 'settled', outcome = 'dropped', reason = 'MERGED', settled_at = ${now}, leased_until = null
		where id in ${idSet([...doubled])} and (state in ('leased', 'waiting') or outcome = 'review')`.execute(db);
	const moved = messages.filter(({ occasion_id }) => !doubled.has(occasion_id)).map(({ id }) => id);
	await sql`update messages set customer_id = ${keptId},
			contact_point_id = coalesce((select kept_id from ${pairsOf(points)} as pair where pair.id = messages.contact_point_id), contact_point_id)
		where id in ${idSet(moved)}`.execute(db);
	const ended = messages.filter(({ occasion_id, state }) => doubled.has(occasion_id) && (state === 'pending' || state === 'approved'));
	await sql`update messages set state = 'rejected', approved_hash = null, updated_at = ${now} where id in ${idSet(ended.map(({ id }) => id))}`.execute(db);
	await recordHistory(db, ended.map(({ id, state }) => ({ id, from: state as 'pending', to: 'rejected', who, why: 'MERGED' })), now);
	return moved.length;
}

/** Gives what the campaigns are compared by to the customer whose occasion it is about. */
export async function followOccasions(db: Database, occasions: readonly number[]): Promise<void> {
	await sql`update campaign_assignments set customer_id = occasions.customer_id from occasions
		where occasions.id = campaign_assignments.occasion_id and campaign_assignments.occasion_id in ${idSet(occasions)}`.execute(db);
}

/** Fills what the kept customer lacks and turns the merged one into a signpost, with all that pointed to it. */
async function fillGaps({ db }: Store, kept: Row<'customers'>, merged: Row<'customers'>, now: Instant): Promise<string[]> {
	const filled: string[] = FILLED.filter((field) => kept[field] === null && merged[field] !== null);
	if (merged.deceased === 1 && kept.deceased === 0) filled.push('deceased');
	await db.updateTable('customers').set({ merged_into: kept.id }).where('merged_into', '=', merged.id).execute();
	await db.updateTable('customers').set({ merged_into: kept.id, household_id: null, updated_at: now, ...(filled.includes('code') && { code: null }) }).where('id', '=', merged.id).execute();
	const changes = Object.fromEntries(filled.map((field) => [field, merged[field as keyof typeof merged]])) as Partial<Row<'customers'>>;
	const birthDate = kept.birth_date ?? merged.birth_date ?? undefined;
	const key = customerMatchKey({ firstName: kept.first_name, lastName: kept.last_name, birthDate });
	await db.updateTable('customers').set({ ...changes, birth_md: birthDate?.slice(5) ?? null, match_key: key, updated_at: now }).where('id', '=', kept.id).execute();
	return filled;
}
