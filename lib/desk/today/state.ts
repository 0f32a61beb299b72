import type { Alert } from '../../domain/alerts';
import type { Instant } from '../../domain/time';
import type { DeskFrame, DeskMessage } from '../state';
import type { DayTask } from './dayPlan';

/** The Today page. */
export interface TodayState extends DeskFrame {
	counts: { pending: number; approved: number; sentToday: number; failed: number; uncertain: number; review: number };
	/** What waits, in the order in which it matters. */
	tasks: DayTask[];
	/** Tickets that somebody should see to today. */
	urgentTickets: number;
	/** Calls that a day has room for. */
	callsPerDay: number;
	/** Batches of letters that are not in the postbox yet. */
	openBatches: number;
	/** What the shop should know. */
	alerts: Alert[];
	/** The oldest of them; the rest is only counted. */
	uncertain: UncertainMessage[];
	/** The oldest cases for a person; the rest is only counted. */
	review: DeskReviewCase[];
}

/** A message of which nobody knows whether it arrived. */
export interface UncertainMessage extends Pick<DeskMessage, 'id' | 'customerName' | 'channel' | 'subject'> {
	/** When the sending broke off. */
	since?: Instant;
}

/** An occasion that the contact rules leave to a person. */
export interface DeskReviewCase extends Pick<DeskMessage, 'customerName' | 'occasion' | 'channel'> {
	id: number;
	/** Reason code of the decision. */
	reason: string;
	/** What the doubtful record says. */
	recorded?: { basis: string; capturedAt: Instant; source: string };
	/** Whether the customer's own request may be the basis too. */
	mayBeRequest: boolean;
	/** Versions of the privacy notices to choose from, and the one that the record names. */
	notices: string[];
	noticeVersion?: string;
}
