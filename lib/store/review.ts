import { sql } from 'kysely';
import type { DataUse, Decision } from '../domain/consent';
import type { MessageState } from '../domain/glossary';
import type { MessageExtra } from '../domain/messageExtra';
import type { Rewording } from '../domain/rewording';
import type { Instant, LocalDate } from '../domain/time';
import { IS_REAL } from './contacts';
import { HTML } from './messageHtml';
import type { Store } from './open';
import type { Row } from './schema';
import { idSet } from './sets';

/** A message as the staff see it in a list. */
export interface ReviewMessage {
	id: number;
	customerId: number;
	firstName: string;
	lastName: string;
	birthDate?: LocalDate;
	kind: string;
	dueOn: LocalDate;
	/** The day of the fact that the occasion comes from, and why this one. */
	since?: LocalDate;
	cause?: string;
	stage: number;
	channel: string;
	language: string;
	state: MessageState;
	subject?: string;
	body: string;
	contentHash: string;
	templateId: string;
	templateVersion: number;
	expiresOn?: LocalDate;
	createdAt: Instant;
	/** When its state or text changed last. */
	updatedAt: Instant;
	/** Where a language model has worded the text anew. */
	rewording?: Rewording;
	/** Why it was allowed: the verdicts of the decision that planned it. */
	tried: Decision['tried'];
}

/** A message with all that its own page shows and an edit needs. */
export interface ReviewMessageDetail extends ReviewMessage {
	recipient: string;
	preheader?: string;
	text: string;
	html?: string;
	extra?: MessageExtra;
	refusalUrl?: string;
	class: string;
	/** Of the decision that it rests on. */
	legalBasis?: string;
	title?: string;
	formality?: string;
	occasionId: number;
	/** It does not leave before. */
	notBefore?: Instant;
	/** What the recipient was chosen by. */
	uses?: DataUse;
	/** The staff look at it again on this day. */
	laterOn?: LocalDate;
}

export interface ReviewPage {
	messages: ReviewMessage[];
	/** How many there are in all pages. */
	total: number;
}

/** A row of a review, as the database gives it. */
export interface ReviewRow {
	id: number;
	customer_id: number;
	first_name: string;
	last_name: string;
	birth_date: string | null;
	kind: string;
	due_on: string;
	since: string | null;
	cause: string | null;
	stage: number;
	channel: string;
	language: string;
	state: string;
	subject: string | null;
	body: string;
	content_hash: string;
	template_id: string;
	template_version: number;
	expires_on: string | null;
	created_at: string;
	updated_at: string;
	rewording: string | null;
	tried: string | null;
}

/** What a list of messages shows of each; from `REVIEW_TABLES`, or tables of the same names. */
export const REVIEW_COLUMNS = sql`message.id, message.customer_id, customer.first_name, customer.last_name, customer.birth_date, occasion.kind,
	occasion.due_on, occasion.since, occasion.cause, occasion.stage, message.channel, message.language, message.state, message.subject, message.body, message.content_hash,
	message.template_id, message.template_version, message.expires_on, message.created_at, message.updated_at, message.rewording,
	decision.tried`;

export const REVIEW_TABLES = sql`messages as message
	join customers as customer on customer.id = message.customer_id
	join occasions as occasion on occasion.id = message.occasion_id
	left join decisions as decision on decision.id = message.decision_id`;

/** One page of the messages in a state, those that must leave first before the others. Pending ones whose last day has passed are not shown. */
export async function messagesInState(
	{ db, shop }: Store,
	state: MessageState,
	page: { today: LocalDate; limit: number; offset: number },
): Promise<ReviewPage> {
	const wanted = sql`message.shop_id = ${shop.id} and message.state = ${state}
		and (message.state <> 'pending' or message.expires_on is null or message.expires_on >= ${page.today})`;
	const order = sql`order by coalesce(message.expires_on, '9999-12-31'), message.id`;
	// Only those of the page are looked up in the other tables, and not all that were ever sent.
	const rows = await sql<ReviewRow>`
		select ${REVIEW_COLUMNS} from ${REVIEW_TABLES}
		where message.id in (select id from messages as message where ${wanted} ${order} limit ${page.limit} offset ${page.offset}) ${order}`.execute(db);
	const count = await sql<{ total: number }>`
		select count(*) as total from messages as message where ${wanted}`.execute(db);
	return { messages: rows.rows.map(toReview), total: count.rows[0].total };
}

/** One message of the shop with its whole text, if there is one with this id. */
export async function messageDetail(store: Pick<Store, 'db' | 'shop'>, id: number): Promise<ReviewMessageDetail | undefined> {
	return (await messageDetails(store, [id]))[0];
}

/** Messages of the shop with their whole texts, by ascending id. */
export async function messageDetails({ db, shop }: Pick<Store, 'db' | 'shop'>, ids: readonly number[]): Promise<ReviewMessageDetail[]> {
	const { rows } = await sql<ReviewRow & Pick<Row<'messages'>, 'preheader' | 'text' | 'extra' | 'refusal_url' | 'class' | 'occasion_id' | 'not_before' | 'uses' | 'later_on'> & { html: string | null; value: string; title: string | null; formality: string | null; legal_basis: string | null }>`
		select ${REVIEW_COLUMNS}, message.preheader, message.text, ${HTML} as html, message.extra, message.refusal_url, message.class, message.occasion_id, message.not_before,
			message.uses, message.later_on,
			customer.title, customer.formality, decision.legal_basis, point.value
		from ${REVIEW_TABLES} join contact_points as point on point.id = message.contact_point_id
		where message.id in ${idSet(ids)} and +message.shop_id = ${shop.id} order by message.id`.execute(db);
	return rows.map((row) => ({
		...toReview(row),
		recipient: row.value,
		preheader: row.preheader ?? undefined,
		text: row.text,
		html: row.html ?? undefined,
		...(row.extra !== null && { extra: JSON.parse(row.extra) as MessageExtra }),
		refusalUrl: row.refusal_url ?? undefined,
		class: row.class,
		legalBasis: row.legal_basis ?? undefined,
		title: row.title ?? undefined,
		formality: row.formality ?? undefined,
		occasionId: row.occasion_id,
		notBefore: row.not_before ?? undefined,
		...(row.uses !== null && { uses: JSON.parse(row.uses) as DataUse }),
		laterOn: row.later_on ?? undefined,
	}));
}

/** How the messages of a shop stand, as far as somebody should know each day. */
export interface MessageCounts {
	approved: number;
	uncertain: number;
	failed: number;
	/** Left for customers at or after the instant asked for; none of a rehearsal. */
	sentSince: number;
}

/** Counts by indexes alone: what was sent years ago is not looked at. */
export async function messageCounts({ db, shop }: Store, since: Instant): Promise<MessageCounts> {
	const inState = (state: MessageState) => sql`(select count(*) from messages where shop_id = ${shop.id} and state = ${state})`;
	const { rows } = await sql<MessageCounts>`
		select ${inState('approved')} as approved, ${inState('uncertain')} as uncertain, ${inState('failed')} as failed,
			(select count(*) from messages as message where shop_id = ${shop.id} and state in ('sent', 'delivered', 'read') and updated_at >= ${since} and ${IS_REAL}) as "sentSince"`.execute(db);
	return rows[0];
}

/** A row as the staff's list shows it. */
export function toReview(row: ReviewRow): ReviewMessage {
	return {
		id: row.id,
		customerId: row.customer_id,
		firstName: row.first_name,
		lastName: row.last_name,
		birthDate: row.birth_date ?? undefined,
		kind: row.kind,
		dueOn: row.due_on,
		since: row.since ?? undefined,
		cause: row.cause ?? undefined,
		stage: row.stage,
		channel: row.channel,
		language: row.language,
		state: row.state as MessageState,
		subject: row.subject ?? undefined,
		body: row.body,
		contentHash: row.content_hash,
		templateId: row.template_id,
		templateVersion: row.template_version,
		expiresOn: row.expires_on ?? undefined,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		...(row.rewording !== null && { rewording: JSON.parse(row.rewording) as Rewording }),
		tried: row.tried === null ? [] : JSON.parse(row.tried),
	};
}

/** The present states of these messages of the shop, by id. */
export async function messageStates({ db, shop }: Store, ids: readonly number[]): Promise<Map<number, MessageState>> {
	const { rows } = await sql<{ id: number; state: MessageState }>`
		select id, state from messages where id in ${idSet(ids)} and +shop_id = ${shop.id}`.execute(db);
	return new Map(rows.map(({ id, state }) => [id, state]));
}
