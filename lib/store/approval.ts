import { sql, type RawBuilder } from 'kysely';
import type { MessageState } from '../domain/glossary';
import type { MessageExtra } from '../domain/messageExtra';
import type { Instant, LocalDate } from '../domain/time';
import { saveHtml } from './messageHtml';
import { recordHistory } from './messageHistory';
import { inTransaction, type Database, type Store } from './open';
import { rowSet } from './sets';

/** A message as the member of staff saw it: the hash tells whether its text is still that one. */
export interface SeenMessage {
	id: number;
	contentHash: string;
}

/** A message that a member of staff has decided on. */
export interface DecidedMessage {
	id: number;
	customerId: number;
	kind: string;
	dueOn: LocalDate;
	stage: number;
	class: string;
	channel: string;
	templateId: string;
	templateVersion: number;
	state: MessageState;
}

interface DecidedRow {
	id: number;
	customer_id: number;
	kind: string;
	due_on: string;
	stage: number;
	class: string;
	channel: string;
	template_id: string;
	template_version: number;
	state: string;
}

/** How a choice is made. */
interface Choice {
	to: 'approved' | 'rejected';
	who: string;
	why?: string;
	now: Instant;
}

/** What a decision on a message answers: in the statement that makes it, with the occasion's key. */
const DECIDED = sql`messages.id, messages.customer_id, messages.class, messages.channel, messages.template_id, messages.template_version, messages.state, ${sql.join(['kind', 'due_on', 'stage'].map((column) =>
	sql`(select ${sql.ref(column)} from occasions where occasions.id = messages.occasion_id) as ${sql.ref(column)}`))}`;

/**
 * Approves these texts for these recipients. What somebody else has changed, decided or let expire meanwhile is left alone and missing
 * from the answer: two people at once never both decide.
 * @param leavesFrom it does not leave before this instant, so that it can be taken back
 */
export async function approveMessages(store: Store, seen: readonly SeenMessage[], who: string, today: LocalDate, now: Instant, leavesFrom?: Instant): Promise<DecidedMessage[]> {
	return await decide(store, sawThem(seen, today), { to: 'approved', who, now }, approvedFrom(leavesFrom));
}

/**
 * Approves messages in one go, whatever their number.
 * @param which a query of the ids of `messages` that are meant
 */
export async function approveSet(store: Store, which: RawBuilder<unknown>, who: string, now: Instant, leavesFrom?: Instant): Promise<DecidedMessage[]> {
	return await decide(store, { from: sql``, where: sql`messages.id in (${which})` }, { to: 'approved', who, now }, approvedFrom(leavesFrom));
}

/** Rejects messages with a reason: they never leave. */
export async function rejectMessages(store: Store, seen: readonly SeenMessage[], who: string, why: string, now: Instant): Promise<DecidedMessage[]> {
	return await decide(store, sawThem(seen), { to: 'rejected', who, why, now }, sql`approved_hash = null`);
}

/** A message that waits for a later day anyway keeps its day. */
function approvedFrom(leavesFrom: Instant | undefined): RawBuilder<unknown> {
	const waits = leavesFrom && sql`, not_before = case when not_before > ${leavesFrom} then not_before else ${leavesFrom} end`;
	return sql`approved_hash = messages.content_hash, later_on = null${waits ?? sql``}`;
}

function sawThem(seen: readonly SeenMessage[], today?: LocalDate): { from: RawBuilder<unknown>; where: RawBuilder<unknown> } {
	const rows = seen.map(({ id, contentHash }) => ({ id, content_hash: contentHash }));
	return {
		from: sql`from ${rowSet(rows, { id: 'integer', content_hash: 'text' })} as seen`,
		where: sql`messages.id = seen.id and messages.content_hash = seen.content_hash and (${today ?? null} is null or messages.expires_on is null or messages.expires_on >= ${today ?? null})`,
	};
}

async function decide(store: Store, which: ReturnType<typeof sawThem>, { to, who, why, now }: Choice, assignment: RawBuilder<unknown>): Promise<DecidedMessage[]> {
	return await inTransaction(store.db, async (transaction) => {
		const { rows } = await sql<DecidedRow>`
			update messages set state = ${to}, ${assignment}, updated_at = ${now} ${which.from}
			where ${which.where} and messages.state = 'pending' and +messages.shop_id = ${store.shop.id}
			returning ${DECIDED}`.execute(transaction);
		await recordHistory(transaction, rows.map(({ id }) => ({ id, from: 'pending', to, who, why })), now);
		return rows.map(toDecided).sort((one, other) => one.id - other.id);
	});
}

/**
 * Takes back what somebody decided at an instant, as far as nothing has come of it: what has begun to leave, or is in a batch of letters or somebody's call, stays.
 * @returns how many wait for the staff again
 */
export async function undoDecisions(store: Store, at: Instant, who: string, now: Instant): Promise<number> {
	return await inTransaction(store.db, async (transaction) => {
		let undone = 0;
		for (const from of ['approved', 'rejected'] as const) {
			const { rows } = await sql<{ id: number }>`
				update messages set state = 'pending', approved_hash = null, updated_at = ${now}
				where shop_id = ${store.shop.id} and updated_at = ${at} and state = ${from}
					and exists (select 1 from message_history as made where made.message_id = messages.id and made.at = ${at} and made.who = ${who}
						and made.from_state = 'pending' and made.to_state = messages.state)
					and not exists (select 1 from letters where letters.message_id = messages.id)
					and not exists (select 1 from call_leases where call_leases.message_id = messages.id)
				returning id`.execute(transaction);
			await recordHistory(transaction, rows.map(({ id }) => ({ id, from, to: 'pending', who, why: 'UNDONE' })), now);
			undone += rows.length;
		}
		return undone;
	});
}

/**
 * Puts messages off: the staff do not see them before a day.
 * @returns false when the message was changed or decided meanwhile, or must leave before that day
 */
export async function putOff(store: Store, seen: SeenMessage, until: LocalDate, who: string, now: Instant): Promise<boolean> {
	return await inTransaction(store.db, async (transaction) => {
		const { rows } = await sql<{ id: number }>`
			update messages set later_on = ${until}, updated_at = ${now}
			where id = ${seen.id} and content_hash = ${seen.contentHash} and state = 'pending' and shop_id = ${store.shop.id} and (expires_on is null or expires_on >= ${until})
			returning id`.execute(transaction);
		await recordHistory(transaction, rows.map(({ id }) => ({ id, from: 'pending', to: 'pending', who, why: 'PUT_OFF' })), now);
		return rows.length === 1;
	});
}

/** A new wording of a message that waits for approval. */
export interface EditedMessage {
	subject?: string;
	body: string;
	text: string;
	html?: string;
	extra?: MessageExtra;
	contentHash: string;
}

/**
 * Stores an edited text.
 * @param why what the history says of it
 * @returns false when the message was changed or decided meanwhile; then nothing was stored
 */
export async function editMessage(store: Store, seen: SeenMessage, edited: EditedMessage, who: string, now: Instant, why: 'EDITED' | 'ORIGINAL_TEXT' = 'EDITED'): Promise<boolean> {
	return await store.db.transaction().execute(async (transaction) => {
		const changed = await sql<{ id: number }>`
			update messages set subject = ${edited.subject ?? null}, body = ${edited.body}, text = ${edited.text},
				extra = ${edited.extra ? JSON.stringify(edited.extra) : null},
				content_hash = ${edited.contentHash}, updated_at = ${now}${why === 'EDITED' ? sql`, written = coalesce(written, body), edited_at = ${now}` : sql``}
			where id = ${seen.id} and content_hash = ${seen.contentHash} and state = 'pending' and shop_id = ${store.shop.id}
			returning id`.execute(transaction);
		await saveHtml(transaction, changed.rows.map(({ id }) => ({ id, html: edited.html })));
		await recordHistory(transaction, changed.rows.map(({ id }) => ({ id, from: 'pending', to: 'pending', who, why })), now);
		return changed.rows.length === 1;
	});
}

/** Writes texts anew that tell something else now; inside the transaction that gives the messages back to the staff, with their new hash. */
export async function retellMessages(transaction: Database, texts: ReadonlyArray<{ id: number; text: string; html?: string }>, now: Instant): Promise<void> {
	if (texts.length === 0) return;
	await sql`
		update messages set text = told.text, updated_at = ${now}
		from ${rowSet(texts.map(({ id, text }) => ({ id, text })), { id: 'integer', text: 'text' })} as told where messages.id = told.id`.execute(transaction);
	await saveHtml(transaction, texts);
}

/** What the staff found out about a message whose fate was unknown. False when somebody else has said so already. */
export async function resolveUncertain(store: Store, id: number, arrived: boolean, who: string, now: Instant): Promise<boolean> {
	const to = arrived ? 'sent' : 'failed';
	return await store.db.transaction().execute(async (transaction) => {
		const changed = await sql<{ id: number }>`
			update messages set state = ${to}, updated_at = ${now}${arrived ? sql`` : sql`, cost_mills = null, staff_seconds = null`}
			where id = ${id} and state = 'uncertain' and shop_id = ${store.shop.id} returning id`.execute(transaction);
		await recordHistory(transaction, changed.rows.map((row) => ({ id: row.id, from: 'uncertain', to, who, why: arrived ? 'ARRIVED' : 'NOT_ARRIVED' })), now);
		return changed.rows.length === 1;
	});
}

function toDecided(row: DecidedRow): DecidedMessage {
	return {
		id: row.id,
		customerId: row.customer_id,
		kind: row.kind,
		dueOn: row.due_on,
		stage: row.stage,
		class: row.class,
		channel: row.channel,
		templateId: row.template_id,
		templateVersion: row.template_version,
		state: row.state as MessageState,
	};
}
