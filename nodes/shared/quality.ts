import { consentFor } from '../../lib/consent/consentFor';
import { contactPointFor } from '../../lib/consent/contactPoint';
import { factClasses } from '../../lib/consent/factClass';
import type { ConsentStatus, CustomerFacts } from '../../lib/domain/consent';
import { factsOf } from '../../lib/domain/factOutline';
import type { Channel, Purpose } from '../../lib/domain/glossary';
import type { Grade } from '../../lib/domain/grade';
import { shopToday } from '../../lib/domain/shop';
import type { Instant, LocalDate } from '../../lib/domain/time';
import type { QualityFigures } from '../../lib/report/dataQuality';
import { QualityTally } from '../../lib/report/qualityTally';
import { earliestBirth } from '../../lib/store/badFacts';
import { customerOutlines } from '../../lib/store/customers/customerOutlines';
import type { Store } from '../../lib/store/open';
import { Reach } from './reach';

/** Purposes for which the later steps ask for a consent. */
const PURPOSES: readonly Purpose[] = ['marketing', 'recall', 'survey', 'health'];
/** Fields that later steps need of every customer; consents come behind them. */
const FIELDS = ['mobile', 'email', 'birthDate', 'lastExam', 'equipment'] as const;
const [BIRTH_DATE, LAST_EXAM, EQUIPMENT] = [2, 3, 4];
const SAID: readonly ConsentStatus[] = ['granted', 'denied', 'withdrawn', 'objected'];
/** Classes kept in memory, at most; a shop has some thousands. */
const MOST_CLASSES = 50_000;

/** What is the same for all customers whose facts are of one class. */
interface ClassStanding {
	/** Of all fields; 0 in those that each customer has of her own. */
	grades: Grade[];
	answered: boolean;
	/** As `Reach.allowed` gives them. */
	allowed: number[];
}

/**
 * Reads every living customer once, and asks the rules once for each class of facts: who is alike is counted alike.
 * @param rowsToMend how many rows to mend are listed
 */
export async function qualityFigures(store: Store, channels: readonly Channel[], rowsToMend: number, now: Instant): Promise<Omit<QualityFigures, 'badFacts'>> {
	const today = shopToday(store.shop, now);
	const consents = PURPOSES.flatMap((purpose) => channels.map((channel) => ({ purpose, channel })));
	const tally = new QualityTally([...FIELDS, ...consents.map(({ purpose, channel }) => `consent.${purpose}.${channel}`)], FIELDS.length, rowsToMend);
	const reach = new Reach(store.shop, channels, now);
	const classOf = factClasses(store.shop, today, now);
	const standings = new Map<string, ClassStanding>();
	const answers = new Map<string, Grade[]>();
	const answersOf = (facts: CustomerFacts) => consents.map(({ purpose, channel }) => gradeOfConsent(facts, channel, purpose, now));
	const standingOf = (facts: CustomerFacts, words: string): ClassStanding => ({
		grades: [gradeOfPoint(facts, 'sms'), gradeOfPoint(facts, 'email'), 0, 0, 0, ...kept(answers, words, () => answersOf(facts))],
		answered: facts.consents.some(({ status }) => SAID.includes(status)),
		allowed: reach.allowed(facts),
	});
	for await (const page of customerOutlines(store, today)) {
		for (const outline of page) {
			const { whole, words } = classOf(outline);
			const { grades, answered, allowed } = kept(standings, whole, () => standingOf(factsOf(outline), words));
			const { id, enteredOn, enteredBy, spentCents, lastSeenOn } = outline;
			[grades[BIRTH_DATE], grades[LAST_EXAM], grades[EQUIPMENT]] = [gradeOfBirth(outline.birthDate, today), outline.lastExam, outline.equipment];
			tally.add({ id, enteredOn, enteredBy, spentCents, lastSeenOn, answered, grades });
			reach.count(allowed);
		}
	}
	return { groups: tally.groups(), toMend: tally.toMend(), reach: reach.counts() };
}

/** What is known of a class, found out once for all who are of it. */
function kept<Value>(known: Map<string, Value>, name: string, find: () => Value): Value {
	let value = known.get(name);
	if (value === undefined) {
		if (known.size >= MOST_CLASSES) known.clear();
		known.set(name, (value = find()));
	}
	return value;
}

/** Usable while one contact point that the channel can write to is valid. */
function gradeOfPoint({ contactPoints }: CustomerFacts, channel: Channel): Grade {
	const point = contactPointFor(contactPoints, channel);
	return point === undefined ? 0 : point.status === 'valid' ? 2 : 1;
}

/**
 * Something is there once the customer said yes or no. A no can be used, and a yes that has not ended and names a notice; whether a
 * message may be written on it in the end is for the rules to say.
 */
function gradeOfConsent({ consents, contactPoints }: CustomerFacts, channel: Channel, purpose: Purpose, now: Instant): Grade {
	const { status, record } = consentFor(consents, channel, purpose, now, contactPointFor(contactPoints, channel)?.id) ?? {};
	if (status === undefined || status === 'unknown' || status === 'pending') return 0;
	return status === 'expired' || (status === 'granted' && record?.noticeVersion === undefined) ? 1 : 2;
}

function gradeOfBirth(birthDate: LocalDate | null, today: LocalDate): Grade {
	if (birthDate === null) return 0;
	return birthDate > earliestBirth(today) && birthDate <= today ? 2 : 1;
}
