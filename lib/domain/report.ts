import type { MessageClass } from './glossary';
import type { Month } from './reportFigures';
import type { StoredGoal } from './segmentGoal';
import type { Instant, LocalDate } from './time';

/* The report as its page, its mail and machines read it. Money in cents of the shop's currency. */

/** A figure of one month beside that of the same month a year before; each is absent where there is nothing to reckon it from. */
export interface Compared {
	value?: number;
	yearBefore?: number;
}

export interface MonthlyKpis {
	month: Month;
	/** How often somebody who belonged to the shop a year ago came back in the year that ends with this month: visits per head. Newcomers do not count: a shop that wins many would seem to lose its own. */
	returnFrequency: Compared;
	/** Cents for each purchase of the month. */
	averageBasket: Compared;
	/** Spectacles in use at the end of the month, for each customer who has any. */
	concurrentEquipments: Compared;
}

/** Contact minus holdout, and the bounds between which the truth lies in 95 of 100 such reports. */
export interface Difference {
	difference: number;
	low: number;
	high: number;
}

/**
 * What the lead is told. `works`: more come back. `does-not`: it brings less than is worth the effort. `harms`: fewer come back.
 * `too-early`: it may be either; `no-holdout`: nobody is held out, and so nothing will ever be known.
 */
export const VERDICTS = ['works', 'does-not', 'harms', 'too-early', 'no-holdout'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What to do: stop what brings nothing, and above all what harms. `raise-holdout`: as it goes, years would pass until something is known. `reach`: it brings nothing because hardly anybody can be written to. `service`: it is owed, whatever it brings. */
export const ADVICE = ['keep', 'stop', 'stop-now', 'reach', 'wait', 'raise-holdout', 'hold-out', 'service'] as const;
export type Advice = (typeof ADVICE)[number];

/** Contacted and held out. */
export interface ByGroup {
	contact: number;
	holdout: number;
}

/** What a campaign brought, by assignment. Customers, each of whom counts once. */
export interface CampaignReport {
	campaign: string;
	class?: MessageClass;
	/** Who was due, contacted or held out. */
	due: number;
	heldOut: number;
	/** Of those who were to be contacted: a message left, it did not come back, they answered, made an appointment in the window, want no more messages. */
	sent: number;
	delivered: number;
	answered: number;
	booked: number;
	optedOut: number;
	/** Those whose time to come back is over; what follows is of them. */
	over: ByGroup;
	returned: ByGroup;
	revenueCents: ByGroup;
	/** Of the shares that came back, -1 to 1; absent while a group is empty. */
	returnDifference?: Difference;
	/** Of the revenue per head, in cents; absent while a group has fewer than ten buyers. */
	revenueDifference?: Difference;
	/** Absent for messages of service. */
	verdict?: Verdict;
	/** Too early: about how many more customers are needed, and how many weeks these take. */
	moreAssignments?: number;
	moreWeeks?: number;
	advice: Advice;
	/** What it cost in the period: providers and post, the staff's time, and both. */
	messages: number;
	staffMinutes: number;
	costCents: number;
	/** Why customers who were to be contacted were not written to, the most frequent first. Codes; occasions, not customers. */
	unsent: Array<{ reason: string; count: number }>;
}

/**
 * `on-the-way` is at least where a straight line from the start to the target would be today, `behind` is not; `missed`: the day is past;
 * `nobody`: the segment was empty.
 */
export const GOAL_STATES = ['reached', 'on-the-way', 'behind', 'missed', 'nobody'] as const;
export type GoalState = (typeof GOAL_STATES)[number];

export interface GoalProgress {
	state: GoalState;
	members: number;
	/** How many are where they shall be ... */
	there: number;
	/** ... and of a thousand: on the day it was set, and now. Absent where there is nobody. */
	startPermille?: number;
	permille?: number;
	/** How many more it takes. */
	missing: number;
	/** Until the due day, or until the months of a `return` are over; 0 on the day and after it. */
	daysLeft: number;
}

export type GoalReport = StoredGoal & GoalProgress;

/** What is looked at, and how strictly. */
export interface ReportSettings {
	/** Months that are looked back on, this one included. */
	months: number;
	/** Within how many days after the assignment somebody comes back. */
	windowDays: number;
	/** The least difference of the shares that is worth the effort, above 0 and up to 1. With a tenth held out, less takes years to be told from nothing. */
	leastEffect: number;
	/** What an hour of the staff costs. */
	centsAnHour: number;
}

/** The defaults. Ours; that of an hour is the one of the forecast. */
export const REPORT_DEFAULTS: ReportSettings = { months: 12, windowDays: 60, leastEffect: 0.1, centsAnHour: 2500 };

/** All of it. */
export interface CrmReport {
	shop: string;
	madeAt: Instant;
	/** The days of the campaigns' assignments, both included. */
	period: { from: LocalDate; to: LocalDate };
	settings: ReportSettings;
	kpis: MonthlyKpis[];
	campaigns: CampaignReport[];
	goals: GoalReport[];
}
