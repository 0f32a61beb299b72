import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import { wholeChains } from '../merging/mergeSnapshot';
import { HTML } from '../messageHtml';
import type { Store } from '../open';
import { idSet } from '../sets';

/** One row of a section: the columns by their names in the store, JSON columns as objects. */
export type ExportRow = Record<string, unknown>;

/** Everything that the store holds about a customer (GDPR 15 and 20), by section. */
export interface CustomerExport {
	exportedAt: Instant;
	sections: Record<string, ExportRow[]>;
}

/** Where each section comes from. `ids` are the customer's and those of who was merged into her. */
const SECTIONS: Record<string, (ids: ReturnType<typeof idSet>) => ReturnType<typeof sql<ExportRow>>> = {
	customer: (ids) => sql`select * from customers where id in ${ids} order by merged_into is not null, id`,
	contactPoints: (ids) => sql`select * from contact_points where customer_id in ${ids} order by id`,
	household: (ids) => sql`select * from households where id in (select household_id from customers where id in ${ids})`,
	equipment: (ids) => sql`select * from equipment where customer_id in ${ids} order by delivered_on, id`,
	exams: (ids) => sql`select * from exams where customer_id in ${ids} order by taken_on, id`,
	appointments: (ids) => sql`select * from appointments where customer_id in ${ids} order by starts_at, id`,
	quotes: (ids) => sql`select * from quotes where customer_id in ${ids} order by made_on, id`,
	answers: (ids) => sql`select * from customer_answers where customer_id in ${ids} order by answered_on, id`,
	conversations: (ids) => sql`select * from inbound_messages where customer_id in ${ids} order by at, id`,
	tickets: (ids) => sql`select * from tickets where customer_id in ${ids} order by opened_at, id`,
	satisfaction: (ids) => sql`select * from survey_answers where customer_id in ${ids} order by answered_at, id`,
	ownDates: (ids) => sql`select * from own_dates where customer_id in ${ids} order by day, id`,
	visitRhythm: (ids) => sql`select * from visit_rhythms where customer_id in ${ids} order by customer_id`,
	messages: (ids) => sql`select message.*, ${HTML} as html from messages as message where customer_id in ${ids} order by id`,
	messageHistory: (ids) => sql`select * from message_history where message_id in (select id from messages where customer_id in ${ids}) order by id`,
	letters: (ids) => sql`select letters.*, batch.day, batch.printed_at, batch.posted_at from letters join letter_batches as batch on batch.id = letters.batch_id
		where message_id in (select id from messages where customer_id in ${ids}) order by message_id`,
	textComplaints: (ids) => sql`select * from text_complaints where message_id in (select id from messages where customer_id in ${ids}) order by id`,
	calls: (ids) => sql`select * from call_tries where message_id in (select id from messages where customer_id in ${ids}) order by id`,
	occasions: (ids) => sql`select * from occasions where customer_id in ${ids} order by due_on, id`,
	comparisons: (ids) => sql`select * from campaign_assignments where customer_id in ${ids} order by occasion_id`,
	decisions: (ids) => sql`select * from decisions where customer_id in ${ids} order by id`,
	optInRequests: (ids) => sql`select * from opt_in_requests where customer_id in ${ids} order by requested_at`,
	suppressions: (ids) => sql`select * from suppressions where (shop_id, address_hash) in (select shop_id, address_hash from contact_points where customer_id in ${ids}) order by id`,
	rpoChecks: (ids) => sql`select * from rpo_checks where (shop_id, address_hash) in (select shop_id, address_hash from contact_points where customer_id in ${ids}) order by id`,
	whatsAppWindows: (ids) => sql`select * from whatsapp_windows where (shop_id, address_hash) in (select shop_id, address_hash from contact_points where customer_id in ${ids}) order by address_hash`,
	// What was done with the data and when; which member of staff did it is not the customer's to know (EU Court of Justice, C-579/21).
	deskLog: (ids) => sql`select at, action, subject from desk_log where subject in (select 'customer ' || id from customers where id in ${ids}) order by id`,
	merges: (ids) => sql`select * from merges where kept_id in ${ids} or merged_id in ${ids} order by id`,
};

const JSON_COLUMNS = ['tried', 'uses', 'before', 'answers', 'rewording'];

/** Reads everything about one customer of the shop, in a fixed number of queries. */
export async function exportCustomer(store: Pick<Store, 'db' | 'shop'>, customerId: number, now: Instant): Promise<CustomerExport> {
	const found = await sql<{ id: number }>`
		select id from customers where shop_id = ${store.shop.id} and (id = ${customerId} or merged_into = ${customerId}) order by id`.execute(store.db);
	const ids = found.rows.map(({ id }) => id);
	const sections: CustomerExport['sections'] = {};
	for (const [name, read] of Object.entries(SECTIONS)) sections[name] = (await read(idSet(ids)).execute(store.db)).rows.map(readable);
	sections.consents = [...(await wholeChains(store, ids)).values()].flat().map((record) => ({ ...record }));
	return { exportedAt: now, sections };
}

function readable(row: ExportRow): ExportRow {
	const entries = Object.entries(row).map(([column, value]) => [camelCase(column), JSON_COLUMNS.includes(column) && typeof value === 'string' ? JSON.parse(value) : value]);
	return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function camelCase(column: string): string {
	return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
