/** How a shop stands in its step. Shares are 0 to 1; absent where there was nothing to measure. */
export interface StepFigures {
	/** Of the fields that later steps need, how many can be used. */
	completeness: number;
	/** Of all customers, how many have said yes or no to what the next step writes. */
	consents: number;
	weeks: number;
	/** Messages that the staff have decided on. */
	decided: number;
	unchanged?: number;
	delivered?: number;
	optOuts?: number;
	tickets?: number;
	/** Campaigns that a brake holds. */
	holds: number;
}

export type CriterionName = keyof StepFigures;

/** One criterion of a step with what there is and what is wanted, in the unit of its figure. */
export interface Criterion {
	name: CriterionName;
	value?: number;
	threshold: number;
	/** Whether the value must not be smaller, or must not be greater. */
	must: 'atLeast' | 'atMost';
	holds: boolean;
}
