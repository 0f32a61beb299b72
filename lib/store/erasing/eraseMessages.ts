import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import type { MessageState } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import { HELD } from '../dialect';
import { recordHistory } from '../messageHistory';
import type { Database } from '../open';
import { idSet } from '../sets';

/** A word of ours in a history, against what somebody typed. */
const CODE = /^[A-Z][A-Z0-9_]*$/;

/**
 * Takes the texts out of the customers' messages, the staff's own words out of their history and their calls, and the birthday out of their occasions. The
 * rows stay, for the counts. What waits is blocked; what nobody knows to have left is closed as failed, since nobody could look it up any more.
 * The customers must be marked as erased already: the history lets nothing else change it.
 * @returns how many messages
 * @throws CrmError while one of the messages is being sent
 */
export async function eraseMessages(transaction: Database, customers: readonly number[], who: string, now: Instant): Promise<number> {
	const { rows } = await sql<{ id: number; state: MessageState }>`select id, state from messages where customer_id in ${idSet(customers)} order by id ${HELD}`.execute(transaction);
	if (rows.some(({ state }) => state === 'sending')) {
		throw new CrmError('A message to one of the customers is being sent at this moment', 'Try again in a few minutes; nothing was erased.');
	}
	const ended = (from: MessageState[], to: MessageState) => rows.filter(({ state }) => from.includes(state)).map(({ id, state }) => ({ id, from: state, to, who, why: 'ERASED' }));
	const changes = [...ended(['pending', 'approved'], 'blocked'), ...ended(['uncertain'], 'failed')];
	for (const to of ['blocked', 'failed'] as const) {
		const ids = changes.filter((change) => change.to === to).map(({ id }) => id);
		await sql`update messages set state = ${to} where id in ${idSet(ids)}`.execute(transaction);
	}
	await recordHistory(transaction, changes, now);
	const ids = rows.map(({ id }) => id);
	await sql`
		update messages set subject = null, preheader = null, body = '', text = '', extra = null, uses = null, refusal_url = null, content_hash = '', approved_hash = null,
			provider_id = null, rewording = null, written = null, updated_at = ${now}
		where id in ${idSet(ids)}`.execute(transaction);
	await sql`delete from message_html where message_id in ${idSet(ids)}`.execute(transaction);
	await sql`update call_tries set note = null, answers = null where message_id in ${idSet(ids)}`.execute(transaction);
	await sql`update text_complaints set words = null where message_id in ${idSet(ids)}`.execute(transaction);
	await sql`delete from call_leases where message_id in ${idSet(ids)}`.execute(transaction);
	await eraseTypedReasons(transaction, ids);
	// The year is enough to count by. After a corrected birth date, or a merge, two birthdays may fall in one year: they are numbered, so that the occasion's key stays unique.
	const birthdays = sql`kind = 'birthday' and customer_id in ${idSet(customers)}`;
	await sql`update occasions set stage = -id where ${birthdays}`.execute(transaction);
	await sql`update occasions set due_on = substr(due_on, 1, 4) || '-01-01', expires_on = null, stage = (select count(*) from occasions as other
			where other.customer_id = occasions.customer_id and other.kind = 'birthday' and substr(other.due_on, 1, 4) = substr(occasions.due_on, 1, 4) and other.id <= occasions.id)
		where ${birthdays}`.execute(transaction);
	await sql`update occasions set since = null, cause = null where since is not null and customer_id in ${idSet(customers)}`.execute(transaction);
	await sql`update occasions set state = 'settled', outcome = 'dropped', reason = 'ERASED', leased_until = null, settled_at = ${now}
		where (state in ('leased', 'waiting') or outcome = 'review') and customer_id in ${idSet(customers)}`.execute(transaction);
	return ids.length;
}

async function eraseTypedReasons(transaction: Database, messages: readonly number[]): Promise<void> {
	const { rows } = await sql<{ id: number; why: string }>`
		select id, why from message_history where why is not null and message_id in ${idSet(messages)}`.execute(transaction);
	const typed = rows.filter(({ why }) => !CODE.test(why)).map(({ id }) => id);
	await sql`update message_history set why = null where id in ${idSet(typed)}`.execute(transaction);
}
