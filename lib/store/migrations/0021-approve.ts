import type { DialectWords } from '../dialect';

/** Messages that are put off to a day, what the staff change and say of a text, and the indexes by which thousands that wait are paged and counted. */
export function approve({ id, tableOptions }: DialectWords): string[] {
	return [
		'alter table messages add column later_on text',
		'alter table messages add column written text',
		'alter table messages add column edited_at text',
		`create table text_complaints (
			id ${id},
			shop_id integer not null references shops (id),
			message_id integer not null references messages (id),
			template_id text not null,
			template_version integer not null,
			channel text not null,
			about text not null,
			words text,
			who text not null,
			at text not null
		) ${tableOptions}`,
		'create index text_complaints_template on text_complaints (shop_id, template_id, id)',
		'create index text_complaints_message on text_complaints (message_id)',
		// In the order in which they must leave, with all that a list is narrowed by: the texts are not read for it.
		"create index messages_pending on messages (shop_id, coalesce(expires_on, '9999-12-31'), id, later_on, channel, template_id, occasion_id, customer_id) where state = 'pending'",
		// What was decided at an instant, and how many there are in each state.
		'create index messages_updated on messages (shop_id, state, updated_at)',
		// How each text fares, out of the index: the mails themselves are not read.
		'create index messages_template on messages (shop_id, template_id, channel, template_version, state, edited_at)',
		"create index messages_edited on messages (shop_id, edited_at) where edited_at is not null",
	];
}
