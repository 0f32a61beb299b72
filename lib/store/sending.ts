import { sql } from 'kysely';
import type { ChannelVerdict, DataUse } from '../domain/consent';
import type { Channel, MessageClass, MessageState } from '../domain/glossary';
import type { MessageExtra } from '../domain/messageExtra';
import type { Instant, LocalDate } from '../domain/time';
import { atMost, UNLOCKED_ONLY } from './dialect';
import { HTML } from './messageHtml';
import { recordHistory } from './messageHistory';
import { IS_OF_THIS_VERSION } from './migrate';
import type { Database, Store } from './open';
import type { Row } from './schema';
import { sendingTransaction } from './senders';
import { idSet, rowSet } from './sets';
import { noteSigns } from './signsOfLife';

/** A message that is about to be sent, with its recipient. */
export interface OutgoingMessage {
	id: number;
	customerId: number;
	occasionId: number;
	kind: string;
	dueOn: LocalDate;
	channel: Channel;
	class: MessageClass;
	contactPointId: number;
	recipient: string;
	/** First and last name. */
	recipientName: string;
	subject?: string;
	text: string;
	html?: string;
	extra?: MessageExtra;
	refusalUrl?: string;
	/** What the recipient was chosen by. */
	uses?: DataUse;
	/** The hash that was approved; the sender compares it with what is there now. */
	approvedHash?: string;
	/** What the decision to write it went by; absent where it is not known. */
	planned?: { legalBasis?: string; consentId?: number };
	/** Times that sending was begun, this one included. */
	attempts: number;
}

/** Which messages to take. */
export interface SendingQuery {
	channels: readonly Channel[];
	/** Only these; absent: whatever is approved. */
	ids?: readonly number[];
	/** Only ids above this one, so that a run goes through the queue once. */
	after?: number;
	limit: number;
	today: LocalDate;
}

type OutgoingRow = Pick<
	Row<'messages'>,
	'id' | 'customer_id' | 'occasion_id' | 'channel' | 'class' | 'contact_point_id' | 'subject' | 'text' | 'extra' | 'refusal_url' | 'uses' | 'approved_hash' | 'attempts'
> & { html: string | null; kind: string; due_on: string; value: string; first_name: string; last_name: string; legal_basis: string | null; tried: string | null };

/**
 * Takes approved messages for the transaction of the caller, who decides about each and says with `recordTaken` what becomes of it. Two senders never take the same
 * one: on PostgreSQL the rows are locked, in the embedded file one transaction writes at a time.
 */
export async function takeApproved(transaction: Database, { shop }: Pick<Store, 'shop'>, query: SendingQuery, now: Instant): Promise<OutgoingMessage[]> {
	const only = query.ids ? sql`and id in ${idSet(query.ids)}` : sql``;
	const { rows } = await sql<{ id: number }>`
		select id from messages
		where shop_id = ${shop.id} and state = 'approved' and channel in (${sql.join(query.channels)}) and id > ${query.after ?? 0} ${only}
			and not exists (select 1 from letters where letters.message_id = messages.id)
			and (channel <> 'whatsappLinked' or left_hash = approved_hash)
			and (not_before is null or not_before <= ${now}) and (expires_on is null or expires_on >= ${query.today}) and ${IS_OF_THIS_VERSION}
		order by id ${atMost(query.limit)} ${UNLOCKED_ONLY}`.execute(transaction);
	if (rows.length === 0) return [];
	const messages = await outgoingMessages({ db: transaction, shop }, rows.map(({ id }) => id));
	return messages.map((message) => ({ ...message, attempts: message.attempts + 1 }));
}

/** These messages of the shop with their recipients, whatever their state. */
export async function outgoingMessages({ db, shop }: Pick<Store, 'shop'> & { db: Database }, ids: readonly number[]): Promise<OutgoingMessage[]> {
	const { rows } = await sql<OutgoingRow>`
		select message.id, message.customer_id, message.occasion_id, message.channel, message.class, message.contact_point_id, message.subject,
			message.text, ${HTML} as html, message.extra, message.refusal_url, message.uses, message.approved_hash, message.attempts, occasion.kind, occasion.due_on, point.value,
			customer.first_name, customer.last_name, decision.legal_basis, decision.tried
		from messages as message
		join occasions as occasion on occasion.id = message.occasion_id
		join contact_points as point on point.id = message.contact_point_id
		join customers as customer on customer.id = message.customer_id
		left join decisions as decision on decision.id = message.decision_id
		where message.id in ${idSet(ids)} and +message.shop_id = ${shop.id} order by message.id`.execute(db);
	return rows.map(toOutgoing);
}

/** How a sending ended. */
export interface SendingResult {
	id: number;
	to: Extract<MessageState, 'sending' | 'sent' | 'failed' | 'uncertain' | 'approved' | 'blocked' | 'pending'>;
	/** Reason code of the decision or of the provider's answer. */
	why?: string;
	providerId?: string;
	/** For a message that goes: from this instant on an unfinished sending counts as uncertain. */
	sendingUntil?: Instant;
	/** For a message that goes back to `approved`: not before this instant. */
	notBefore?: Instant;
	/** For a message that goes back to `pending`: the hash of what the staff now see, and the address that it now goes to. */
	contentHash?: string;
	contactPointId?: number;
	/** The decision that the staff's next approval rests on. */
	decisionId?: number;
	/** The shop's day on which it leaves. */
	sentOn?: LocalDate;
	/** Whom it leaves through. */
	provider?: string;
	/** It has certainly not left, and by no fault of its own: it does not count as an attempt. */
	isNoAttempt?: boolean;
	/** What it cost outside of the shop, in thousandths of a euro, and the staff's time. */
	costMills?: number;
	staffSeconds?: number;
}

/**
 * Records what becomes of messages that were taken in this transaction, with their history. Those that go are in `sending` once it is committed, and only then may the
 * provider be called: so a process that dies leaves a trace.
 */
export async function recordTaken(transaction: Database, results: readonly SendingResult[], now: Instant): Promise<void> {
	if (results.length === 0) return;
	// It would be under way for ever.
	if (results.some(({ to, sendingUntil }) => to === 'sending' && sendingUntil === undefined)) throw new Error('A message that goes has no end of its sending.');
	const recorded = await writeResults(transaction, 'approved', results.map((result) => ({ ...result, attempts: result.to === 'sending' ? 1 : 0 })), now);
	await noteResults(transaction, 'approved', recorded, results, now);
	await noteEnds(transaction, recorded, results, now);
}

/**
 * Records how sendings ended, with their history. The caller holds the transaction. Where its lease ended before the provider answered, somebody has called a message
 * uncertain meanwhile: that it was taken is known now, anything else is left to the staff.
 */
export async function recordSending(transaction: Database, results: readonly SendingResult[], now: Instant): Promise<void> {
	if (results.length === 0) return;
	const ended = results.map((result) => ({ ...result, sendingUntil: undefined, attempts: result.isNoAttempt ? -1 : 0 }));
	const recorded = await writeResults(transaction, 'sending', ended, now);
	await noteResults(transaction, 'sending', recorded, results, now);
	const done = new Set(recorded.map(({ id }) => id));
	const late = ended.filter(({ id, to }) => !done.has(id) && to === 'sent');
	if (late.length > 0) {
		const known = await writeResults(transaction, 'uncertain', late, now);
		await noteResults(transaction, 'uncertain', known, late, now);
		recorded.push(...known);
	}
	await noteEnds(transaction, recorded, results, now);
}

async function noteResults(transaction: Database, from: 'approved' | 'sending' | 'uncertain', recorded: readonly Recorded[], results: readonly SendingResult[], now: Instant): Promise<void> {
	const done = new Set(recorded.map(({ id }) => id));
	await recordHistory(transaction, results.filter(({ id }) => done.has(id)).map(({ id, to, why }) => ({ id, from, to, who: 'sender', why })), now);
}

interface Recorded {
	id: number;
	shop_id: number;
	channel: string;
	state: SendingResult['to'];
}

const RESULT_COLUMNS = {
	id: 'integer', state: 'text', provider_id: 'text', not_before: 'text', sending_until: 'text', content_hash: 'text', contact_point_id: 'integer', decision_id: 'integer',
	sent_on: 'text', attempts: 'integer', provider: 'text', cost_mills: 'integer', staff_seconds: 'integer',
} as const;

/** With the number by which its attempts change. */
type WrittenResult = SendingResult & { attempts: number };

/** Writes results of messages that are in this state; returns which. */
async function writeResults(transaction: Database, present: 'approved' | 'sending' | 'uncertain', results: readonly WrittenResult[], now: Instant): Promise<Recorded[]> {
	const entries = results.map(({ id, to, providerId, notBefore, sendingUntil, contentHash, contactPointId, decisionId, sentOn, attempts, provider, costMills, staffSeconds }) => ({
		id, state: to, provider_id: providerId, not_before: notBefore, sending_until: sendingUntil, content_hash: contentHash, contact_point_id: contactPointId,
		decision_id: decisionId, sent_on: sentOn, attempts, provider, cost_mills: costMills, staff_seconds: staffSeconds,
	}));
	// The state stands in the text: asked for a bare parameter, SQLite would plan the statement anew each time, for an index of some states might serve.
	const { rows } = await sql<Recorded>`
		update messages set state = result.state, provider_id = coalesce(result.provider_id, messages.provider_id), not_before = result.not_before,
			sending_until = result.sending_until,
			approved_hash = case when result.state = 'pending' then null else messages.approved_hash end,
			content_hash = coalesce(result.content_hash, messages.content_hash),
			contact_point_id = coalesce(result.contact_point_id, messages.contact_point_id), decision_id = coalesce(result.decision_id, messages.decision_id),
			sent_on = case when result.state in ('sending', 'sent', 'uncertain') then coalesce(result.sent_on, messages.sent_on) end,
			provider = case when result.state in ('sending', 'sent', 'uncertain', 'failed') then coalesce(result.provider, messages.provider) end,
			cost_mills = result.cost_mills, staff_seconds = result.staff_seconds,
			attempts = messages.attempts + result.attempts, updated_at = ${now}
		from ${rowSet(entries, RESULT_COLUMNS)} as result
		where messages.id = result.id and messages.state = ${sql.lit(present)}
		returning messages.id, messages.shop_id, messages.channel, messages.state`.execute(transaction);
	return rows;
}

/** How sendings ended, by channel, for whoever watches over the system. */
async function noteEnds(db: Database, recorded: readonly Recorded[], results: readonly SendingResult[], now: Instant): Promise<void> {
	const ends = recorded.flatMap(({ channel, state }) => (state === 'sending' ? [] : [{ what: SIGN_OF_STATE[state], name: channel, code: results.findLast(({ to }) => to === state)?.why }]));
	if (ends.length > 0) await noteSigns({ db, shop: { id: recorded[0].shop_id } }, ends, now);
}

const SIGN_OF_STATE = { sent: 'sent', failed: 'failed', uncertain: 'uncertain', blocked: 'blocked', approved: 'retried', pending: 'returned' } as const;

/**
 * Messages whose sending began and never ended: the process died, or the connection broke. Nobody knows whether they left, so they become
 * `uncertain` and wait for a person; they are never sent again by themselves. Returns their ids.
 */
export async function markUncertain(store: Store, now: Instant): Promise<number[]> {
	const isUnfinished = sql`shop_id = ${store.shop.id} and state = 'sending' and sending_until <= ${now}`;
	// Mostly there are none, and then nobody has to wait for a transaction.
	if ((await sql`select id from messages where ${isUnfinished}`.execute(store.db)).rows.length === 0) return [];
	return await sendingTransaction(store, async (transaction) => {
		const { rows } = await sql<{ id: number; channel: string }>`
			update messages set state = 'uncertain', sending_until = null, updated_at = ${now}
			where id in (select id from messages where ${isUnfinished} order by id ${UNLOCKED_ONLY})
			returning id, channel`.execute(transaction);
		await noteSigns({ db: transaction, shop: store.shop }, rows.map(({ channel }) => ({ what: 'uncertain', name: channel, code: 'OUTCOME_UNKNOWN' })), now);
		const ids = rows.map(({ id }) => id);
		await recordHistory(transaction, ids.map((id) => ({ id, from: 'sending', to: 'uncertain', who: 'clock', why: 'OUTCOME_UNKNOWN' })), now);
		return ids;
	});
}

/** Where a message stands, for who asks why it has not left. */
export interface WaitingMessage {
	state: MessageState;
	channel: Channel;
	notBefore?: Instant;
}

/** These messages of the shop, by id. */
export async function waitingMessages({ db, shop }: Pick<Store, 'db' | 'shop'>, ids: readonly number[]): Promise<Map<number, WaitingMessage>> {
	const { rows } = await sql<Pick<Row<'messages'>, 'id' | 'state' | 'channel' | 'not_before'>>`
		select id, state, channel, not_before from messages where id in ${idSet(ids)} and +shop_id = ${shop.id}`.execute(db);
	return new Map(rows.map(({ id, state, channel, not_before }) => [id, { state: state as MessageState, channel: channel as Channel, ...(not_before !== null && { notBefore: not_before }) }]));
}

function toOutgoing(row: OutgoingRow): OutgoingMessage {
	return {
		id: row.id,
		customerId: row.customer_id,
		occasionId: row.occasion_id,
		kind: row.kind,
		dueOn: row.due_on,
		channel: row.channel as Channel,
		class: row.class as MessageClass,
		contactPointId: row.contact_point_id,
		recipient: row.value,
		recipientName: `${row.first_name} ${row.last_name}`.trim(),
		subject: row.subject ?? undefined,
		text: row.text,
		html: row.html ?? undefined,
		...(row.extra !== null && { extra: JSON.parse(row.extra) as MessageExtra }),
		refusalUrl: row.refusal_url ?? undefined,
		...(row.uses !== null && { uses: JSON.parse(row.uses) as DataUse }),
		approvedHash: row.approved_hash ?? undefined,
		attempts: row.attempts,
		...(row.tried !== null && { planned: { legalBasis: row.legal_basis ?? undefined, consentId: consentIdOf(JSON.parse(row.tried), row.channel) } }),
	};
}

function consentIdOf(tried: ChannelVerdict[], channel: string): number | undefined {
	return tried.find((verdict) => verdict.outcome === 'allow' && verdict.channel === channel)?.facts.consentId as number | undefined;
}
