import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import { TICKET_KINDS, URGENT_TICKETS, type TicketKind, type TicketState } from '../../domain/ticket';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import type { Row } from '../schema';
import { rowSet } from '../sets';

export interface NewTicket {
	customerId?: number;
	channel: Channel;
	/** Number or address; with the channel it names the conversation. */
	sender: string;
	kind: TicketKind;
	messageId?: number;
	proposedAnswer?: string;
	at: Instant;
}

export interface Ticket {
	id: number;
	customerId?: number;
	firstName?: string;
	lastName?: string;
	channel: Channel;
	sender: string;
	kind: TicketKind;
	urgent: boolean;
	state: TicketState;
	messageId?: number;
	proposedAnswer?: string;
	openedAt: Instant;
	updatedAt: Instant;
	closedAt?: Instant;
	closedBy?: string;
	note?: string;
	/** What the customer wrote last. */
	lastText?: string;
}

const RANKS = sql.join(TICKET_KINDS.map((kind, rank) => sql`when ${sql.lit(kind)} then ${sql.lit(rank)}`), sql` `);
const rankOf = (column: string) => sql`case ${sql.ref(column)} ${RANKS} else ${sql.lit(TICKET_KINDS.length)} end`;

/**
 * Opens tickets, in one statement. A sender has one open ticket on a channel: more messages join it, and the most urgent of them says what it
 * is about. A customer or message that is not of this shop is nobody's and none. The caller holds the transaction.
 * @returns the ids, by channel and sender
 */
export async function openTickets({ db, shop }: Pick<Store, 'db' | 'shop'>, tickets: readonly NewTicket[], now: Instant): Promise<Map<string, number>> {
	if (tickets.length === 0) return new Map();
	const rows = [...Map.groupBy(tickets, ({ channel, sender }) => `${channel} ${sender}`).values()].map(oneOf).map((ticket) => ({
		customer_id: ticket.customerId ?? null, channel: ticket.channel, sender: ticket.sender, kind: ticket.kind, urgent: URGENT_TICKETS.includes(ticket.kind) ? 1 : 0,
		message_id: ticket.messageId ?? null, proposed_answer: ticket.proposedAnswer ?? null, opened_at: ticket.at,
	}));
	const ofShop = (table: 'customers' | 'messages', column: string) => sql`(select id from ${sql.table(table)} as owned where owned.id = ${sql.ref(`given.${column}`)} and +owned.shop_id = ${shop.id})`;
	const moreUrgent = sql`(${rankOf('excluded.kind')}) < (${rankOf('tickets.kind')})`;
	const { rows: opened } = await sql<{ id: number; channel: string; sender: string }>`
		insert into tickets (shop_id, customer_id, channel, sender, kind, urgent, state, message_id, proposed_answer, opened_at, updated_at)
		select ${shop.id}, ${ofShop('customers', 'customer_id')}, channel, sender, kind, urgent, 'open', ${ofShop('messages', 'message_id')}, proposed_answer, opened_at, ${now}
		from ${rowSet(rows, { customer_id: 'integer', channel: 'text', sender: 'text', kind: 'text', urgent: 'integer', message_id: 'integer', proposed_answer: 'text', opened_at: 'text' })} as given
		where true
		on conflict (shop_id, channel, sender) where state = 'open' do update set updated_at = excluded.updated_at,
			kind = case when ${moreUrgent} then excluded.kind else tickets.kind end, urgent = case when excluded.urgent > tickets.urgent then excluded.urgent else tickets.urgent end,
			customer_id = coalesce(tickets.customer_id, excluded.customer_id), message_id = coalesce(excluded.message_id, tickets.message_id),
			proposed_answer = coalesce(excluded.proposed_answer, tickets.proposed_answer)
		returning id, channel, sender`.execute(db);
	return new Map(opened.map(({ id, channel, sender }) => [`${channel} ${sender}`, id]));
}

/** Of several from one sender the most urgent, with what the others know. */
function oneOf(tickets: NewTicket[]): NewTicket {
	const sorted = [...tickets].sort((one, other) => TICKET_KINDS.indexOf(one.kind) - TICKET_KINDS.indexOf(other.kind));
	return Object.assign({}, ...[...sorted].reverse(), { at: tickets[0].at }) as NewTicket;
}

type TicketRow = Omit<Row<'tickets'>, 'shop_id'> & { first_name: string | null; last_name: string | null; last_text: string | null };

/** Tickets in a state, the urgent ones first, then the oldest; a page at a time, with their number in all pages. */
export async function listTickets({ db, shop }: Pick<Store, 'db' | 'shop'>, state: TicketState, page: { limit: number; offset: number }): Promise<{ tickets: Ticket[]; total: number }> {
	const { rows } = await ticketQuery({ db, shop }, sql`ticket.state = ${state} order by ticket.urgent desc, ticket.opened_at, ticket.id limit ${page.limit} offset ${page.offset}`);
	const { rows: counted } = await sql<{ total: number }>`select count(*) as total from tickets where shop_id = ${shop.id} and state = ${state}`.execute(db);
	return { tickets: rows.map(toTicket), total: counted[0].total };
}

/** One ticket of the shop, if there is one with this id. */
export async function getTicket(store: Pick<Store, 'db' | 'shop'>, id: number): Promise<Ticket | undefined> {
	const { rows } = await ticketQuery(store, sql`ticket.id = ${id}`);
	return rows[0] && toTicket(rows[0]);
}

function ticketQuery({ db, shop }: Pick<Store, 'db' | 'shop'>, where: ReturnType<typeof sql>) {
	return sql<TicketRow>`
		select ticket.id, ticket.customer_id, person.first_name, person.last_name, ticket.channel, ticket.sender, ticket.kind, ticket.urgent, ticket.state, ticket.message_id,
			ticket.proposed_answer, ticket.opened_at, ticket.updated_at, ticket.closed_at, ticket.closed_by, ticket.note,
			(select inbound.body from inbound_messages as inbound where inbound.ticket_id = ticket.id order by inbound.at desc, inbound.id desc limit 1) as last_text
		from tickets as ticket left join customers as person on person.id = ticket.customer_id
		where ticket.shop_id = ${shop.id} and ${where}`.execute(db);
}

/**
 * Ends an open ticket. Two people at once never both do.
 * @returns false when it was ended meanwhile; nothing was changed then
 */
export async function endTicket({ db, shop }: Pick<Store, 'db' | 'shop'>, id: number, to: Exclude<TicketState, 'open'>, who: string, note: string | undefined, now: Instant): Promise<boolean> {
	const { rows } = await sql<{ id: number }>`
		update tickets set state = ${to}, closed_at = ${now}, closed_by = ${who}, note = ${note ?? null}, updated_at = ${now}
		where id = ${id} and shop_id = ${shop.id} and state = 'open' returning id`.execute(db);
	return rows.length === 1;
}

/** Says whose ticket it is, where the number or address was nobody's. False when the ticket or the customer is not of this shop, or it is somebody's already. */
export async function assignTicket({ db, shop }: Pick<Store, 'db' | 'shop'>, id: number, customerId: number, now: Instant): Promise<boolean> {
	const { rows } = await sql<{ id: number }>`
		update tickets set customer_id = ${customerId}, updated_at = ${now}
		where id = ${id} and shop_id = ${shop.id} and customer_id is null
			and exists (select 1 from customers where id = ${customerId} and shop_id = ${shop.id} and erased_at is null and merged_into is null) returning id`.execute(db);
	if (rows.length === 1) await sql`update inbound_messages set customer_id = ${customerId} where ticket_id = ${id}`.execute(db);
	return rows.length === 1;
}

function toTicket(row: TicketRow): Ticket {
	const { id, customer_id, first_name, last_name, message_id, proposed_answer, closed_at, closed_by, note, last_text } = row;
	return {
		id,
		...(customer_id !== null && { customerId: customer_id, firstName: first_name ?? '', lastName: last_name ?? '' }),
		channel: row.channel as Channel,
		sender: row.sender,
		kind: row.kind as TicketKind,
		urgent: row.urgent === 1,
		state: row.state as TicketState,
		openedAt: row.opened_at,
		updatedAt: row.updated_at,
		...(message_id !== null && { messageId: message_id }),
		...(proposed_answer !== null && { proposedAnswer: proposed_answer }),
		...(closed_at !== null && { closedAt: closed_at }),
		...(closed_by !== null && { closedBy: closed_by }),
		...(note !== null && { note }),
		...(last_text !== null && { lastText: last_text }),
	};
}
