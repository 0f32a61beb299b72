import { sql } from 'kysely';
import type { Instant } from '../domain/time';
import type { Store } from './open';

/** A span of time, with its beginning and without its end. */
export interface Span {
	from: Instant;
	to: Instant;
}

/**
 * What has become urgent in a span: alerts that were opened, messages that became uncertain, and open tickets that grew too old for an answer.
 * Spans that follow one another tell each thing once.
 * @param tooOld the span in which such tickets were opened: the same one, earlier by as long as a ticket may wait
 */
export async function urgentSince({ db, shop }: Pick<Store, 'db' | 'shop'>, { from, to }: Span, tooOld: Span): Promise<number> {
	const { rows } = await sql<{ urgent: number }>`
		select (select count(*) from alerts where shop_id = ${shop.id} and since >= ${from} and since < ${to})
			+ (select count(*) from messages where shop_id = ${shop.id} and state = 'uncertain' and updated_at >= ${from} and updated_at < ${to})
			+ (select count(*) from tickets where shop_id = ${shop.id} and state = 'open' and opened_at >= ${tooOld.from} and opened_at < ${tooOld.to})
			+ (select count(*) from tickets where shop_id = ${shop.id} and state = 'open' and urgent = 1 and opened_at >= ${from} and opened_at < ${to}) as urgent`.execute(db);
	return Number(rows[0].urgent);
}
