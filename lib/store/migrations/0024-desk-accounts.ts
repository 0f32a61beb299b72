import type { DialectWords } from '../dialect';

/** Who works at the Desk: accounts that the lead keeps, sessions that can be seen and ended, and who did what. */
export function deskAccounts({ id, tableOptions, unchanging }: DialectWords): string[] {
	return [
		`create table desk_log (
			id ${id},
			shop_id integer not null references shops (id),
			at text not null,
			who text not null,
			action text not null,
			subject text
		) ${tableOptions}`,
		'create index desk_log_at on desk_log (shop_id, at)',
		'create index desk_log_subject on desk_log (shop_id, subject) where subject is not null',
		...unchanging('desk_log'),

		`create table desk_accounts (
			id ${id},
			shop_id integer not null references shops (id),
			name text not null,
			name_key text not null,
			role text not null,
			password_hash text not null,
			one_time_until text,
			disabled_at text,
			created_at text not null,
			changed_at text not null
		) ${tableOptions}`,
		'create unique index desk_accounts_name on desk_accounts (shop_id, name_key)',

		`create table desk_languages (
			shop_id integer not null references shops (id),
			name_key text not null,
			language text not null,
			primary key (shop_id, name_key)
		) ${tableOptions}`,

		// Nobody has asked for more than a login with what was kept so far.
		'delete from desk_sessions',
		'delete from desk_failures',
		"alter table desk_sessions add column seen_at text not null default ''",
		"alter table desk_sessions add column stamp text not null default ''",
		"alter table desk_sessions add column device text not null default ''",
		'alter table desk_failures add column wait_until text',
	];
}
