import type { Generated } from 'kysely';

interface CallTryTable {
	id: Generated<number>;
	shop_id: number;
	message_id: number;
	at: string;
	who: string;
	outcome: string;
	/** When the customer wants to be called again. */
	again_at: string | null;
	/** The answers that were ticked, by question, as JSON. */
	answers: string | null;
	/** The staff's own words. */
	note: string | null;
}

/** Who is on a call at this moment. */
interface CallLeaseTable {
	message_id: number;
	shop_id: number;
	who: string;
	until: string;
}

export interface CallTables {
	call_tries: CallTryTable;
	call_leases: CallLeaseTable;
}
