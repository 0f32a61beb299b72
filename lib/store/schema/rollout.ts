import type { Generated } from 'kysely';

/** A step of the rollout that was opened, or fallen back to. The newest row is the shop's step; without one it is `data`. */
interface RolloutChangeTable {
	id: Generated<number>;
	shop_id: number;
	step: string;
	/** `opened` or `fell-back`. */
	kind: string;
	at: string;
	who: string;
	/** What the criteria were at that moment, as JSON. */
	figures: string;
	note: string | null;
	/** The shop's own day; see shopToday(). */
	day: string | null;
}

/** A campaign that a brake stopped; open until a person resumes it. */
interface CampaignHoldTable {
	id: Generated<number>;
	shop_id: number;
	/** The kind of the occasions. */
	campaign: string;
	/** Null: on every channel. */
	channel: string | null;
	/** Code of the brake. */
	reason: string;
	/** What the brake saw, as JSON. */
	figures: string;
	held_at: string;
	resumed_at: string | null;
	resumed_by: string | null;
	note: string | null;
}

/** In which group an occasion fell when the gate saw it first: by this the groups are compared, whatever became of it. */
interface CampaignAssignmentTable {
	occasion_id: number;
	shop_id: number;
	customer_id: number;
	campaign: string;
	/** `contact` or `holdout`. */
	grp: string;
	/** The shop's day. */
	assigned_on: string;
	assigned_at: string;
}

export interface RolloutTables {
	rollout_changes: RolloutChangeTable;
	campaign_holds: CampaignHoldTable;
	campaign_assignments: CampaignAssignmentTable;
}
