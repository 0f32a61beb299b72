import type { DialectWords } from '../dialect';

/** Equipment, exams, appointments, quotes, households, merges, wordings, double opt-ins, RPO checks, imports and erasures. */
export function shopMemory({ id, tableOptions, appendOnly, appendOnlySaveErasure }: DialectWords): string[] {
	return [
		`create table equipment (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			source_key text not null,
			code text,
			kind text not null,
			lens_type text,
			description text,
			amount_cents integer,
			ordered_on text,
			delivered_on text,
			returned_on text,
			first_progressive integer,
			supply_days integer,
			useful_months integer,
			created_at text not null,
			updated_at text not null
		) ${tableOptions}`,
		'create unique index equipment_source on equipment (shop_id, source_key)',
		'create index equipment_customer on equipment (customer_id, delivered_on)',
		'create index equipment_delivered on equipment (shop_id, lens_type, delivered_on)',

		`create table exams (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			source_key text not null,
			code text,
			kind text not null,
			taken_on text not null,
			next_due_on text,
			examiner text,
			created_at text not null,
			updated_at text not null
		) ${tableOptions}`,
		'create unique index exams_source on exams (shop_id, source_key)',
		'create index exams_customer on exams (customer_id, taken_on)',

		`create table appointments (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			source_key text not null,
			code text,
			kind text not null,
			starts_at text not null,
			status text not null,
			created_at text not null,
			updated_at text not null
		) ${tableOptions}`,
		'create unique index appointments_source on appointments (shop_id, source_key)',
		'create index appointments_customer on appointments (customer_id, starts_at)',

		`create table quotes (
			id ${id},
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			source_key text not null,
			code text,
			description text,
			amount_cents integer,
			made_on text not null,
			valid_until text,
			status text not null,
			created_at text not null,
			updated_at text not null
		) ${tableOptions}`,
		'create unique index quotes_source on quotes (shop_id, source_key)',
		'create index quotes_customer on quotes (customer_id, made_on)',

		`create table households (
			id ${id},
			shop_id integer not null references shops (id),
			name text not null,
			created_at text not null
		) ${tableOptions}`,
		'alter table customers add column household_id integer references households (id)',
		'create index customers_household on customers (household_id)',
		// Who typed the customer in, and when: data quality is shown by week and by operator.
		'alter table customers add column entered_by text',
		'alter table customers add column entered_on text',
		'alter table customers add column erased_at text',

		`create table merges (
			id ${id},
			shop_id integer not null references shops (id),
			kept_id integer not null references customers (id),
			merged_id integer not null,
			before text not null,
			who text not null,
			merged_at text not null,
			undone_at text
		) ${tableOptions}`,
		'create index merges_kept on merges (kept_id)',
		// A merged customer stays as a signpost to the kept one: her code and name still lead there, and her ledger is never rewritten.
		'alter table customers add column merged_into integer references customers (id)',
		'create index customers_merged on customers (merged_into) where merged_into is not null',

		`create table wordings (
			id ${id},
			shop_id integer not null references shops (id),
			version text not null,
			text text not null,
			hash text not null,
			created_at text not null
		) ${tableOptions}`,
		'create unique index wordings_version on wordings (shop_id, version)',
		...appendOnly('wordings'),

		`create table opt_in_requests (
			token_hash text primary key,
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id) on delete cascade,
			contact_point_id integer not null,
			channel text not null,
			purpose text not null,
			notice_version text,
			wording_version text,
			requested_at text not null,
			expires_at text not null,
			confirmed_at text
		) ${tableOptions}`,

		`create table rpo_checks (
			id ${id},
			shop_id integer not null references shops (id),
			address_hash text not null,
			checked_at text not null,
			result text not null,
			enrolled_on text
		) ${tableOptions}`,
		'create index rpo_checks_address on rpo_checks (shop_id, address_hash, checked_at)',
		...appendOnly('rpo_checks'),

		`create table erasures (
			id ${id},
			shop_id integer not null references shops (id),
			erased_at text not null,
			reason text not null,
			who text not null,
			counts text not null
		) ${tableOptions}`,

		// The end of each chain, told apart from the chain itself: a chain alone cannot tell that its last records were cut off.
		`create table consent_heads (
			customer_id integer primary key references customers (id),
			shop_id integer not null references shops (id),
			sequence integer not null,
			hash text not null
		) ${tableOptions}`,
		`insert into consent_heads (customer_id, shop_id, sequence, hash)
			select customer_id, shop_id, sequence, hash from consents as record
			where sequence = (select max(sequence) from consents where customer_id = record.customer_id)`,

		// What a consent record says in free text. The record itself keeps a salted hash of it, so that an erasure leaves the chain whole.
		`create table consent_details (
			customer_id integer not null references customers (id),
			sequence integer not null,
			field text not null,
			salt text not null,
			value text not null,
			primary key (customer_id, sequence, field)
		) ${tableOptions}`,

		// The staff's own words in a history may name the customer: an erasure may take them away, and nothing else may be changed.
		...appendOnlySaveErasure('message_history', ['id', 'message_id', 'at', 'from_state', 'to_state', 'who'], 'why', `exists (
			select 1 from messages join customers on customers.id = messages.customer_id
			where messages.id = old.message_id and customers.erased_at is not null)`),
	];
}
