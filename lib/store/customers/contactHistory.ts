import { sql } from 'kysely';
import type { ConsentRecord } from '../../domain/consent';
import type { Instant } from '../../domain/time';
import { toConsentRecord } from '../consentRows';
import type { Store } from '../open';
import type { Row } from '../schema';
import { idSet, rowSet, textSet } from '../sets';

/** Kinds of entries, in the order in which those of one moment follow each other, oldest first. */
const TYPES = ['consent', 'occasion', 'decision', 'message', 'messageState', 'merge', 'mergeUndone'] as const;

/** Something that happened between the shop and a customer. */
export interface ContactEntry {
	customerId: number;
	at: Instant;
	type: (typeof TYPES)[number];
	/** Id in the table of its type. */
	id: number;
	details: Record<string, unknown>;
}

interface EntryRow {
	customer_id: number;
	at: string;
	type: ContactEntry['type'];
	id: number;
}

/**
 * Everything from and to these customers, newest first, a page for each of them, in seven queries whatever their number. What happened under a
 * customer who was merged into one of them is theirs too, save the consents, which were repeated in the kept one's chain.
 */
export async function contactHistory({ db, shop }: Store, customerIds: readonly number[], page: { limit: number; offset: number; types?: ReadonlyArray<ContactEntry['type']> }): Promise<ContactEntry[]> {
	const order = rowSet(TYPES.map((type, rank) => ({ type, rank })), { type: 'text', rank: 'integer' });
	const { rows } = await sql<EntryRow>`
		with person as materialized (select coalesce(merged_into, id) as customer_id, id as own_id from customers
			where +shop_id = ${shop.id} and (id in ${idSet(customerIds)} or merged_into in ${idSet(customerIds)})),
		entry as (
			select person.customer_id, consents.recorded_at as at, 'consent' as type, consents.id
				from person cross join consents on consents.customer_id = person.own_id where person.own_id = person.customer_id
			union all select person.customer_id, occasions.created_at, 'occasion', occasions.id from person cross join occasions on occasions.customer_id = person.own_id
			union all select person.customer_id, decisions.decided_at, 'decision', decisions.id from person cross join decisions on decisions.customer_id = person.own_id
			union all select person.customer_id, messages.created_at, 'message', messages.id from person cross join messages on messages.customer_id = person.own_id
			union all select person.customer_id, history.at, 'messageState', history.id from person
				cross join messages on messages.customer_id = person.own_id cross join message_history as history on history.message_id = messages.id
			union all select person.customer_id, merges.merged_at, 'merge', merges.id from person cross join merges on merges.kept_id = person.own_id
			union all select person.customer_id, merges.undone_at, 'mergeUndone', merges.id from person
				cross join merges on merges.kept_id = person.own_id where merges.undone_at is not null),
		numbered as (select entry.*, row_number() over (partition by customer_id order by at desc, kind.rank desc, id desc) as position
			from entry join ${order} as kind on kind.type = entry.type where entry.type in ${textSet(page.types ?? TYPES)})
		select customer_id, at, type, id from numbered
		where position > ${page.offset} and position <= ${page.offset + page.limit} order by customer_id, position`.execute(db);
	const details = await detailsOf({ db, shop }, rows);
	return rows.map(({ customer_id: customerId, at, type, id }) => ({ customerId, at, type, id, details: details.get(`${type} ${id}`) ?? {} }));
}

async function detailsOf({ db }: Pick<Store, 'db' | 'shop'>, rows: readonly EntryRow[]): Promise<Map<string, Record<string, unknown>>> {
	const ids = (...types: string[]) => idSet(rows.filter(({ type }) => types.includes(type)).map(({ id }) => id));
	const found = new Map<string, Record<string, unknown>>();

	const consents = await sql<Row<'consents'>>`select * from consents where id in ${ids('consent')}`.execute(db);
	for (const row of consents.rows) found.set(`consent ${row.id}`, withoutHashes(toConsentRecord(row)));
	const occasions = await sql<Record<string, unknown> & { id: number }>`
		select id, kind, due_on as "dueOn", stage, state, outcome, reason, claims from occasions where id in ${ids('occasion')}`.execute(db);
	for (const { id, ...row } of occasions.rows) found.set(`occasion ${id}`, row);
	const decisions = await sql<Record<string, unknown> & { id: number; tried: string }>`
		select id, occasion_id as "occasionId", moment, outcome, reason, rule, rules_version as "rulesVersion", class, purpose, channel,
			legal_basis as "legalBasis", contact_point_id as "contactPointId", tried from decisions where id in ${ids('decision')}`.execute(db);
	for (const { id, tried, ...row } of decisions.rows) found.set(`decision ${id}`, { ...row, tried: JSON.parse(tried) });
	const messages = await sql<Record<string, unknown> & { id: number }>`
		select id, occasion_id as "occasionId", channel, class, template_id as "templateId", template_version as "templateVersion", state, subject, body
		from messages where id in ${ids('message')}`.execute(db);
	for (const { id, ...row } of messages.rows) found.set(`message ${id}`, row);
	const states = await sql<Record<string, unknown> & { id: number }>`
		select id, message_id as "messageId", from_state as "from", to_state as "to", who, why from message_history where id in ${ids('messageState')}`.execute(db);
	for (const { id, ...row } of states.rows) found.set(`messageState ${id}`, row);
	const merges = await sql<Record<string, unknown> & { id: number }>`
		select id, merged_id as "mergedId", who from merges where id in ${ids('merge', 'mergeUndone')}`.execute(db);
	for (const { id, ...row } of merges.rows) for (const type of ['merge', 'mergeUndone']) found.set(`${type} ${id}`, row);
	return found;
}

function withoutHashes({ hash: _hash, previousHash: _previous, id: _id, customerId: _customer, ...said }: ConsentRecord): Record<string, unknown> {
	return { ...said };
}
