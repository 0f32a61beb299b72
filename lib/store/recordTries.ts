import { sql } from 'kysely';
import type { CallOutcome } from '../domain/calls';
import type { MessageState } from '../domain/glossary';
import type { Instant, LocalDate } from '../domain/time';
import { recordHistory, type StateChange } from './messageHistory';
import type { Database, Store } from './open';
import { idSet, rowSet } from './sets';

/** A call that was made, and what it means for its message. */
export interface CallRecord {
	messageId: number;
	outcome: CallOutcome;
	/** What becomes of the message: somebody was spoken to, it is given up, or it waits on. */
	to: Extract<MessageState, 'read' | 'failed' | 'approved'>;
	why: string;
	/** It waits until then; its last day moves on to that day. */
	notBefore?: Instant;
	notBeforeDay?: LocalDate;
	againAt?: Instant;
	/** The answers that were ticked, by question. */
	answers?: Record<string, string>;
	note?: string;
	/** What it took of the staff's time. */
	seconds: number;
	/** The number is not the customer's: it is not used again. */
	wrongNumber?: boolean;
}

/** What each outcome was recorded for. */
export interface RecordedCall {
	messageId: number;
	customerId: number;
	occasionId: number;
	kind: string;
	class: string;
	contactPointId: number;
}

/**
 * Records calls in one round of statements, inside the caller's transaction: the try, the message's state with its history, wrong numbers, and
 * nobody holds the call any more. One that somebody else has ended, or is on at this moment, is left alone and missing from the answer.
 */
export async function recordTries({ db, shop }: Pick<Store, 'shop'> & { db: Database }, records: readonly CallRecord[], who: string, today: LocalDate, now: Instant): Promise<RecordedCall[]> {
	if (records.length === 0) return [];
	const rows = records.map(({ messageId, to, notBefore, notBeforeDay, seconds }) => ({ message_id: messageId, state: to, not_before: notBefore, last_day: notBeforeDay, seconds }));
	const changed = await sql<{ id: number; customer_id: number; occasion_id: number; class: string; contact_point_id: number }>`
		update messages set state = said.state, attempts = attempts + 1, not_before = said.not_before, updated_at = ${now}, provider = 'call',
			expires_on = case when said.last_day > expires_on then said.last_day else expires_on end,
			staff_seconds = coalesce(staff_seconds, 0) + said.seconds, cost_mills = coalesce(cost_mills, 0),
			sent_on = case when said.state = 'read' then ${today} end, delivered_at = case when said.state = 'read' then ${now} end, read_at = case when said.state = 'read' then ${now} end
		from ${rowSet(rows, { message_id: 'integer', state: 'text', not_before: 'text', last_day: 'text', seconds: 'integer' })} as said
		where messages.id = said.message_id and messages.state = 'approved' and messages.channel = 'call' and +messages.shop_id = ${shop.id}
			and not exists (select 1 from call_leases where call_leases.message_id = messages.id and until > ${now} and call_leases.who <> ${who})
		returning messages.id, messages.customer_id, messages.occasion_id, messages.class, messages.contact_point_id`.execute(db);
	const byId = new Map(changed.rows.map((row) => [row.id, row]));
	const recorded = records.filter(({ messageId }) => byId.has(messageId));
	const tries = recorded.map(({ messageId, outcome, againAt, answers, note }) => ({
		message_id: messageId, outcome, again_at: againAt, answers: answers && JSON.stringify(answers), note,
	}));
	await sql`
		insert into call_tries (shop_id, message_id, at, who, outcome, again_at, answers, note)
		select ${shop.id}, message_id, ${now}, ${who}, outcome, again_at, answers, note
		from ${rowSet(tries, { message_id: 'integer', outcome: 'text', again_at: 'text', answers: 'text', note: 'text' })} as tried`.execute(db);
	await recordHistory(db, recorded.flatMap((record) => stepsOf(record, who)), now);
	const wrong = recorded.filter(({ wrongNumber }) => wrongNumber).map(({ messageId }) => byId.get(messageId)?.contact_point_id as number);
	await sql`update contact_points set status = 'invalid' where id in ${idSet(wrong)}`.execute(db);
	const ids = idSet(recorded.map(({ messageId }) => messageId));
	await sql`delete from call_leases where message_id in ${ids}`.execute(db);
	const kinds = await sql<{ id: number; kind: string }>`
		select message.id, occasion.kind from messages as message join occasions as occasion on occasion.id = message.occasion_id where message.id in ${ids}`.execute(db);
	const kindOf = new Map(kinds.rows.map(({ id, kind }) => [id, kind]));
	return recorded.map(({ messageId }) => {
		const { customer_id, occasion_id, class: messageClass, contact_point_id } = byId.get(messageId) as (typeof changed.rows)[number];
		return { messageId, customerId: customer_id, occasionId: occasion_id, kind: kindOf.get(messageId) as string, class: messageClass, contactPointId: contact_point_id };
	});
}

/** No state is left out on the way, as everywhere. */
function stepsOf({ messageId: id, to, why }: CallRecord, who: string): StateChange[] {
	if (to === 'approved') return [{ id, from: 'approved', to, who, why }];
	const begun: StateChange = { id, from: 'approved', to: 'sending', who };
	if (to === 'failed') return [begun, { id, from: 'sending', to, who, why }];
	return [begun, { id, from: 'sending', to: 'sent', who, why }, { id, from: 'sent', to, who }];
}
