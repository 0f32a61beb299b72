import { sql } from 'kysely';
import type { ConsentRecord } from '../../domain/consent';
import { consentDetails, withDetails } from '../consentDetails';
import { consentHistory } from '../consents';
import { HELD } from '../dialect';
import type { Store } from '../open';
import type { Row } from '../schema';
import { idSet } from '../sets';

export const RECORD_TABLES = ['equipment', 'exams', 'appointments', 'quotes'] as const;
/** What belongs to a customer and follows her with its rows alone. */
export const FOLLOWING_TABLES = [...RECORD_TABLES, 'customer_answers', 'own_dates', 'inbound_messages', 'tickets', 'survey_answers'] as const;

/** What a merge changes, as it was before; kept as JSON, and what an undo goes by. */
export interface MergeSnapshot {
	customers: Array<Row<'customers'>>;
	contactPoints: Array<Pick<Row<'contact_points'>, 'id' | 'customer_id' | 'kind' | 'value' | 'status' | 'preferred' | 'unreachable'>>;
	/** Ids of the merged customer's rows, by table. */
	records: Record<(typeof FOLLOWING_TABLES)[number], number[]>;
	/** The merged customer's; `doubled` where the kept one has the same occasion, which then stays where it is. */
	occasions: Array<{ id: number; doubled: boolean }>;
	messages: Array<Pick<Row<'messages'>, 'id' | 'occasion_id' | 'contact_point_id' | 'state'>>;
	optIns: string[];
	/** Customers who were merged into the merged one earlier. */
	signposts: number[];
	/** Fields of the kept customer that were empty and were filled from the merged one. */
	filled: string[];
	/** Length of the kept customer's consent chain before and after. */
	consents: { before: number; after: number };
}

/** Both customers and what belongs to the merged one, in a fixed number of statements. The consent chains come along: a snapshot need not keep them. */
export async function readSnapshot(store: Store, keptId: number, mergedId: number): Promise<{ snapshot: MergeSnapshot; chains: Map<number, ConsentRecord[]> }> {
	const { db, shop } = store;
	const both = idSet([keptId, mergedId]);
	const customers = await sql<Row<'customers'>>`select * from customers where id in ${both} and +shop_id = ${shop.id}`.execute(db);
	const contactPoints = await sql<MergeSnapshot['contactPoints'][number]>`
		select id, customer_id, kind, value, status, preferred, unreachable from contact_points where customer_id in ${both} order by id`.execute(db);
	const occasions = await sql<{ id: number; doubled: number }>`
		select id, exists (select 1 from occasions as other where other.customer_id = ${keptId} and other.kind = mine.kind
			and other.due_on = mine.due_on and other.stage = mine.stage) as doubled
		from occasions as mine where customer_id = ${mergedId} order by id`.execute(db);
	const messages = await sql<MergeSnapshot['messages'][number]>`
		select id, occasion_id, contact_point_id, state from messages where customer_id = ${mergedId} order by id ${HELD}`.execute(db);
	const optIns = await sql<{ token_hash: string }>`select token_hash from opt_in_requests where customer_id = ${mergedId}`.execute(db);
	const signposts = await sql<{ id: number }>`select id from customers where merged_into = ${mergedId} order by id`.execute(db);
	const records = {} as MergeSnapshot['records'];
	for (const table of FOLLOWING_TABLES) {
		const { rows } = await sql<{ id: number }>`select id from ${sql.table(table)} where customer_id = ${mergedId} order by id`.execute(db);
		records[table] = rows.map(({ id }) => id);
	}
	return {
		chains: await wholeChains(store, [keptId, mergedId]),
		snapshot: {
			customers: customers.rows,
			contactPoints: contactPoints.rows,
			records,
			occasions: occasions.rows.map(({ id, doubled }) => ({ id, doubled: Boolean(doubled) })),
			messages: messages.rows,
			optIns: optIns.rows.map(({ token_hash }) => token_hash),
			signposts: signposts.rows.map(({ id }) => id),
			filled: [],
			consents: { before: 0, after: 0 },
		},
	};
}

/** The customers' chains with their free text, ready to be repeated in another chain. */
export async function wholeChains(store: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<Map<number, ConsentRecord[]>> {
	const details = await consentDetails(store, customerIds);
	return new Map([...(await consentHistory(store, customerIds))].map(([id, chain]) => [id, withDetails(chain, details)]));
}
