import type { Generated } from 'kysely';

interface CustomerTable {
	id: Generated<number>;
	shop_id: number;
	code: string | null;
	first_name: string;
	last_name: string;
	title: string | null;
	sex: string | null;
	birth_date: string | null;
	/** `MM-DD` of the birth date: what a birthday is found by. */
	birth_md: string | null;
	language: string | null;
	formality: string | null;
	deceased: number;
	/** Folded name and birth date: finds the person where the shop program gave no code. */
	match_key: string;
	/** Folded "last first": what a search looks into. */
	search_name: string;
	created_at: string;
	updated_at: string;
	household_id: number | null;
	/** Who typed the customer in, and on which day, as the shop program says. */
	entered_by: string | null;
	entered_on: string | null;
	erased_at: string | null;
	/** The customer whom this one was found to be: it is listed and written to no more. Never itself a merged one. */
	merged_into: number | null;
	/** The channel that the customer asked for. */
	preferred_channel: string | null;
	/** IANA, where it is not the shop's. */
	time_zone: string | null;
}

/** One word of a customer's folded name: what a search finds the customer by. */
interface CustomerWordTable {
	shop_id: number;
	word: string;
	customer_id: number;
}

interface ContactPointTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	kind: string;
	value: string;
	line: string | null;
	status: string;
	preferred: number;
	/** Keyed hash of the value, as in the suppression list. */
	address_hash: string;
	created_at: string;
	/** After a soft bounce: not before this instant. */
	retry_after: string | null;
	/** Channels on which it does not work, with commas between. */
	unreachable: string | null;
}

interface HouseholdTable {
	id: Generated<number>;
	shop_id: number;
	name: string;
	created_at: string;
}

interface MergeTable {
	id: Generated<number>;
	shop_id: number;
	kept_id: number;
	merged_id: number;
	/** Both customers and what belonged to them before, as JSON: what an undo restores. */
	before: string;
	who: string;
	merged_at: string;
	undone_at: string | null;
}

interface OwnDateTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	name: string;
	day: string;
	created_at: string;
}

interface ErasureTable {
	id: Generated<number>;
	shop_id: number;
	erased_at: string;
	reason: string;
	who: string;
	counts: string;
}

export interface CustomerTables {
	customers: CustomerTable;
	customer_words: CustomerWordTable;
	contact_points: ContactPointTable;
	households: HouseholdTable;
	merges: MergeTable;
	own_dates: OwnDateTable;
	erasures: ErasureTable;
}
