import type { Generated } from 'kysely';

interface DeskAccountTable {
	id: Generated<number>;
	shop_id: number;
	name: string;
	name_key: string;
	role: string;
	/** With its parameters and its salt; see hashPassword(). */
	password_hash: string;
	/** Until when the password opens the Desk to choose another one; null where the person has chosen it. */
	one_time_until: string | null;
	disabled_at: string | null;
	created_at: string;
	changed_at: string;
}

interface DeskSessionTable {
	token_hash: string;
	shop_id: number;
	staff: string;
	/** As `desk_accounts` and `desk_languages` name the owner. */
	name_key: string;
	created_at: string;
	expires_at: string;
	seen_at: string;
	/** Ties the session to the password and the role that opened it; see sessionStamp(). */
	stamp: string;
	/** Browser and system in a word or two, so that people know their own sessions. */
	device: string;
}

interface DeskFailureTable {
	shop_id: number;
	subject: string;
	failures: number;
	last_at: string;
	wait_until: string | null;
}

interface DeskLanguageTable {
	shop_id: number;
	name_key: string;
	language: string;
}

interface DeskLogTable {
	id: Generated<number>;
	shop_id: number;
	at: string;
	who: string;
	action: string;
	subject: string | null;
}

export interface DeskTables {
	desk_accounts: DeskAccountTable;
	desk_sessions: DeskSessionTable;
	desk_failures: DeskFailureTable;
	desk_languages: DeskLanguageTable;
	desk_log: DeskLogTable;
}
