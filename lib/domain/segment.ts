import type { LensType } from './records';
import type { FactName } from './segmentFacts';
import type { LocalDate } from './time';

/** How a fact is compared. A fact that is not known fulfils `unknown`, `isNot` and `lacks`, and no other. */
export const COMPARISONS = ['is', 'isNot', 'contains', 'lacks', 'above', 'atLeast', 'below', 'atMost', 'known', 'unknown'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** One condition on one fact. */
export interface Condition {
	fact: FactName;
	comparison: Comparison;
	/** Absent for `known` and `unknown`. Texts are compared without regard to case. */
	value?: string | number | boolean;
}

/** Conditions joined by "and" (`all`) or "or" (`any`); an empty `all` holds for everybody, an empty `any` for nobody. */
export type Rule = { all: readonly Rule[] } | { any: readonly Rule[] } | Condition;

/**
 * Where the lines between customers are drawn. Every default is ours, not taken from a study: spectacles are commonly replaced after two to
 * three years, so that who was not seen for two years is late, and after three has most likely bought elsewhere. A shop changes them on the panel.
 */
export interface SegmentSettings {
	/** A first purchase makes somebody a new customer for so many months. */
	newMonths: number;
	/** At risk, when the last purchase lies so many months back. */
	atRiskMonths: number;
	/** Lapsed, when it lies so many months back. */
	lapsedMonths: number;
	/** First plan, of those who are neither new nor at risk: at least so many purchases ... */
	firstPlanPurchases: number;
	/** ... and at least this monetary score, 1 to 5. */
	firstPlanScore: number;
	/** For how many months lenses are of use where the sale itself does not say. */
	usefulMonths: Record<LensType, number>;
	/** For how many days contact lenses last where the sale does not say. */
	supplyDays: number;
	/** So many days after the supply has ended somebody still counts as a wearer of contact lenses. */
	lensesGraceDays: number;
	/** Messages and missed appointments of so many months make the relation. */
	relationMonths: number;
	/** Who comes in within so many days after a message has answered it. */
	answerDays: number;
}

export const SEGMENT_DEFAULTS: SegmentSettings = {
	newMonths: 6,
	atRiskMonths: 24,
	lapsedMonths: 36,
	firstPlanPurchases: 2,
	firstPlanScore: 4,
	usefulMonths: { 'single-vision': 24, progressive: 24, office: 24, reading: 24, sun: 36, 'contact-lenses': 24 },
	supplyDays: 90,
	lensesGraceDays: 30,
	relationMonths: 12,
	answerDays: 30,
};

/**
 * The values at which the scores 2, 3, 4 and 5 begin, of the shop's own buyers: a fifth of them each, save that equal values have equal scores.
 * Source: the coding of recency, frequency and monetary value by quintiles (A. M. Hughes, Strategic Database Marketing, 1994).
 */
export interface ValueCuts {
	recency?: ReadonlyArray<LocalDate | null>;
	frequency?: ReadonlyArray<number | null>;
	/** In cents. */
	monetary?: ReadonlyArray<number | null>;
}

/** What buyers are ranked by. */
export type Measure = keyof ValueCuts;

/** How buyers of this shop come back: the parameters of BG/NBD, in weeks, or in a small shop the usual pause between two purchases. */
export type PurchaseModel =
	| { kind: 'bg-nbd'; r: number; alpha: number; a: number; b: number; buyers: number; logLikelihood: number }
	| { kind: 'interval'; days: number; buyers: number };

/** What the facts of one customer are reckoned with. */
export interface SegmentScope {
	/** The shop's today. */
	today: LocalDate;
	settings: SegmentSettings;
	/** Where `shopWideNeeds` asks for them. */
	cuts?: ValueCuts;
	/** The same. */
	model?: PurchaseModel;
}

/** When a customer bought: how often, first and last. */
export interface PurchaseHistory {
	purchases: number;
	firstOn: LocalDate;
	lastOn: LocalDate;
	/** How many customers have this very history. */
	customers: number;
}

/** Whether a value fulfils a comparison. Days and texts are compared as texts. */
export function compares(value: string | number | boolean | null | undefined, comparison: Comparison, wanted?: string | number | boolean): boolean {
	const isKnown = value !== null && value !== undefined;
	if (comparison === 'known' || comparison === 'unknown') return isKnown === (comparison === 'known');
	if (!isKnown) return comparison === 'isNot' || comparison === 'lacks';
	const [one, other] = [lowered(value), lowered(wanted)];
	switch (comparison) {
		case 'is': return one === other;
		case 'isNot': return one !== other;
		case 'contains': return String(one).includes(String(other));
		case 'lacks': return !String(one).includes(String(other));
		case 'above': return one > other;
		case 'atLeast': return one >= other;
		case 'below': return one < other;
		case 'atMost': return one <= other;
	}
}

function lowered(value: string | number | boolean | undefined): string | number | boolean {
	return typeof value === 'string' ? value.toLowerCase() : (value as number | boolean);
}

/** The conditions of a rule, in its order. */
export function conditionsOf(rule: Rule): Condition[] {
	if ('all' in rule) return rule.all.flatMap(conditionsOf);
	return 'any' in rule ? rule.any.flatMap(conditionsOf) : [rule];
}

/**
 * What must be asked of the whole shop before these conditions can be: the value cuts of some measures, the purchase model. A fact without a
 * comparison is one that is only read.
 */
export function shopWideNeeds(conditions: ReadonlyArray<Pick<Condition, 'fact'> & Partial<Condition>>): { measures: Measure[]; model: boolean } {
	const measureOf = ({ fact, comparison, value }: Partial<Condition>): Measure[] => {
		if (fact === 'recency' || fact === 'frequency' || fact === 'monetary') return [fact];
		// Most stages of the lifecycle are told by the last purchase alone.
		return fact === 'lifecycle' && !(comparison === 'is' && ['prospect', 'new', 'at-risk', 'lapsed'].includes(String(value))) ? ['monetary'] : [];
	};
	const isModelled = ({ fact }: Partial<Condition>) => fact === 'aliveProbability' || fact === 'daysToNextPurchase' || fact === 'nextPurchaseOn';
	return { measures: [...new Set(conditions.flatMap(measureOf))], model: conditions.some(isModelled) };
}
