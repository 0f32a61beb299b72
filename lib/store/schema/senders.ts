import type { Generated } from 'kysely';

/** An account or number that messages leave from, as all processes see it; see `SenderState`. */
interface SenderTable {
	shop_id: number;
	name: string;
	channel: string;
	next_at: string | null;
	day: string | null;
	day_count: number;
	failures: number;
	openings: number;
	open_until: string | null;
	code: string | null;
	trying: number;
	updated_at: string;
}

/** An event of a provider that was taken in: it counts once, however often it comes. Holds ids only. */
interface ProviderEventTable {
	id: Generated<number>;
	shop_id: number;
	channel: string;
	event_id: string;
	kind: string;
	at: string;
	received_at: string;
}

export interface SenderTables {
	senders: SenderTable;
	provider_events: ProviderEventTable;
}
