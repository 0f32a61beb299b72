import { sql, type RawBuilder } from 'kysely';
import { fold } from '../../domain/text';
import type { Instant, LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { REVIEW_COLUMNS, REVIEW_TABLES, toReview, type ReviewMessage, type ReviewRow } from '../review';
import { idSet } from '../sets';

/** To which of the waiting messages a list is narrowed. */
export interface PendingFilter {
	/** Kind of the occasion. */
	kind?: string;
	channel?: string;
	/** Id of the template. */
	template?: string;
	/** Beginnings of words of the customer's name, in any order, case and accents. */
	name?: string;
}

/** How many wait of each kind, channel and template. */
export interface PendingGroup {
	kind: string;
	channel: string;
	template: string;
	pending: number;
}

/** When it must leave: by the index `messages_pending`, word for word. */
const URGENCY = sql`coalesce(message.expires_on, '9999-12-31')`;
/** Texts of each template that are shown before all are approved. */
const SAMPLE_OF_EACH = 3;

/** Its last day is not over; as the order of a list has it. */
const NOT_OVER = (today: LocalDate) => sql`${URGENCY} >= ${today}`;

/** What waits for the staff today: not what has expired, nor what they have put off. All of it stands in the indexes. */
function waiting({ shop }: Pick<Store, 'shop'>, today: LocalDate, notOver = NOT_OVER(today)): RawBuilder<unknown> {
	return sql`message.shop_id = ${shop.id} and message.state = 'pending' and (message.later_on is null or message.later_on <= ${today}) and ${notOver}`;
}

/** The same, narrowed; as `message`, and where a name is asked for `customer`. */
function matching(store: Pick<Store, 'shop'>, filter: PendingFilter, today: LocalDate, notOver?: RawBuilder<unknown>): RawBuilder<unknown> {
	const equal = (column: RawBuilder<unknown>, value: string | undefined) => (value === undefined ? [] : [sql`${column} = ${value}`]);
	return sql.join([
		waiting(store, today, notOver), ...equal(sql`message.kind`, filter.kind), ...equal(sql`message.channel`, filter.channel), ...equal(sql`message.template_id`, filter.template),
		...words(filter.name).flatMap((word) => [sql`(customer.search_name like ${`${word}%`} or customer.search_name like ${`% ${word}%`})`]),
	], sql` and `);
}

/** What `matching` is asked of: no more tables than it needs. */
function matchedTables({ name }: PendingFilter): RawBuilder<unknown> {
	return sql`messages as message
		${words(name).length > 0 ? sql`join customers as customer on customer.id = message.customer_id` : sql``}`;
}

function words(name = ''): string[] {
	return fold(name).split(' ').filter(Boolean);
}

/** One page of the waiting messages that match, those that must leave first before the others. */
export async function pendingMessages(store: Store, filter: PendingFilter, page: { today: LocalDate; limit: number; offset: number }): Promise<ReviewMessage[]> {
	// Found by narrow rows first: the texts of the pages before are not read.
	const { rows } = await sql<ReviewRow>`
		select ${REVIEW_COLUMNS} from (select message.id from ${matchedTables(filter)} where ${matching(store, filter, page.today)}
			order by ${URGENCY}, message.id limit ${page.limit} offset ${page.offset}) as found
		cross join messages as message on message.id = found.id
		join customers as customer on customer.id = message.customer_id
		join occasions as occasion on occasion.id = message.occasion_id
		left join decisions as decision on decision.id = message.decision_id
		order by ${URGENCY}, message.id`.execute(store.db);
	return rows.map(toReview);
}

/** How many wait, by kind, channel and template; by name, in the order of the kinds. */
export async function pendingGroups(store: Store, today: LocalDate, name?: string): Promise<PendingGroup[]> {
	// Said in the columns of `messages_pending_kinds`: by the urgency SQLite would take the index of the lists, and sort.
	const notOver = sql`(message.expires_on is null or message.expires_on >= ${today})`;
	const { rows } = await sql<PendingGroup>`
		select message.kind, message.channel, message.template_id as template, count(*) as pending from ${matchedTables({ name })}
		where ${matching(store, { name }, today, notOver)} group by message.kind, message.channel, message.template_id
		order by message.kind, message.channel, message.template_id`.execute(store.db);
	return rows;
}

/** How many wait. */
export async function pendingCount(store: Pick<Store, 'db' | 'shop'>, today: LocalDate): Promise<number> {
	const { rows } = await sql<{ pending: number }>`select count(*) as pending from messages as message where ${waiting(store, today)}`.execute(store.db);
	return rows[0].pending;
}

/** Texts drawn at random from those that match, and what is to be known to approve all of them. */
export interface PendingSample {
	messages: ReviewMessage[];
	/** How many match, without those that are read one by one. */
	total: number;
	/** Those that a language model has worded: each of them is another text. */
	reworded: number;
	/** Different texts: templates by version, channel and language. */
	texts: number;
	/** The highest id among them: what comes later has not been looked at. */
	upTo: number;
}

/** Draws a few of each text that matches, at most `most` in all. */
export async function samplePending(store: Store, filter: PendingFilter, today: LocalDate, most: number): Promise<PendingSample> {
	const found = await sql<{ id: number; total: number; reworded: number; texts: number; up_to: number }>`
		with matched as materialized (select message.id, message.template_id, message.template_version, message.channel, message.language, message.rewording is not null as own
			from ${matchedTables(filter)} where ${matching(store, filter, today)}),
		drawn as (select id, row_number() over (partition by template_id, template_version, channel, language order by random()) as place,
				dense_rank() over (order by template_id, template_version, channel, language) as text
			from matched where not own),
		numbers as (select count(*) as total, coalesce(max(id), 0) as up_to, coalesce(max(text), 0) as texts from drawn)
		select drawn.id, numbers.total, numbers.texts, numbers.up_to, (select count(*) from matched where own) as reworded
		from numbers left join drawn on drawn.place <= ${SAMPLE_OF_EACH} order by drawn.place, drawn.text limit ${most}`.execute(store.db);
	const [{ total, reworded, texts, up_to }] = found.rows;
	const ids = found.rows.flatMap(({ id }) => id ?? []);
	const { rows } = await sql<ReviewRow>`select ${REVIEW_COLUMNS} from ${REVIEW_TABLES} where message.id in ${idSet(ids)} order by message.template_id, message.channel, message.id`.execute(store.db);
	return { messages: rows.map(toReview), total, reworded, texts, upTo: up_to };
}

/** The ids of those that match, as they were when somebody looked at a sample of them: what came or was changed since, and what is read one by one, is not meant. */
export function whichMatch(store: Pick<Store, 'shop'>, filter: PendingFilter, today: LocalDate, { upTo, at }: { upTo: number; at: Instant }): RawBuilder<unknown> {
	return sql`select message.id from ${matchedTables(filter)} where ${matching(store, filter, today)}
		and message.rewording is null and message.id <= ${upTo} and message.updated_at <= ${at}`;
}
