import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import type { Channel } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { rowSet } from '../sets';

/** How satisfied a customer is, on the scale from 0 to 10. */
export interface SurveyAnswer {
	customerId: number;
	/** The survey that it answers: answered again, the newer answer stands. */
	messageId?: number;
	score: number;
	comment?: string;
	at: Instant;
}

/** From this score down somebody should call (ours; of the usual scale, those who would not recommend the shop). */
export const LOW_SCORE = 6;

/**
 * Keeps answers; those of customers, or to messages, that the shop does not have are left out.
 * @throws CrmError when a score is not on the scale
 */
export async function recordSurveyAnswers({ db, shop }: Pick<Store, 'db' | 'shop'>, answers: readonly SurveyAnswer[]): Promise<void> {
	if (answers.length === 0) return;
	if (!answers.every(({ score }) => Number.isInteger(score) && score >= 0 && score <= 10)) {
		throw new CrmError('A satisfaction score is not on the scale', 'Give a whole number from 0 to 10.');
	}
	const rows = answers.map(({ customerId, messageId, score, comment, at }) => ({ customer_id: customerId, message_id: messageId ?? null, score, comment: comment ?? null, answered_at: at }));
	await sql`
		insert into survey_answers (shop_id, customer_id, message_id, score, comment, answered_at)
		select ${shop.id}, given.customer_id, given.message_id, given.score, given.comment, given.answered_at
		from ${rowSet(rows, { customer_id: 'integer', message_id: 'integer', score: 'integer', comment: 'text', answered_at: 'text' })} as given
		cross join customers on customers.id = given.customer_id and +customers.shop_id = ${shop.id}
		left join messages on messages.id = given.message_id
		where given.message_id is null or +messages.shop_id = ${shop.id}
		on conflict (message_id) where message_id is not null do update set score = excluded.score, comment = coalesce(excluded.comment, survey_answers.comment), answered_at = excluded.answered_at`.execute(db);
}

/** The message of an occasion that asked, with where it went; undefined where there is none. */
export async function surveyMessage({ db, shop }: Pick<Store, 'db' | 'shop'>, occasionId: number): Promise<{ id: number; channel: Channel; kind: string; recipient: string } | undefined> {
	const { rows } = await sql<{ id: number; channel: Channel; kind: string; recipient: string }>`
		select message.id, message.channel, occasion.kind, point.value as recipient from messages as message
		join occasions as occasion on occasion.id = message.occasion_id join contact_points as point on point.id = message.contact_point_id
		where message.occasion_id = ${occasionId} and +message.shop_id = ${shop.id}`.execute(db);
	return rows[0];
}

/** What was answered to this survey, if anything. */
export async function surveyAnswer({ db, shop }: Pick<Store, 'db' | 'shop'>, messageId: number): Promise<{ score: number; comment?: string; at: Instant } | undefined> {
	const { rows } = await sql<{ score: number; comment: string | null; answered_at: Instant }>`
		select score, comment, answered_at from survey_answers where message_id = ${messageId} and shop_id = ${shop.id}`.execute(db);
	return rows[0] && { score: rows[0].score, ...(rows[0].comment !== null && { comment: rows[0].comment }), at: rows[0].answered_at };
}
