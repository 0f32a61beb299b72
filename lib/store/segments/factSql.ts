import { sql, type RawBuilder } from 'kysely';
import type { Measure, PurchaseModel, SegmentScope } from '../../domain/segment';
import type { FactName, Lifecycle } from '../../domain/segmentFacts';
import { plusMonths } from '../../domain/time';
import { bothWays, daysAfter, daysBetween, greatestOf, leastOf } from '../dialect';
import type { SourceName } from './sources';

type Fragment = RawBuilder<unknown>;
/** A column of a source, as a fact's SQL names it. */
export type Need = `${SourceName}.${string}`;

/** How a fact is read, in the form that lets a condition on it be asked best. Sources are joined from the left: their columns may be null. */
export type FactSql = { needs: readonly Need[] } & (
	/** As it stands; null is not known. */
	| { value: Fragment }
	/** Null is 0. */
	| { count: Fragment }
	/** A yes where the column is 1, a no where it is null. */
	| { present: Fragment }
	/** A yes where the condition holds. */
	| { holds: Fragment }
	/** The days from this day to today (`since`), or from today to it (`until`). */
	| { since: Fragment }
	| { until: Fragment }
	/** The word whose condition holds; exactly one does. */
	| { words: Record<string, Word> }
);

/** A word of a text fact: by a condition of its own, so that who looks for one word asks for nothing else. */
export interface Word {
	needs: readonly Need[];
	holds(): Fragment;
}

const plain = (need: Need) => ({ needs: [need], value: sql.ref(need) });
const counted = (need: Need) => ({ needs: [need], count: sql.ref(need) });
const present = (need: Need) => ({ needs: [need], present: sql.ref(need) });
const since = (need: Need) => ({ needs: [need], since: sql.ref(need) });
const real = (value: Fragment) => sql`cast(${value} as double precision)`;
const years = (day: Fragment) => sql`cast(substr(${day}, 1, 4) as integer)`;

/** How each fact is read. What it means is said in `SEGMENT_FACTS`. */
export function factSql(fact: FactName, scope: SegmentScope): FactSql {
	const reading = FACTS[fact];
	return typeof reading === 'function' ? reading(scope) : reading;
}

const FACTS: Record<FactName, FactSql | ((scope: SegmentScope) => FactSql)> = {
	age: ({ today }) => ({
		needs: [],
		value: sql`(${years(sql`${today}`)} - ${years(sql`person.birth_date`)} - case when substr(${today}, 6) < substr(person.birth_date, 6) then 1 else 0 end)`,
	}),
	sex: { needs: [], value: sql`person.sex` },
	language: { needs: [], value: sql`person.language` },
	town: plain('living.town'),
	daysKnown: { needs: [], since: sql`coalesce(person.entered_on, substr(person.created_at, 1, 10))` },

	lifecycle: (scope) => ({ needs: [], words: lifecycleSql(scope) }),
	purchases: counted('bought.purchases'),
	spent: { needs: ['bought.spent'], count: sql`(${real(sql`bought.spent`)} / 100)` },
	averageBasket: { needs: ['bought.spent', 'bought.purchases'], value: sql`(${real(sql`bought.spent`)} / 100 / bought.purchases)` },
	lastPurchaseOn: plain('bought.last_on'),
	daysSincePurchase: since('bought.last_on'),
	recency: (scope) => score('bought.last_on', cutsOf(scope, 'recency')),
	frequency: (scope) => score('bought.purchases', cutsOf(scope, 'frequency')),
	monetary: (scope) => score('bought.spent', cutsOf(scope, 'monetary')),

	pairsInUse: counted('worn.pairs'),
	sunInUse: present('worn.sun'),
	daysSinceDelivery: since('worn.last_on'),
	prescriptionInUse: present('worn.prescription'),
	progressiveInUse: present('worn.progressive'),
	firstProgressive: {
		needs: ['worn.progressive', 'worn.first_said', 'worn.progressives'],
		holds: sql`worn.progressive is not null and (worn.first_said = 1 or (worn.first_said is null and worn.progressives = 1))`,
	},
	officeInUse: present('worn.office'),
	contactLensesInUse: present('worn.lenses'),
	daysToLensesEnd: { needs: ['worn.lenses_end'], until: sql`worn.lenses_end` },
	daysSinceExam: since('examined.last_on'),

	appointmentBooked: present('planned.booked'),
	missedAppointments: counted('planned.missed'),
	openQuotes: counted('quoted.open'),

	messagesReceived: counted('written.received'),
	messagesRead: counted('written.read'),
	messagesAnswered: counted('written.answered'),
	daysSinceMessage: since('written.last_on'),
	workingChannel: plain('channelled.channel'),
	satisfaction: plain('said.last'),

	aliveProbability: (scope) => ({ needs: HISTORY, value: rounded(activeSql(modelOf(scope), scope), 4) }),
	daysToNextPurchase: (scope) => ({ needs: HISTORY, value: daysToNextSql(scope) }),
	nextPurchaseOn: (scope) => ({
		needs: HISTORY,
		value: daysAfter(sql`${scope.today}`, daysToNextSql(scope)),
	}),
};

function lifecycleSql(scope: SegmentScope): Record<Lifecycle, Word> {
	const { today, settings } = scope;
	const back = (months: number) => plusMonths(today, -months);
	const active = sql`bought.last_on > ${back(settings.atRiskMonths)}`;
	const isNew = sql`(bought.purchases = 1 and bought.last_on > ${back(settings.newMonths)})`;
	const isFirst = () => sql`(bought.purchases >= ${settings.firstPlanPurchases} and ${reaches('bought.spent', cutsOf(scope, 'monetary'), settings.firstPlanScore)})`;
	const last: Need[] = ['bought.last_on'];
	const all: Need[] = ['bought.last_on', 'bought.purchases', 'bought.spent'];
	return {
		prospect: { needs: last, holds: () => sql`bought.last_on is null` },
		lapsed: { needs: last, holds: () => sql`bought.last_on <= ${back(settings.lapsedMonths)}` },
		'at-risk': { needs: last, holds: () => sql`(bought.last_on > ${back(settings.lapsedMonths)} and bought.last_on <= ${back(settings.atRiskMonths)})` },
		new: { needs: all.slice(0, 2), holds: () => isNew },
		'first-plan': { needs: all, holds: () => sql`(${active} and not ${isNew} and ${isFirst()})` },
		growing: { needs: all, holds: () => sql`(${active} and not ${isNew} and not ${isFirst()})` },
	};
}

/** Whether a value has at least this score. The first score is everybody's. */
function reaches(need: Need, cuts: ReadonlyArray<string | number | null>, wanted: number): Fragment {
	const cut = cuts[wanted - 2];
	return wanted <= 1 ? sql`1 = 1` : cut === null || cut === undefined ? sql`1 = 0` : sql`${sql.ref(need)} >= ${cut}`;
}

function score(need: Need, cuts: ReadonlyArray<string | number | null>): FactSql {
	const higher = [5, 4, 3, 2].map((wanted) => sql`when ${reaches(need, cuts, wanted)} then ${sql.lit(wanted)}`);
	return { needs: [need], value: sql`(case when ${sql.ref(need)} is null then null ${sql.join(higher, sql` `)} else 1 end)` };
}

const HISTORY: readonly Need[] = ['bought.purchases', 'bought.first_on', 'bought.last_on'];
const rounded = (value: Fragment, digits: number) => bothWays(sql`round(${value}, ${sql.lit(digits)})`, sql`cast(round(cast(${value} as numeric), ${sql.lit(digits)}) as double precision)`);
/** A hundred years are as good as never, and stay a date. */
const LONGEST_DAYS = 36_500;
/** e^700 is still a number on both databases. */
const LARGEST_EXPONENT = 700;

/** The chance that a customer is still active: P(alive) of BG/NBD (P. Fader, B. Hardie, 2008, note 021), or 1 until one usual pause has gone by and 0 after three. */
function activeSql(model: PurchaseModel, { today }: SegmentScope): Fragment {
	if (model.kind === 'interval') {
		const pauses = sql`(${daysBetween(sql`bought.last_on`, sql`${today}`)} / ${pauseSql(model.days)})`;
		return sql`(case when bought.purchases is not null then ${greatestOf(sql`0.0`, leastOf(sql`1.0`, sql`1.5 - 0.5 * ${pauses}`))} end)`;
	}
	const { r, alpha, a, b } = parametersOf(model);
	const age = sql`(${alpha} + ${daysBetween(sql`bought.first_on`, sql`${today}`)} / 7.0)`;
	const recency = sql`(${alpha} + ${daysBetween(sql`bought.first_on`, sql`bought.last_on`)} / 7.0)`;
	const exponent = leastOf(sql`${real(sql`${sql.lit(LARGEST_EXPONENT)}`)}`, sql`(${r} + bought.purchases - 1) * ln(${age} / ${recency})`);
	return sql`(case when bought.purchases = 1 then 1.0 else 1 / (1 + ${a} / (${b} + bought.purchases - 2) * exp(${exponent})) end)`;
}

/**
 * Under BG/NBD the rate of an active customer is gamma distributed with r + x and alpha + T, so that the time to the next purchase has a Pareto
 * distribution of the second kind: its median is named, because its mean need not exist.
 */
function daysToNextSql(scope: SegmentScope): Fragment {
	const model = modelOf(scope);
	const whole = (days: Fragment) => sql`cast(floor(${leastOf(real(sql`${sql.lit(LONGEST_DAYS)}`), days)} + 0.5) as integer)`;
	if (model.kind === 'interval') {
		const left = sql`${pauseSql(model.days)} - ${daysBetween(sql`bought.last_on`, sql`${scope.today}`)}`;
		return sql`(case when bought.purchases is not null then ${whole(greatestOf(sql`0.0`, left))} end)`;
	}
	const { r, alpha } = parametersOf(model);
	const exponent = leastOf(real(sql`${sql.lit(LARGEST_EXPONENT)}`), sql`ln(2.0) / (${r} + bought.purchases - 1)`);
	return sql`(case when bought.purchases is not null then ${whole(sql`7 * (${alpha} + ${daysBetween(sql`bought.first_on`, sql`${scope.today}`)} / 7.0) * (exp(${exponent}) - 1)`)} end)`;
}

/** A customer's own pauses, with one of the shop's usual ones among them. */
function pauseSql(usual: number): Fragment {
	return sql`((${real(sql`${usual}`)} + ${daysBetween(sql`bought.first_on`, sql`bought.last_on`)}) / bought.purchases)`;
}

function parametersOf({ r, alpha, a, b }: Extract<PurchaseModel, { kind: 'bg-nbd' }>) {
	const [shape, scale, first, second] = [r, alpha, a, b].map((parameter) => real(sql`${parameter}`));
	return { r: shape, alpha: scale, a: first, b: second };
}

function cutsOf({ cuts }: SegmentScope, measure: Measure): ReadonlyArray<string | number | null> {
	const found = cuts?.[measure];
	if (!found) throw new Error(`The value cuts of ${measure} were not read`);
	return found;
}

function modelOf({ model }: SegmentScope): PurchaseModel {
	if (!model) throw new Error('The purchase model was not fitted');
	return model;
}
