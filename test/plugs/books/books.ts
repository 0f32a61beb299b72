import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../lib/domain/time';
import { shopToday } from '../../../lib/domain/shop';
import type { Store } from '../../../lib/store/open';
import { verifyConsents } from '../../../lib/store/verifyConsents';

/* What the checker looks at: the store as it lies there after a run, and what was seen from outside of it. Nothing of the engine that wrote it. */

export interface OccasionRow { id: number; customer_id: number; kind: string; due_on: string; stage: number; state: string; outcome: string | null; reason: string | null; claims: number; leased_until: string | null }
export interface MessageRow {
	id: number; customer_id: number; occasion_id: number; channel: string; class: string; kind: string; state: string; recipient: string; content_hash: string; approved_hash: string | null;
	sent_on: string | null; not_before: string | null; expires_on: string | null;
}
export interface HistoryRow { id: number; message_id: number; at: string; from_state: string | null; to_state: string; who: string; why: string | null }
export interface DecisionRow { customer_id: number; occasion_id: number | null; moment: string; outcome: string }
export interface ConsentRow { customer_id: number; sequence: number; channel: string; purpose: string; status: string }

/** A message that the provider took: seen at the provider, whatever the store says of it. */
export interface Booking {
	/** The number of the message and of the attempt, as the provider was told them. */
	messageId: number;
	attempt: number;
	recipient: string;
}

/** What a process was told to be done, before it was killed: it must not be gone afterwards. */
export type Acknowledged =
	| { done: 'approved' | 'rejected'; messageId: number }
	/** `at`: the moment after which nothing may leave that rests on the consent, by the clock of that process. */
	| { done: 'consent'; customerId: number; channel: string; purpose: string; status: string; at: Instant };

/** What was seen from outside of the store during a run. */
export interface Witness {
	bookings: readonly Booking[];
	acknowledged: readonly Acknowledged[];
	/** Who had to be noticed: customer and kind. */
	expected: ReadonlyArray<{ customerId: number; kind: string }>;
	/** The clock was moved: its instants tell nothing of what came first. */
	clockMoved: boolean;
}

/** The books of a shop, as they lie there when all is at rest. */
export interface Books extends Witness {
	now: Instant;
	today: LocalDate;
	occasions: OccasionRow[];
	messages: MessageRow[];
	history: HistoryRow[];
	decisions: DecisionRow[];
	consents: ConsentRow[];
	/** What the store's own verification of the consent chains found. */
	brokenChains: string[];
}

/** Reads the books of the shop. @param now the present moment of the shop */
export async function readBooks(store: Store, witness: Witness, now: Instant): Promise<Books> {
	const rows = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(store.db)).rows;
	const { broken, changedWordings } = await verifyConsents(store);
	return {
		...witness,
		now,
		today: shopToday(store.shop, now),
		occasions: await rows(sql<OccasionRow>`select id, customer_id, kind, due_on, stage, state, outcome, reason, claims, leased_until from occasions where shop_id = ${store.shop.id} order by id`),
		messages: await rows(sql<MessageRow>`
			select message.id, message.customer_id, message.occasion_id, message.channel, message.class, occasion.kind, message.state, point.value as recipient,
				message.content_hash, message.approved_hash, message.sent_on, message.not_before, message.expires_on
			from messages as message join contact_points as point on point.id = message.contact_point_id join occasions as occasion on occasion.id = message.occasion_id
			where message.shop_id = ${store.shop.id} order by message.id`),
		history: await rows(sql<HistoryRow>`
			select history.id, message_id, at, from_state, to_state, who, why
			from message_history as history join messages as message on message.id = history.message_id where message.shop_id = ${store.shop.id} order by history.id`),
		decisions: await rows(sql<DecisionRow>`select customer_id, occasion_id, moment, outcome from decisions where shop_id = ${store.shop.id} order by id`),
		consents: await rows(sql<ConsentRow>`select customer_id, sequence, channel, purpose, status from consents where shop_id = ${store.shop.id} order by customer_id, sequence`),
		brokenChains: [...broken.map(({ customerId, sequence, why }) => `customer ${customerId}, record ${sequence}: ${why}`), ...changedWordings.map((version) => `wording ${version} was changed`)],
	};
}
