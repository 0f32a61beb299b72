import type { Generated } from 'kysely';

/** Something that the staff or the consultant should look at; `until` is null while it lasts. */
interface AlertTable {
	id: Generated<number>;
	shop_id: number;
	kind: string;
	subject: string;
	code: string;
	since: string;
	until: string | null;
	seen_by: string | null;
	seen_at: string | null;
}

/** What a part of the system did last, and how often since the store counts. */
interface SignOfLifeTable {
	shop_id: number;
	/** See `SignKind`. */
	what: string;
	/** Of the occasion kind, the channel or the like; never of a person. */
	name: string;
	last_at: string;
	times: number;
	/** How many things it did in all. */
	things: number;
	/** How the last one went wrong. */
	code: string | null;
	/** How often it should come. */
	every_minutes: number | null;
}

export interface HealthTables {
	alerts: AlertTable;
	signs_of_life: SignOfLifeTable;
}
