import { sql, type RawBuilder } from 'kysely';
import type { Database } from './open';
import { idSet } from './sets';

/** Mails of one statement. */
const MOST_AT_ONCE = 1024;

/** The mail of a query's `message`, in HTML; null for what is no mail. */
export const HTML = sql`(select html from message_html where message_html.message_id = message.id)`;

/** Stores the mails of messages, and takes away those that are no mails any more; inside the transaction that writes the messages. */
export async function saveHtml(transaction: Database, messages: ReadonlyArray<{ id: number; html?: string }>): Promise<void> {
	const [mails, others] = [messages.filter(({ html }) => html !== undefined), messages.filter(({ html }) => html === undefined)];
	if (others.length > 0) await sql`delete from message_html where message_id in ${idSet(others.map(({ id }) => id))}`.execute(transaction);
	if (mails.length === 0) return;
	for (let from = 0; from < mails.length; from += MOST_AT_ONCE) {
		await sql`
			insert into message_html (message_id, html) select column1, column2 from (values ${mailRows(mails.slice(from, from + MOST_AT_ONCE))}) as mail where column1 is not null
			on conflict (message_id) do update set html = excluded.html`.execute(transaction);
	}
}

/** Mails as they are: in a list of JSON, ten thousand characters each would be written and read twice over. Filled up with nothing, so that there are few statements. */
function mailRows(mails: ReadonlyArray<{ id: number; html?: string }>): RawBuilder<unknown> {
	const size = 2 ** Math.ceil(Math.log2(mails.length));
	return sql.join(Array.from({ length: size }, (_, index) => sql`(${mails[index]?.id ?? null}, ${mails[index]?.html ?? null})`));
}
