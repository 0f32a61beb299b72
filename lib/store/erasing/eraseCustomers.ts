import { sql } from 'kysely';
import type { ConsentPurpose } from '../../domain/consent';
import { CHANNELS, CONTACT_POINT_OF_CHANNEL } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import { consentHistory } from '../consents';
import { removeWords } from '../customers/customerWords';
import { formerValues, type FormerValue } from '../customers/formerValues';
import { isPostgres } from '../dialect';
import type { Database, Store } from '../open';
import type { Row } from '../schema';
import { idSet } from '../sets';
import { suppress } from '../suppressions';
import { eraseMessages } from './eraseMessages';
import { searchFormerValues, type ErasureProof } from './erasureProof';

/** Why customers are erased: they asked for it (GDPR 17), or the shop's own period is over (GDPR 5(1)(e)). */
export interface Erasure {
	reason: 'request' | 'retention';
	/** Who did it. */
	who: string;
}

/** What an erasure took away, and the proof that nothing is left. */
export interface Erased {
	/** Ids of those who were erased, with those who had been merged into them. */
	customers: number[];
	counts: Record<string, number>;
	proof: ErasureProof;
}

/** Tables whose rows are about one customer and of no use without a name. */
const DELETED = ['equipment', 'exams', 'appointments', 'quotes', 'opt_in_requests', 'consent_details', 'customer_answers', 'own_dates', 'visit_rhythms', 'segment_members',
	'inbound_messages', 'tickets', 'survey_answers', 'campaign_assignments'] as const;

/**
 * Takes all personal data of customers out of the store, in one transaction, then searches the whole store for what they were known by.
 *
 * What stays holds no name, address or day of birth: the customer's number, what was decided and sent when (for the counts), the consent
 * chain with hashes in place of its free text (so that it still verifies), and the suppression of the addresses by keyed hash. Append-only
 * tables need no way around for it: personal text never gets into them, save the staff's words in the message history, where the
 * database itself lets the words of an erased customer be removed and nothing else be changed.
 *
 * After a request all addresses are suppressed for every purpose, so that an old export cannot bring the customer back into a mailing; after
 * a retention only what they had refused is.
 * @throws CrmError while a message to one of them is being sent; nothing is erased then
 */
export async function eraseCustomers(store: Store, customerIds: readonly number[], { reason, who }: Erasure, now: Instant): Promise<Erased> {
	const { db } = store;
	const { former, ...erased } = await overwritingFreedPlaces(db, async () =>
		await db.transaction().execute(async (transaction) => await eraseAll({ ...store, db: transaction }, customerIds, { reason, who }, now)),
	);
	return { ...erased, proof: await searchFormerValues(db, former) };
}

/** Freed places are overwritten or given back, not only marked as free. */
async function overwritingFreedPlaces<Result>(db: Database, work: () => Promise<Result>): Promise<Result> {
	if (isPostgres(db)) {
		const result = await work();
		// PostgreSQL keeps former rows until it tidies up; new ones then take their places.
		await sql`vacuum ${sql.join(['customers', 'contact_points', 'messages', 'message_html', 'message_history', 'call_tries', 'text_complaints', 'merges', 'households', 'customer_words', ...DELETED].map((table) => sql.table(table)))}`.execute(db);
		return result;
	}
	await sql`pragma secure_delete = on`.execute(db);
	try {
		const result = await work();
		// What the write-ahead log still holds goes into the file, and the log is emptied.
		await sql`pragma wal_checkpoint(truncate)`.execute(db);
		return result;
	} finally {
		await sql`pragma secure_delete = off`.execute(db);
	}
}

/** The erasure without its proof, for callers that hold a transaction. */
export async function eraseAll(store: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[], { reason, who }: Erasure, now: Instant): Promise<Omit<Erased, 'proof'> & { former: FormerValue[] }> {
	const { db, shop } = store;
	const { rows } = await sql<{ id: number }>`
		select id from customers where +shop_id = ${shop.id} and erased_at is null
			and (id in ${idSet(customerIds)} or merged_into in ${idSet(customerIds)}) order by id`.execute(db);
	const ids = rows.map(({ id }) => id);
	const all = idSet(ids);
	const former = await formerValues(db, ids);
	await keepSuppressions(store, ids, reason, now);
	const households = await sql<{ id: number }>`select distinct household_id as id from customers where id in ${all} and household_id is not null`.execute(db);
	await removeWords(db, ids);
	await sql`
		update customers set code = null, first_name = '', last_name = '', title = null, sex = null, birth_date = null, birth_md = null, language = null,
			formality = null, time_zone = null, match_key = '#' || id, search_name = '', household_id = null, entered_by = null, entered_on = null,
			erased_at = ${now}, updated_at = ${now}
		where id in ${all}`.execute(db);
	const counts: Record<string, number> = { customers: ids.length, messages: await eraseMessages(db, ids, who, now) };
	// What came from their addresses while nobody knew whose they are.
	for (const table of ['inbound_messages', 'tickets'] as const) {
		await sql`delete from ${sql.table(table)} where shop_id = ${shop.id} and customer_id is null and sender in (select value from contact_points where customer_id in ${all})`.execute(db);
	}
	for (const table of DELETED) counts[table] = await changed(db.deleteFrom(table).where('customer_id', 'in', all));
	await sql`delete from whatsapp_windows where (shop_id, address_hash) in (select shop_id, address_hash from contact_points where customer_id in ${all})`.execute(db);
	// Messages refer to them: the rows stay, what they lead to does not.
	counts.contact_points = await changed(
		db.updateTable('contact_points')
			.set({ value: sql<string>`'#' || id`, line: null, status: 'invalid', preferred: 0, address_hash: '', unreachable: null })
			.where('customer_id', 'in', all),
	);
	counts.merges = await changed(db.updateTable('merges').set({ before: '{}' }).where(({ or, eb }) => or([eb('kept_id', 'in', all), eb('merged_id', 'in', all)])));
	await sql`delete from households where id in ${idSet(households.rows.map(({ id }) => id))}
		and not exists (select 1 from customers where household_id = households.id)`.execute(db);
	if (ids.length > 0) await db.insertInto('erasures').values({ shop_id: shop.id, erased_at: now, reason, who, counts: JSON.stringify(counts) }).execute();
	return { customers: ids, counts, former };
}

async function changed(query: { executeTakeFirst(): Promise<{ numDeletedRows?: bigint; numUpdatedRows?: bigint } | undefined> }): Promise<number> {
	const { numDeletedRows, numUpdatedRows } = (await query.executeTakeFirst()) ?? {};
	return Number(numDeletedRows ?? numUpdatedRows ?? 0);
}

/** Puts on the suppression list, by keyed hash, what must outlive the customer. */
async function keepSuppressions({ db, shop }: Pick<Store, 'db' | 'shop'>, ids: readonly number[], reason: Erasure['reason'], now: Instant): Promise<void> {
	const { rows } = await sql<Pick<Row<'contact_points'>, 'customer_id' | 'kind' | 'address_hash'>>`
		select customer_id, kind, address_hash from contact_points where customer_id in ${idSet(ids)}`.execute(db);
	if (reason === 'request') return await suppress(db, shop.id, rows.map(({ address_hash }) => ({ address_hash, purpose: 'any' })), 'erased', now);
	const refused = await refusals(db, shop, ids);
	const wanted = rows.flatMap(({ customer_id, kind, address_hash }) =>
		(refused.get(customer_id) ?? []).filter(({ kinds }) => kinds.has(kind)).map(({ purpose }) => ({ address_hash, purpose })),
	);
	await suppress(db, shop.id, wanted, 'erased', now);
}

/** What each customer last said no to, with the kinds of address that it is about. */
async function refusals(db: Database, shop: Store['shop'], ids: readonly number[]): Promise<Map<number, Array<{ purpose: ConsentPurpose; kinds: Set<string> }>>> {
	const chains = await consentHistory({ db, shop }, ids);
	return new Map([...chains].map(([id, chain]) => {
		const last = new Map(chain.map((record) => [`${record.channel} ${record.purpose}`, record]));
		const stops = [...last.values()].filter(({ status, withdrawnAt }) => status === 'withdrawn' || status === 'objected' || withdrawnAt !== undefined);
		return [id, stops.map(({ channel, purpose }) => ({ purpose, kinds: new Set(channel === 'any' ? CHANNELS.map((one) => CONTACT_POINT_OF_CHANNEL[one]) : [CONTACT_POINT_OF_CHANNEL[channel]]) }))];
	}));
}
