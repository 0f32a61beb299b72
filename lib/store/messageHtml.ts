import { sql } from 'kysely';
import type { Database } from './open';
import { idSet, rowSet } from './sets';

/** The mail of a query's `message`, in HTML; null for what is no mail. */
export const HTML = sql`(select html from message_html where message_html.message_id = message.id)`;

/** Stores the mails of messages, and takes away those that are no mails any more; inside the transaction that writes the messages. */
export async function saveHtml(transaction: Database, messages: ReadonlyArray<{ id: number; html?: string }>): Promise<void> {
	const [mails, others] = [messages.filter(({ html }) => html !== undefined), messages.filter(({ html }) => html === undefined)];
	if (others.length > 0) await sql`delete from message_html where message_id in ${idSet(others.map(({ id }) => id))}`.execute(transaction);
	if (mails.length === 0) return;
	await sql`
		insert into message_html (message_id, html) select id, html from ${rowSet(mails, { id: 'integer', html: 'text' })} as mail where true
		on conflict (message_id) do update set html = excluded.html`.execute(transaction);
}
