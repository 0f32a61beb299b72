import { sql, type RawBuilder } from 'kysely';
import type { MessageState } from '../domain/glossary';
import type { MessageExtra } from '../domain/messageExtra';
import type { Instant, LocalDate } from '../domain/time';
import { recordHistory } from './messageHistory';
import type { Database, Store } from './open';
import { idSet, rowSet } from './sets';

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

/**
 * Approves these texts for these recipients. What somebody else has changed, decided or let expire meanwhile is left alone and missing
 * from the answer: two people at once never both decide.
 */
export async function approveMessages(store: Store, seen: readonly SeenMessage[], who: string, today: LocalDate, now: Instant): Promise<DecidedMessage[]> {
	return await decide(store, seen, { to: 'approved', who, now }, sql`approved_hash = messages.content_hash`, today);
}

/** Rejects messages with a reason: they never leave. */
export async function rejectMessages(store: Store, seen: readonly SeenMessage[], who: string, why: string, now: Instant): Promise<DecidedMessage[]> {
	return await decide(store, seen, { to: 'rejected', who, why, now }, sql`approved_hash = null`);
}

interface Choice {
	to: 'approved' | 'rejected';
	who: string;
	why?: string;
	now: Instant;
}

async function decide(store: Store, seen: readonly SeenMessage[], choice: Choice, assignment: RawBuilder<unknown>, today?: LocalDate): Promise<DecidedMessage[]> {
	if (seen.length === 0) return [];
	const rows = seen.map(({ id, contentHash }) => ({ id, content_hash: contentHash }));
	return await store.db.transaction().execute(async (transaction) => {
		const changed = await sql<{ id: number }>`
			update messages set state = ${choice.to}, ${assignment}, updated_at = ${choice.now}
			from ${rowSet(rows, { id: 'integer', content_hash: 'text' })} as seen
			where messages.id = seen.id and messages.content_hash = seen.content_hash and messages.state = 'pending'
				and +messages.shop_id = ${store.shop.id}
				and (${today ?? null} is null or messages.expires_on is null or messages.expires_on >= ${today ?? null})
			returning messages.id`.execute(transaction);
		const ids = changed.rows.map(({ id }) => id);
		await recordHistory(transaction, ids.map((id) => ({ id, from: 'pending', to: choice.to, who: choice.who, why: choice.why })), choice.now);
		return await decided(transaction, store.shop.id, ids);
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
			update messages set subject = ${edited.subject ?? null}, body = ${edited.body}, text = ${edited.text}, html = ${edited.html ?? null},
				extra = ${edited.extra ? JSON.stringify(edited.extra) : null},
				content_hash = ${edited.contentHash}, updated_at = ${now}
			where id = ${seen.id} and content_hash = ${seen.contentHash} and state = 'pending' and shop_id = ${store.shop.id}
			returning id`.execute(transaction);
		await recordHistory(transaction, changed.rows.map(({ id }) => ({ id, from: 'pending', to: 'pending', who, why })), now);
		return changed.rows.length === 1;
	});
}

/** Writes texts anew that tell something else now; inside the transaction that gives the messages back to the staff, with their new hash. */
export async function retellMessages(transaction: Database, texts: ReadonlyArray<{ id: number; text: string; html?: string }>, now: Instant): Promise<void> {
	if (texts.length === 0) return;
	await sql`
		update messages set text = told.text, html = told.html, updated_at = ${now}
		from ${rowSet(texts, { id: 'integer', text: 'text', html: 'text' })} as told where messages.id = told.id`.execute(transaction);
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

async function decided(transaction: Database, shopId: number, ids: number[]): Promise<DecidedMessage[]> {
	const { rows } = await sql<DecidedRow>`
		select message.id, message.customer_id, occasion.kind, occasion.due_on, occasion.stage, message.class, message.channel,
			message.template_id, message.template_version, message.state
		from messages as message join occasions as occasion on occasion.id = message.occasion_id
		where message.id in ${idSet(ids)} and +message.shop_id = ${shopId} order by message.id`.execute(transaction);
	return rows.map((row) => ({
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
	}));
}
