import { sql } from 'kysely';
import type { CustomerFacts, PriorContact } from '../domain/consentFacts';
import type { Channel, MessageClass, MessageState } from '../domain/glossary';
import { REHEARSAL } from '../domain/sender';
import { plusDays, type LocalDate } from '../domain/time';
import type { Database, Store } from './open';
import { idSet } from './sets';

/** Messages that wait to leave, and those that left or may have left. What was rejected, blocked, expired or failed gives its place back. */
const WAITING: readonly MessageState[] = ['pending', 'approved'];
const LEFT: readonly MessageState[] = ['sending', 'uncertain', 'sent', 'delivered', 'read'];
/** No cap looks further back. Days. */
const LONGEST_CAP_DAYS = 31;
const WAITS_OR_LEFT = sql`message.state in (${sql.join([...WAITING, ...LEFT].map((state) => sql.lit(state)))})`;
/** Of a `message`: it is for the customer. In a rehearsal nobody gets anything, so that nothing that counts what was sent counts it. */
export const IS_REAL = sql`coalesce(message.provider, '') <> ${sql.lit(REHEARSAL)}`;

interface ContactRow {
	person: number;
	/** Null: no recent contact, but how the customer took one. */
	message_id: number | null;
	occasion_id: number;
	kind: string;
	due_on: string;
	class: string;
	channel: string;
	state: MessageState;
	sent_on: string | null;
	shared_point_id: number | null;
}

/** What the rules read of messages: those of the last weeks and those that wait, and how the customer took all there ever were. */
export type Contacts = Required<Pick<CustomerFacts, 'contacts' | 'history'>>;

/**
 * What these customers get, and what went to people who share a contact point with them; in one query. Each of the customers has an answer.
 * Inside a transaction it stays true until its end: writers take turns.
 */
export async function recentContacts({ db, shop }: Pick<Store, 'shop'> & { db: Database }, customerIds: readonly number[], today: LocalDate): Promise<Map<number, Contacts>> {
	const since = plusDays(today, -LONGEST_CAP_DAYS);
	const message = sql`message.id as message_id, message.occasion_id, occasion.kind, occasion.due_on, message.class, message.channel, message.state, message.sent_on`;
	const { rows } = await sql<ContactRow>`
		select message.customer_id as person, ${message}, null as shared_point_id
		from messages as message cross join occasions as occasion on occasion.id = message.occasion_id
		where message.customer_id in ${idSet(customerIds)} and +message.shop_id = ${shop.id} and ${WAITS_OR_LEFT} and ${IS_REAL} and coalesce(message.sent_on, ${today}) > ${since}
		union all
		-- Of all there ever were only how they were taken, out of the index.
		select message.customer_id, cast(null as integer), cast(null as integer), cast(null as text), cast(null as text), cast(null as text), message.channel, message.state,
			cast(null as text), cast(null as integer)
		from messages as message
		where message.customer_id in ${idSet(customerIds)} and +message.shop_id = ${shop.id} and message.state in ('read', 'failed') and ${IS_REAL}
		union all
		select mine.customer_id, ${message}, mine.id
		from contact_points as mine
			cross join contact_points as other on other.shop_id = mine.shop_id and other.kind = mine.kind and other.value = mine.value and other.customer_id <> mine.customer_id
			cross join messages as message on message.customer_id = other.customer_id and message.contact_point_id = other.id
			cross join occasions as occasion on occasion.id = message.occasion_id
		where mine.customer_id in ${idSet(customerIds)} and +mine.shop_id = ${shop.id} and mine.value <> '' and ${WAITS_OR_LEFT} and ${IS_REAL} and coalesce(message.sent_on, ${today}) > ${since}
		order by message_id`.execute(db);
	const found = new Map(customerIds.map((id): [number, Contacts] => [id, { contacts: [], history: {} }]));
	for (const row of rows) {
		const { contacts, history } = found.get(row.person) as Contacts;
		if (row.message_id === null) count(history, row);
		else contacts.push(toContact(row));
	}
	return found;
}

function toContact({ message_id, occasion_id, kind, due_on, class: messageClass, state, sent_on, shared_point_id }: ContactRow): PriorContact {
	return {
		messageId: message_id as number,
		occasionId: occasion_id,
		kind,
		dueOn: due_on,
		class: messageClass as MessageClass,
		state: WAITING.includes(state) ? 'waiting' : 'left',
		...(sent_on !== null && { leftOn: sent_on }),
		...(shared_point_id !== null && { sharedPointId: shared_point_id }),
	};
}

function count(history: Contacts['history'], { channel, state }: ContactRow): void {
	const known = (history[channel as Channel] ??= { answered: 0, failed: 0 });
	known[state === 'read' ? 'answered' : 'failed']++;
}
