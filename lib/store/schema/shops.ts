import type { Generated } from 'kysely';

interface ShopTable {
	id: Generated<number>;
	code: string;
	name: string;
	street: string | null;
	postal_code: string | null;
	town: string | null;
	province: string | null;
	country: string;
	phone: string | null;
	email: string | null;
	website: string | null;
	time_zone: string;
	language: string;
	formality: string;
	signature: string | null;
	customer_page_url: string | null;
	privacy_notices: string;
	policy: string;
	rehearsal_date: string | null;
	updated_at: string;
	opening_hours: string | null;
	patron_saint: string | null;
	email_from_name: string | null;
	sms_alias: string | null;
	retention: string | null;
	policy_version: Generated<number>;
	/** `Rehearsal` as JSON. */
	rehearsal: string | null;
	/** `Prices` that the shop has set, as JSON. */
	prices: string | null;
	booking_url: string | null;
	logo: string | null;
	/** `RolloutSettings` that the shop has set, as JSON. */
	rollout: string | null;
}

/** The settings of the contact rules as they were, one row for each change. */
interface PolicyVersionTable {
	id: Generated<number>;
	shop_id: number;
	version: number;
	policy: string;
	changed_at: string;
}

export interface ShopTables {
	shops: ShopTable;
	policy_versions: PolicyVersionTable;
}
