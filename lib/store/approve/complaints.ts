import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';

/** A thumb down. */
export interface Complaint {
	messageId: number;
	/** What is wrong with the text: it sounds bad, or is nothing for this person. */
	about: 'sounds' | 'person';
	words?: string;
}

/** Keeps what a member of staff says of a text, with the template that it is from, for whoever leads the shop. False where there is no such message. */
export async function complain({ db, shop }: Store, { messageId, about, words }: Complaint, who: string, now: Instant): Promise<boolean> {
	const { rows } = await sql`
		insert into text_complaints (shop_id, message_id, template_id, template_version, channel, about, words, who, at)
		select shop_id, id, template_id, template_version, channel, ${about}, ${words ?? null}, ${who}, ${now} from messages where id = ${messageId} and shop_id = ${shop.id}
		returning id`.execute(db);
	return rows.length === 1;
}
