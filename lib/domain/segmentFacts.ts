import { LANGUAGES } from './glossary';

/** What a fact of a customer holds; days are `YYYY-MM-DD`, and null is "not known" or "does not apply". */
export type FactValue = string | number | boolean | null;

/** A fact by which customers can be told apart. */
export interface FactDefinition {
	label: string;
	type: 'text' | 'number' | 'yesNo' | 'day';
	/** The words that a text can be. */
	values?: readonly string[];
	/** What it means, for whoever builds a rule with it. */
	meaning: string;
	/** It comes from an exam or from what kind of lenses somebody needs: data concerning health (GDPR 4(15)), for which rule 13 asks explicit consent. */
	health?: true;
	/**
	 * It comes from purchases: `detail` where it tells what somebody has or when it was bought, `profiling` where it judges worth or habits (RULES 15:
	 * the one serves marketing for 24 months, the other for 12).
	 */
	purchases?: 'detail' | 'profiling';
}

/** From who has not bought yet to who has gone away. How they are told apart: `SegmentSettings`. */
export const LIFECYCLE = ['prospect', 'new', 'growing', 'first-plan', 'at-risk', 'lapsed'] as const;
export type Lifecycle = (typeof LIFECYCLE)[number];

const CHANNEL_WORDS = ['email', 'sms', 'whatsapp', 'whatsappLinked', 'letter', 'call', 'push'];

/**
 * Everything that a segment can look at, in the one place that says what it means. Sales count from the day of the order (else of the
 * delivery), those that were returned never; what lies after today does not count. "Purchases" are days with a sale: what was ordered on one day
 * is one basket. "In use" is what was delivered and is within its useful life; contact lenses are in use until the supply ends, and some days more.
 */
export const SEGMENT_FACTS = {
	age: { label: 'Age', type: 'number', meaning: 'Completed years' },
	sex: { label: 'Sex', type: 'text', values: ['F', 'M'], meaning: 'F or M' },
	language: { label: 'Language', type: 'text', values: LANGUAGES, meaning: 'The customer\'s own language, where one is recorded' },
	town: { label: 'Town', type: 'text', meaning: 'The town of the customer\'s postal address, the preferred one of several' },
	daysKnown: { label: 'Days Known', type: 'number', meaning: 'Days since the customer was entered' },

	lifecycle: { label: 'Lifecycle', type: 'text', values: LIFECYCLE, purchases: 'profiling', meaning: 'prospect, new, growing (coltivabile), first-plan (primo piano), at-risk or lapsed' },
	purchases: { label: 'Purchases', type: 'number', purchases: 'profiling', meaning: 'Days with a sale' },
	spent: { label: 'Spent', type: 'number', purchases: 'profiling', meaning: 'All that was paid, in the shop\'s currency' },
	averageBasket: { label: 'Average Basket', type: 'number', purchases: 'profiling', meaning: 'Spent for each purchase' },
	lastPurchaseOn: { label: 'Last Purchase On', type: 'day', purchases: 'detail', meaning: 'Day of the last sale' },
	daysSincePurchase: { label: 'Days Since Purchase', type: 'number', purchases: 'detail', meaning: 'Days since the last sale' },
	recency: { label: 'Recency Score', type: 'number', purchases: 'profiling', meaning: '1 to 5: the fifth of the shop\'s buyers who came last have 5' },
	frequency: { label: 'Frequency Score', type: 'number', purchases: 'profiling', meaning: '1 to 5, by purchases' },
	monetary: { label: 'Monetary Score', type: 'number', purchases: 'profiling', meaning: '1 to 5, by what was spent' },

	pairsInUse: { label: 'Pairs in Use', type: 'number', purchases: 'detail', meaning: 'Spectacles in use today, sunglasses included' },
	sunInUse: { label: 'Sun Pair in Use', type: 'yesNo', purchases: 'detail', meaning: 'Whether a sun pair is in use' },
	daysSinceDelivery: { label: 'Days Since Delivery', type: 'number', purchases: 'detail', meaning: 'Days since spectacles were handed over last' },
	prescriptionInUse: { label: 'Prescription Pair in Use', type: 'yesNo', health: true, purchases: 'detail', meaning: 'Whether single vision, progressive, office or reading lenses are in use' },
	progressiveInUse: { label: 'Progressive in Use', type: 'yesNo', health: true, purchases: 'detail', meaning: 'Whether progressive lenses are in use' },
	firstProgressive: { label: 'First Progressive', type: 'yesNo', health: true, purchases: 'detail', meaning: 'Whether the progressive lenses in use are the first: recorded so, or the only ones known' },
	officeInUse: { label: 'Office Pair in Use', type: 'yesNo', health: true, purchases: 'detail', meaning: 'Whether office lenses are in use' },
	contactLensesInUse: { label: 'Contact Lenses in Use', type: 'yesNo', health: true, purchases: 'detail', meaning: 'Whether contact lenses are in use' },
	daysToLensesEnd: { label: 'Days to Lenses\' End', type: 'number', health: true, purchases: 'detail', meaning: 'Days until the last supply of contact lenses ends; below 0 when it has' },
	daysSinceExam: { label: 'Days Since Exam', type: 'number', health: true, meaning: 'Days since the last exam in the shop' },

	appointmentBooked: { label: 'Appointment Booked', type: 'yesNo', meaning: 'Whether an appointment lies ahead' },
	missedAppointments: { label: 'Missed Appointments', type: 'number', meaning: 'Appointments missed in the last months that count for relation' },
	openQuotes: { label: 'Open Quotes', type: 'number', meaning: 'Quotes that are open and still hold' },

	messagesReceived: { label: 'Messages Received', type: 'number', meaning: 'Messages sent in the last months that count for relation' },
	messagesRead: { label: 'Messages Read', type: 'number', meaning: 'Those of them that are known to have been read' },
	messagesAnswered: { label: 'Messages Answered', type: 'number', meaning: 'Those of them after which the customer soon came in: bought, was examined or kept an appointment' },
	daysSinceMessage: { label: 'Days Since Message', type: 'number', meaning: 'Days since the last of them' },
	workingChannel: { label: 'Working Channel', type: 'text', values: CHANNEL_WORDS, meaning: 'The channel of most answered messages; of two, that of the last one' },
	satisfaction: { label: 'Satisfaction', type: 'text', values: ['fine', 'wrong'], meaning: 'What the customer said last when asked: all is well (fine), or something is wrong' },

	aliveProbability: { label: 'Probability of Being Active', type: 'number', purchases: 'profiling', meaning: '0 to 1: whether the customer will ever buy again' },
	daysToNextPurchase: { label: 'Days to Next Purchase', type: 'number', purchases: 'profiling', meaning: 'Days within which an active customer buys again with a chance of one half' },
	nextPurchaseOn: { label: 'Next Purchase On', type: 'day', purchases: 'profiling', meaning: 'The day of it' },
} as const satisfies Record<string, FactDefinition>;

export type FactName = keyof typeof SEGMENT_FACTS;
/** All facts of one customer, or those that were asked for. */
export type SegmentFacts = Partial<Record<FactName, FactValue>>;

export const FACT_NAMES = Object.keys(SEGMENT_FACTS) as FactName[];

/** The definition of a fact, in the type that all of them have. */
export function factDefinition(name: FactName): FactDefinition {
	return SEGMENT_FACTS[name];
}
