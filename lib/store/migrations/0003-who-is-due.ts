import type { DialectWords } from '../dialect';

/** What the search for who is due goes by: where courses of occasions began, rhythms of visits, answers, dates of the shop's own, and indexes by day. */
export function whoIsDue({ id, tableOptions, dayPlus }: DialectWords): string[] {
	return [
		// The day of the fact that an occasion comes from; why this one; and the day on which it was handed out last.
		'alter table occasions add column since text',
		'alter table occasions add column cause text',
		'alter table occasions add column acted_on text',
		'update occasions set acted_on = substr(created_at, 1, 10)',
		'create index occasions_acted on occasions (shop_id, kind, stage, acted_on)',
		`create index occasions_waiting on occasions (shop_id, kind) where state = 'waiting'`,

		// From which day on a kind is looked for: a store with years of history does not flood.
		`create table occasion_starts (
			shop_id integer not null references shops (id),
			kind text not null,
			starts_on text not null,
			activated_on text not null,
			left_out integer not null,
			primary key (shop_id, kind)
		) ${tableOptions}`,

		`create table visit_rhythms (
			customer_id integer primary key references customers (id) on delete cascade,
			shop_id integer not null references shops (id),
			last_visit_on text not null,
			rhythm_months integer not null
		) ${tableOptions}`,
		'create index visit_rhythms_due on visit_rhythms (shop_id, rhythm_months, last_visit_on)',

		`create table customer_answers (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			kind text not null,
			answer text not null,
			answered_on text not null,
			created_at text not null
		) ${tableOptions}`,
		'create index customer_answers_customer on customer_answers (customer_id, answered_on)',
		'create index customer_answers_day on customer_answers (shop_id, kind, answer, answered_on)',

		`create table own_dates (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			name text not null,
			day text not null,
			created_at text not null
		) ${tableOptions}`,
		'create index own_dates_day on own_dates (shop_id, name, day)',
		'create index own_dates_customer on own_dates (customer_id, name)',

		'alter table equipment add column ready_on text',
		'alter table equipment add column supply_ends_on text',
		`update equipment set supply_ends_on = ${dayPlus('coalesce(delivered_on, ordered_on)', 'supply_days')} where supply_days is not null`,
		// By day first, so that one index finds all deliveries of a day and the progressive ones among them.
		'drop index equipment_delivered',
		'create index equipment_delivered on equipment (shop_id, delivered_on, lens_type)',
		'create index equipment_supply on equipment (shop_id, supply_ends_on) where supply_ends_on is not null',
		'create index equipment_ready on equipment (shop_id, ready_on) where ready_on is not null and delivered_on is null',
		'create index exams_taken on exams (shop_id, taken_on)',
		'create index exams_next on exams (shop_id, next_due_on) where next_due_on is not null',
		'create index appointments_status on appointments (shop_id, status, starts_at)',
		'create index quotes_status on quotes (shop_id, status, made_on)',
		'create index customers_entered on customers (shop_id, entered_on)',
	];
}
