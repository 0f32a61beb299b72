import type { Comparison, Condition, Rule } from '../domain/segment';
import type { FactName } from '../domain/segmentFacts';

/** A segment that every shop has. */
export interface ReadyMadeSegment {
	label: string;
	/** Who is in it, in the shop's words. */
	meaning: string;
	rule: Rule;
}

const when = (fact: FactName, comparison: Comparison, value?: Condition['value']): Condition => ({ fact, comparison, value });
const is = (fact: FactName, value: string | number | boolean = true) => when(fact, 'is', value);

/** The ready-made segments by name. The lines that they draw are `SegmentSettings`; the numbers in them are ours. */
export const READY_MADE = {
	prospects: { label: 'Prospects', meaning: 'Known, but never bought', rule: is('lifecycle', 'prospect') },
	newCustomers: { label: 'New Customers', meaning: 'Bought for the first time, not long ago', rule: is('lifecycle', 'new') },
	growing: { label: 'Growing (Coltivabili)', meaning: 'Come regularly, and could buy more', rule: is('lifecycle', 'growing') },
	firstPlan: { label: 'First Plan (Primo Piano)', meaning: 'Came back, and spent more than most', rule: is('lifecycle', 'first-plan') },
	atRisk: { label: 'At Risk', meaning: 'Should have come back by now', rule: is('lifecycle', 'at-risk') },
	lapsed: { label: 'Lapsed', meaning: 'Have stayed away for so long that they most likely buy elsewhere', rule: is('lifecycle', 'lapsed') },
	best: { label: 'Best Customers', meaning: 'Recency, frequency and monetary score of 4 or more', rule: { all: [when('recency', 'atLeast', 4), when('frequency', 'atLeast', 4), when('monetary', 'atLeast', 4)] } },
	slippingAway: {
		label: 'Slipping Away', meaning: 'Came back before, but the chance that they will again has fallen below a third',
		rule: { all: [when('purchases', 'atLeast', 2), when('aliveProbability', 'below', 1 / 3)] },
	},
	likelySoon: {
		label: 'Likely to Buy Soon', meaning: 'Most likely active, and expected within 60 days',
		rule: { all: [when('aliveProbability', 'atLeast', 0.5), when('daysToNextPurchase', 'atMost', 60)] },
	},
	onePair: { label: 'Only One Pair', meaning: 'One pair of spectacles in use and no other', rule: is('pairsInUse', 1) },
	noPair: { label: 'No Pair in Use', meaning: 'Bought before, but no spectacles are within their useful life', rule: { all: [when('purchases', 'atLeast', 1), is('pairsInUse', 0)] } },
	noSunPair: {
		label: 'No Sun Pair', meaning: 'Wear prescription spectacles, and have no sun pair in use',
		rule: { all: [is('prescriptionInUse'), is('sunInUse', false)] },
	},
	progressiveWearers: { label: 'Progressive Wearers', meaning: 'Progressive lenses in use', rule: is('progressiveInUse') },
	firstProgressive: { label: 'First-Time Progressive', meaning: 'Progressive lenses in use, the first ones', rule: is('firstProgressive') },
	progressiveOnly: { label: 'Progressive, No Office Pair', meaning: 'Progressive lenses in use and no office pair', rule: { all: [is('progressiveInUse'), is('officeInUse', false)] } },
	contactLensWearers: { label: 'Contact-Lens Wearers', meaning: 'Contact lenses in use', rule: is('contactLensesInUse') },
	lensesNoSpectacles: {
		label: 'Contact Lenses, No Spectacles', meaning: 'Contact lenses in use, and no prescription spectacles',
		rule: { all: [is('contactLensesInUse'), is('prescriptionInUse', false)] },
	},
	examOld: { label: 'Exam Two Years Ago', meaning: 'Last exam more than 24 months ago', rule: when('daysSinceExam', 'above', 730) },
	openQuote: { label: 'Open Quote', meaning: 'A quote is open and still holds', rule: when('openQuotes', 'atLeast', 1) },
	answering: { label: 'Answering', meaning: 'Came in after a message', rule: when('messagesAnswered', 'atLeast', 1) },
	silent: { label: 'Silent', meaning: 'Three messages or more, and no visit after any', rule: { all: [when('messagesReceived', 'atLeast', 3), is('messagesAnswered', 0)] } },
	dissatisfied: { label: 'Dissatisfied', meaning: 'Said last that something is wrong', rule: is('satisfaction', 'wrong') },
} as const satisfies Record<string, ReadyMadeSegment>;

export type ReadyMadeName = keyof typeof READY_MADE;
export const READY_MADE_NAMES = Object.keys(READY_MADE) as ReadyMadeName[];
