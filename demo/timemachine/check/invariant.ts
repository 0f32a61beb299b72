import type { History } from './history';

/** Where something that must never happen has happened. */
export interface Violation {
	/** Local day of the shop. */
	day: string;
	/** Number of the customer in the store; 0: nobody's. */
	customer: number;
	what: string;
}

/** Something that must hold of every history, looked for in the most obvious way. */
export interface Invariant {
	/** Known by it in the summary and in the words of the page. */
	name: string;
	/** Looks at everything and names each breach. */
	violations(history: History): Violation[];
	/** The reason code of the rule that it rests on; without that rule in the package it is not checked, and this is told. */
	needs?: string;
}
