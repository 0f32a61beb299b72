import { sql } from 'kysely';
import { CrmError } from '../domain/errors';
import { isLocalDate, type Instant, type LocalDate } from '../domain/time';
import type { Store } from './open';
import { rowSet } from './sets';

export const ANSWERS = ['fine', 'wrong', 'other'] as const;
/** What a customer said when asked: all is well, something is wrong, or anything else. */
export type Answer = (typeof ANSWERS)[number];

/** An answer to a message or a call. The words themselves are not kept: they may be about health. */
export interface NewAnswer {
	customerId: number;
	/** The occasion kind that it answers, for example `progressive`. */
	kind: string;
	answer: Answer;
	answeredOn: LocalDate;
}

/**
 * Records answers, in one statement: they end the course of contacts that they answer, and one that says that something is wrong with
 * progressive lenses makes the call due at once. Answers for customers that the shop does not have are left out. Returns how many were recorded.
 * @throws CrmError when an answer or its day cannot be right
 */
export async function recordAnswers({ db, shop }: Pick<Store, 'db' | 'shop'>, answers: readonly NewAnswer[], now: Instant): Promise<number> {
	for (const { answer, answeredOn } of answers) {
		if (!ANSWERS.includes(answer)) throw new CrmError('The answer is unknown', `Use one of ${ANSWERS.join(', ')}.`);
		if (!isLocalDate(answeredOn)) throw new CrmError('The day of the answer is no calendar day', 'Write it as YYYY-MM-DD, for example 2026-11-22.');
	}
	if (answers.length === 0) return 0;
	const rows = answers.map(({ customerId, kind, answer, answeredOn }) => ({ customer_id: customerId, kind, answer, answered_on: answeredOn }));
	const { rows: written } = await sql<{ id: number }>`
		insert into customer_answers (shop_id, customer_id, kind, answer, answered_on, created_at)
		select ${shop.id}, coalesce(customers.merged_into, customers.id), said.kind, said.answer, said.answered_on, ${now}
		from ${rowSet(rows, { customer_id: 'integer', kind: 'text', answer: 'text', answered_on: 'text' })} as said
		cross join customers on customers.id = said.customer_id and +customers.shop_id = ${shop.id} and customers.erased_at is null
		where true returning id`.execute(db);
	return written.length;
}
