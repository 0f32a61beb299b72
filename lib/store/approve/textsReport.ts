import { sql } from 'kysely';
import type { TextFigures } from '../../domain/textFigures';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';

/** Something that the staff said of a text. */
export interface TextRemark {
	template: string;
	channel: string;
	version: number;
	/** A complaint's sort, or `rejected`. */
	about: string;
	/** Of a rejection its code, and what was typed. */
	words?: string;
	who: string;
	at: Instant;
}

/** A text before and after a member of staff changed it. */
export interface TextEdit {
	template: string;
	channel: string;
	language: string;
	before: string;
	after: string;
}

/** Remarks and edits that are read, the newest. */
const NEWEST = 300;
const LEFT = sql`'sending', 'sent', 'delivered', 'read', 'uncertain', 'failed'`;

/** All texts that messages were made from, those that the staff change most first; out of an index. */
export async function textFigures({ db, shop }: Store): Promise<TextFigures[]> {
	const { rows } = await sql<TextFigures>`
		select message.template_id as template, message.channel, message.template_version as version, count(*) as written,
			sum(case when state in ('sent', 'delivered', 'read') then 1 else 0 end) as sent,
			sum(case when edited_at is null and state in ('approved', ${LEFT}) then 1 else 0 end) as untouched,
			sum(case when edited_at is not null then 1 else 0 end) as edited, sum(case when state = 'rejected' then 1 else 0 end) as rejected,
			(select count(*) from text_complaints as complaint where complaint.shop_id = ${shop.id} and complaint.template_id = message.template_id
				and complaint.channel = message.channel and complaint.template_version = message.template_version) as complaints
		from messages as message where shop_id = ${shop.id} group by message.template_id, message.channel, message.template_version
		order by edited desc, rejected desc, message.template_id, message.channel, message.template_version desc`.execute(db);
	return rows;
}

/** The newest complaints and rejections. */
export async function textRemarks({ db, shop }: Store): Promise<TextRemark[]> {
	const { rows } = await sql<Omit<TextRemark, 'words'> & { words: string | null }>`
		select * from (select template_id as template, channel, template_version as version, about, words, who, at from text_complaints where shop_id = ${shop.id} order by id desc limit ${NEWEST}) as complaint
		union all
		select template, channel, version, 'rejected', why, who, at from (select message.template_id as template, message.channel, message.template_version as version, made.why, made.who, made.at
			from messages as message join message_history as made on made.message_id = message.id and made.to_state = 'rejected' and made.at = message.updated_at
			where message.shop_id = ${shop.id} and message.state = 'rejected' order by message.updated_at desc limit ${NEWEST}) as rejection
		order by at desc`.execute(db);
	return rows.map(({ words, ...row }) => ({ ...row, ...(words !== null && { words }) }));
}

/** The newest texts that the staff changed. */
export async function textEdits({ db, shop }: Store): Promise<TextEdit[]> {
	const { rows } = await sql<TextEdit>`
		select template_id as template, channel, language, written as before, body as after from messages
		where shop_id = ${shop.id} and edited_at is not null and written is not null and written <> body order by edited_at desc limit ${NEWEST}`.execute(db);
	return rows;
}
