import type { DialectWords } from '../dialect';

/** What comes back: events of providers (each counts once), customers' own messages, tickets for the staff, satisfaction, and questions with answers. */
export function replies({ id, tableOptions, appendOnly }: DialectWords): string[] {
	return [
		`create table provider_events (
			id ${id},
			shop_id integer not null references shops (id),
			channel text not null,
			event_id text not null,
			kind text not null,
			at text not null,
			received_at text not null
		) ${tableOptions}`,
		'create unique index provider_events_once on provider_events (shop_id, channel, event_id)',
		...appendOnly('provider_events'),
		`create table tickets (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer references customers (id),
			channel text not null,
			sender text not null,
			kind text not null,
			urgent integer not null,
			state text not null,
			message_id integer references messages (id),
			proposed_answer text,
			opened_at text not null,
			updated_at text not null,
			closed_at text,
			closed_by text,
			note text
		) ${tableOptions}`,
		"create unique index tickets_open on tickets (shop_id, channel, sender) where state = 'open'",
		'create index tickets_customer on tickets (customer_id)',
		`create table inbound_messages (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer references customers (id),
			channel text not null,
			sender text not null,
			body text not null,
			meaning text not null,
			at text not null,
			received_at text not null,
			message_id integer references messages (id),
			ticket_id integer references tickets (id)
		) ${tableOptions}`,
		'create index inbound_messages_customer on inbound_messages (customer_id, at)',
		'create index inbound_messages_sender on inbound_messages (shop_id, channel, sender, at)',
		`create table survey_answers (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id),
			message_id integer references messages (id),
			score integer not null,
			comment text,
			answered_at text not null
		) ${tableOptions}`,
		'create unique index survey_answers_once on survey_answers (message_id) where message_id is not null',
		'create index survey_answers_customer on survey_answers (customer_id)',
		`create table frequent_questions (
			id ${id},
			shop_id integer not null references shops (id),
			language text not null,
			name text not null,
			phrases text not null,
			answer text not null,
			updated_at text not null
		) ${tableOptions}`,
		'create unique index frequent_questions_name on frequent_questions (shop_id, language, name)',
		'alter table contact_points add column retry_after text',
	];
}
