import type { Generated } from 'kysely';

interface OccasionTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	kind: string;
	due_on: string;
	stage: number;
	expires_on: string | null;
	/** `leased` to a workflow, `settled` with an outcome, or `waiting` until a more important one has had its time. */
	state: string;
	outcome: string | null;
	reason: string | null;
	/** How often it was emitted. */
	claims: number;
	leased_until: string | null;
	created_at: string;
	settled_at: string | null;
	/** The day of the fact that it comes from: of the last exam, the delivery; null for birthdays and for occasions of a source of its own. */
	since: string | null;
	/** Why this one, in a code; see `ClaimedOccasion`. */
	cause: string | null;
	/** The day on which it was handed out last; null while it waits. */
	acted_on: string | null;
}

interface OccasionStartTable {
	shop_id: number;
	kind: string;
	/** What was due before this day is not looked for. */
	starts_on: string;
	activated_on: string;
	/** How many customers were due in the years before and were left out. */
	left_out: number;
}

interface CustomerAnswerTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	/** The occasion kind that it answers. */
	kind: string;
	answer: string;
	answered_on: string;
	created_at: string;
}

interface DecisionTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	occasion_id: number | null;
	moment: string;
	outcome: string;
	reason: string;
	rule: string;
	rules_version: string;
	class: string;
	purpose: string;
	channel: string;
	contact_point_id: number | null;
	legal_basis: string | null;
	tried: string;
	retry_at: string | null;
	decided_at: string;
	policy_version: number | null;
	/** What the recipient was chosen by, as JSON. */
	uses: string | null;
}

export interface OccasionTables {
	occasions: OccasionTable;
	occasion_starts: OccasionStartTable;
	customer_answers: CustomerAnswerTable;
	decisions: DecisionTable;
}
