import type { DialectWords } from '../dialect';

/**
 * A mail stands apart from its message: each change of the message's state would write it anew too, and whoever goes through the queue would
 * read it. What may leave is found by an index of its own.
 */
export function messageHtml({ tableOptions }: DialectWords): string[] {
	return [
		`create table message_html (
			message_id integer primary key references messages (id) on delete cascade,
			html text not null
		) ${tableOptions}`,
		'insert into message_html (message_id, html) select id, html from messages where html is not null',
		'alter table messages drop column html',
		"create index messages_leaving on messages (shop_id, channel, id, not_before, expires_on) where state = 'approved'",
	];
}
