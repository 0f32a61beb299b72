import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { rowSet } from '../sets';

/** What a customer wrote. */
export interface InboundMessage {
	customerId?: number;
	channel: Channel;
	sender: string;
	text: string;
	meaning: string;
	at: Instant;
	/** Our message that it answers. */
	messageId?: number;
	ticketId?: number;
}

/** Longer ones are cut: a mail may carry a whole book below it. Characters. */
const LONGEST_TEXT = 5_000;

/** Keeps what customers wrote, in one statement. A customer, message or ticket that is not of this shop is nobody's and none. */
export async function saveInbound({ db, shop }: Pick<Store, 'db' | 'shop'>, messages: readonly InboundMessage[], now: Instant): Promise<void> {
	if (messages.length === 0) return;
	const rows = messages.map(({ customerId, channel, sender, text, meaning, at, messageId, ticketId }) => ({
		customer_id: customerId ?? null, channel, sender, body: text.slice(0, LONGEST_TEXT), meaning, at, message_id: messageId ?? null, ticket_id: ticketId ?? null,
	}));
	await sql`
		insert into inbound_messages (shop_id, customer_id, channel, sender, body, meaning, at, received_at, message_id, ticket_id)
		select ${shop.id}, (select id from customers where customers.id = given.customer_id and +customers.shop_id = ${shop.id}), channel, sender, body, meaning, at, ${now},
			(select id from messages where messages.id = given.message_id and +messages.shop_id = ${shop.id}), (select id from tickets where tickets.id = given.ticket_id and +tickets.shop_id = ${shop.id})
		from ${rowSet(rows, { customer_id: 'integer', channel: 'text', sender: 'text', body: 'text', meaning: 'text', at: 'text', message_id: 'integer', ticket_id: 'integer' })} as given`.execute(db);
}

/** One line of a conversation: what the customer wrote, or what the shop sent. */
export interface ConversationLine {
	from: 'customer' | 'shop';
	at: Instant;
	channel: Channel;
	text: string;
	/** Of a message of the shop: its id and state. */
	messageId?: number;
	state?: string;
}

/** What was written to and fro with a customer on a channel, oldest first; of the newest lines so many. */
export async function conversation({ db, shop }: Pick<Store, 'db' | 'shop'>, customerId: number, channel: Channel, limit: number): Promise<ConversationLine[]> {
	const { rows } = await sql<{ side: string; at: string; body: string; message_id: number | null; state: string | null }>`
		select * from (
			select 'customer' as side, inbound.at, inbound.body, null as message_id, null as state from inbound_messages as inbound
			where inbound.customer_id = ${customerId} and inbound.channel = ${channel} and inbound.shop_id = ${shop.id}
			union all
			select 'shop', message.updated_at, message.body, message.id, message.state from messages as message
			where message.customer_id = ${customerId} and message.channel = ${channel} and message.shop_id = ${shop.id}
				and message.state in ('approved', 'sending', 'uncertain', 'sent', 'delivered', 'read', 'failed')
		) as line order by at desc, message_id desc limit ${limit}`.execute(db);
	return rows.reverse().map(({ side, at, body, message_id, state }) => ({
		from: side as ConversationLine['from'], at, channel, text: body, ...(message_id !== null && { messageId: message_id, state: state as string }),
	}));
}

/** What somebody who is no customer wrote from this number or address. */
export async function strangersLines({ db, shop }: Pick<Store, 'db' | 'shop'>, channel: Channel, sender: string, limit: number): Promise<ConversationLine[]> {
	const { rows } = await sql<{ at: string; body: string }>`
		select at, body from inbound_messages where shop_id = ${shop.id} and channel = ${channel} and sender = ${sender} order by at desc, id desc limit ${limit}`.execute(db);
	return rows.reverse().map(({ at, body }) => ({ from: 'customer', at, channel, text: body }));
}
