import type { Generated } from 'kysely';

interface SegmentWatchTable {
	shop_id: number;
	name: string;
	/** Rule and settings as JSON: another definition begins the watch anew. */
	definition: string;
	began_at: string;
}

/** Who was in a watched segment when it was looked at last. */
interface SegmentMemberTable {
	shop_id: number;
	/** Of the watch. */
	name: string;
	customer_id: number;
}

/** What the lead wants of a segment; open until it is ended or replaced. */
interface SegmentGoalTable {
	id: Generated<number>;
	shop_id: number;
	segment: string;
	/** `return`, `second-pair` or `stay-in-touch`. */
	goal: string;
	months: number | null;
	/** Of a thousand customers of the segment. */
	target: number;
	due_on: string;
	set_by: string;
	/** The shop's day. */
	set_on: string;
	set_at: string;
	ended_at: string | null;
}

export interface SegmentTables {
	segment_watches: SegmentWatchTable;
	segment_members: SegmentMemberTable;
	segment_goals: SegmentGoalTable;
}
