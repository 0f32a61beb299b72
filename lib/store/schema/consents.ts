import type { Generated } from 'kysely';

interface ConsentTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	sequence: number;
	contact_point_id: number | null;
	channel: string;
	purpose: string;
	status: string;
	legal_basis: string;
	legal_basis_note: string | null;
	captured_at: string;
	source: string;
	method: string | null;
	operator: string | null;
	wording_version: string | null;
	wording_hash: string | null;
	notice_version: string | null;
	language: string | null;
	double_opt_in_at: string | null;
	evidence: string | null;
	effective_from: string | null;
	effective_to: string | null;
	withdrawn_at: string | null;
	withdrawn_how: string | null;
	guardian: string | null;
	recorded_at: string;
	previous_hash: string;
	hash: string;
}

/** The last record of each customer's chain, written in the transaction that appends it. */
interface ConsentHeadTable {
	customer_id: number;
	shop_id: number;
	sequence: number;
	hash: string;
}

/** Free text of a consent record; the record keeps a salted hash of it, and an erasure deletes it here. */
interface ConsentDetailTable {
	customer_id: number;
	sequence: number;
	/** Name of the record's column. */
	field: string;
	salt: string;
	value: string;
}

interface WordingTable {
	id: Generated<number>;
	shop_id: number;
	version: string;
	text: string;
	hash: string;
	created_at: string;
}

interface OptInRequestTable {
	token_hash: string;
	shop_id: number;
	customer_id: number;
	contact_point_id: number;
	channel: string;
	purpose: string;
	notice_version: string | null;
	wording_version: string | null;
	requested_at: string;
	expires_at: string;
	confirmed_at: string | null;
}

interface SuppressionTable {
	id: Generated<number>;
	shop_id: number;
	address_hash: string;
	purpose: string;
	reason: string;
	/** When the customer said no: only a later yes lifts it. */
	created_at: string;
}

interface RpoCheckTable {
	id: Generated<number>;
	shop_id: number;
	address_hash: string;
	checked_at: string;
	result: string;
	enrolled_on: string | null;
}

export interface ConsentTables {
	consents: ConsentTable;
	consent_heads: ConsentHeadTable;
	consent_details: ConsentDetailTable;
	wordings: WordingTable;
	opt_in_requests: OptInRequestTable;
	suppressions: SuppressionTable;
	rpo_checks: RpoCheckTable;
}
