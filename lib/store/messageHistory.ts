import { sql } from 'kysely';
import { AUTOMATIC, type MessageState } from '../domain/glossary';
import type { Instant } from '../domain/time';
import type { Database } from './open';
import { rowSet } from './sets';

/** One change of a message's state: from what to what, by whom and why. Ids and codes, no names of customers. */
export interface StateChange {
	id: number;
	from?: MessageState;
	to: MessageState;
	/** A member of staff, `policy`, `workflow`, `sender` or `clock`. */
	who: string;
	/** A reason code, or what the staff wrote. */
	why?: string;
}

/** Of a row `decided` of the history: a member of staff said yes or no. What became of a message when two customers were joined is no decision. */
export const DECIDED_BY_STAFF = sql`decided.from_state = 'pending' and decided.to_state in ('approved', 'rejected')
	and decided.who not in (${sql.join(AUTOMATIC.map((who) => sql.lit(who)))}) and coalesce(decided.why, '') <> 'MERGED'`;

const COLUMNS = { message_id: 'integer', from_state: 'text', to_state: 'text', who: 'text', why: 'text' } as const;

/** Appends changes to the history, in one statement; inside the transaction that makes them. */
export async function recordHistory(transaction: Database, changes: readonly StateChange[], now: Instant): Promise<void> {
	if (changes.length === 0) return;
	const rows = changes.map(({ id, from, to, who, why }) => ({ message_id: id, from_state: from ?? null, to_state: to, who, why: why ?? null }));
	await sql`
		insert into message_history (message_id, at, from_state, to_state, who, why)
		select message_id, ${now}, from_state, to_state, who, why
		from ${rowSet(rows, COLUMNS)} as given`.execute(transaction);
}

/** The history of one message of the shop, oldest first. */
export async function messageHistory(db: Database, shopId: number, messageId: number): Promise<Array<StateChange & { at: Instant }>> {
	const { rows } = await sql<{ at: string; from_state: string | null; to_state: string; who: string; why: string | null }>`
		select history.at, history.from_state, history.to_state, history.who, history.why
		from message_history as history join messages as message on message.id = history.message_id
		where message.id = ${messageId} and message.shop_id = ${shopId} order by history.id`.execute(db);
	return rows.map(({ at, from_state, to_state, who, why }) => ({
		id: messageId,
		at,
		from: (from_state ?? undefined) as MessageState | undefined,
		to: to_state as MessageState,
		who,
		why: why ?? undefined,
	}));
}
