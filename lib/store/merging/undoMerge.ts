import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import { customerMatchKey } from '../../domain/text';
import type { Instant } from '../../domain/time';
import { insertConsents } from '../consents';
import type { Database, Store } from '../open';
import type { Row } from '../schema';
import { idSet, rowSet, textSet } from '../sets';
import { refreshVisitRhythms } from '../visitRhythms';
import { followOccasions } from './mergeCustomers';
import { refusedMeanwhile, takenBack } from './mergedConsents';
import { worsenedPoints } from './mergedPoints';
import { FOLLOWING_TABLES, wholeChains, type MergeSnapshot } from './mergeSnapshot';

/**
 * Parts two customers who were taken for one, in one transaction: what had moved goes back, what came since stays with the kept one. A field
 * that was filled is emptied again where it still holds what it was filled with. Ledgers are never rewritten: the kept customer no longer
 * answers with the other's yes, and what was refused meanwhile counts for both. Doubled occasions that the merge ended stay ended.
 * @throws CrmError when there is no such merge, it is undone already, or the kept customer was merged herself since
 */
export async function undoMerge(store: Store, mergeId: number, now: Instant): Promise<{ mergeId: number; keptId: number; mergedId: number }> {
	return await store.db.transaction().execute(async (db) => {
		const { rows } = await sql<Row<'merges'> & { kept_into: number | null; erased_at: string | null }>`
			select merges.*, customers.merged_into as kept_into, customers.erased_at from merges join customers on customers.id = merges.kept_id
			where merges.id = ${mergeId} and +merges.shop_id = ${store.shop.id}`.execute(db);
		const merge = rows[0];
		if (!merge) throw new CrmError(`The shop has no merge ${mergeId}`, 'Take the ID from the output of Customer > Merge or from the contact history.');
		if (merge.undone_at !== null) throw new CrmError(`Merge ${mergeId} was undone already`, 'Nothing is left to undo.');
		if (merge.kept_into !== null) throw new CrmError(`Customer ${merge.kept_id} was merged into customer ${merge.kept_into} since`, 'Undo that merge first.');
		if (merge.erased_at !== null) throw new CrmError(`Customer ${merge.kept_id} was erased since`, 'What was erased cannot be restored.');
		const { kept_id: keptId, merged_id: mergedId } = merge;
		const before = JSON.parse(merge.before) as MergeSnapshot;

		await restoreCustomers(db, before, keptId, mergedId, now);
		await moveBack(db, before, keptId, mergedId);
		await refreshVisitRhythms({ db, shop: store.shop }, [keptId, mergedId]);
		const chains = await wholeChains({ db, shop: store.shop }, [keptId, mergedId]);
		const own = chains.get(keptId) ?? [];
		const consents = [
			...takenBack(own.slice(before.consents.before, before.consents.after), keptId),
			...refusedMeanwhile(own.slice(before.consents.after), mergedId),
		];
		const heads = new Map([...chains].map(([id, chain]) => [id, chain[chain.length - 1]]));
		await insertConsents(db, store.shop.id, consents, heads, now);
		await db.updateTable('merges').set({ undone_at: now }).where('id', '=', mergeId).execute();
		return { mergeId, keptId, mergedId };
	});
}

async function restoreCustomers(db: Database, { customers, filled, signposts }: MergeSnapshot, keptId: number, mergedId: number, now: Instant): Promise<void> {
	const merged = customers.find(({ id }) => id === mergedId) as Row<'customers'>;
	const { kept } = await sql<Row<'customers'>>`select * from customers where id = ${keptId}`.execute(db).then(({ rows }) => ({ kept: rows[0] }));
	const emptied = filled.filter((field) => kept[field as keyof typeof kept] === merged[field as keyof typeof merged]);
	const changes = Object.fromEntries(emptied.map((field) => [field, field === 'deceased' ? 0 : null])) as Partial<Row<'customers'>>;
	const birthDate = (emptied.includes('birth_date') ? null : kept.birth_date) ?? undefined;
	const key = customerMatchKey({ firstName: kept.first_name, lastName: kept.last_name, birthDate });
	await db.updateTable('customers').set({ ...changes, birth_md: birthDate?.slice(5) ?? null, match_key: key, updated_at: now }).where('id', '=', keptId).execute();
	await sql`update customers set merged_into = null, updated_at = ${now}, code = coalesce(code, ${emptied.includes('code') ? merged.code : null}),
			household_id = (select id from households where id = ${merged.household_id})
		where id = ${mergedId}`.execute(db);
	await sql`update customers set merged_into = ${mergedId} where id in ${idSet(signposts)} and merged_into = ${keptId}`.execute(db);
}

async function moveBack(db: Database, before: MergeSnapshot, keptId: number, mergedId: number): Promise<void> {
	const points = before.contactPoints.filter(({ customer_id }) => customer_id === mergedId).map(({ id, preferred }) => ({ id, preferred }));
	await sql`update contact_points set customer_id = ${mergedId}, preferred = point.preferred
		from ${rowSet(points, { id: 'integer', preferred: 'integer' })} as point where contact_points.id = point.id`.execute(db);
	const mended = worsenedPoints(before.contactPoints, keptId, mergedId).map(({ before: was, after }) => ({
		id: was.id, was_status: was.status, status: after.status, was_unreachable: was.unreachable ?? null, unreachable: after.unreachable,
	}));
	// What a provider has said since stays.
	await sql`update contact_points set status = case when contact_points.status = point.status then point.was_status else contact_points.status end,
			unreachable = case when contact_points.unreachable = point.unreachable then point.was_unreachable else contact_points.unreachable end
		from ${rowSet(mended, { id: 'integer', was_status: 'text', status: 'text', was_unreachable: 'text', unreachable: 'text' })} as point where contact_points.id = point.id`.execute(db);
	for (const table of FOLLOWING_TABLES) {
		// A merge of an older package knew fewer tables.
		await sql`update ${sql.table(table)} set customer_id = ${mergedId} where id in ${idSet(before.records[table] ?? [])} and customer_id = ${keptId}`.execute(db);
	}
	await sql`update occasions set customer_id = ${mergedId} where id in ${idSet(before.occasions.map(({ id }) => id))} and customer_id = ${keptId}`.execute(db);
	await followOccasions(db, before.occasions.map(({ id }) => id));
	const messages = before.messages.map(({ id, contact_point_id }) => ({ id, contact_point_id }));
	await sql`update messages set contact_point_id = message.contact_point_id
		from ${rowSet(messages, { id: 'integer', contact_point_id: 'integer' })} as message where messages.id = message.id and messages.customer_id = ${keptId}`.execute(db);
	// A message follows its occasion, also one that was written since.
	await sql`update messages set customer_id = ${mergedId}
		where occasion_id in ${idSet(before.occasions.map(({ id }) => id))} and customer_id = ${keptId}`.execute(db);
	await sql`update opt_in_requests set customer_id = ${mergedId}
		where token_hash in ${textSet(before.optIns)} and customer_id = ${keptId}`.execute(db);
}
