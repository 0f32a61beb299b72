import { sql } from 'kysely';
import type { Store } from '../../../lib/store/open';
import type { Run } from '../run';

/* What the checker looks at: the store as it is after the run, and what was seen from outside. Nothing of the engine. */

export interface CustomerRow { id: number; birth_date: string | null; deceased: number; created_at: string; updated_at: string; erased_at: string | null }
export interface OccasionRow {
	id: number; customer_id: number; kind: string; due_on: string; stage: number; state: string; outcome: string | null; reason: string | null;
	expires_on: string | null; since: string | null; leased_until: string | null; created_at: string;
}
export interface MessageRow { id: number; customer_id: number; occasion_id: number; class: string; channel: string; state: string; expires_on: string | null }
export interface DecisionRow { customer_id: number; occasion_id: number | null; moment: string; outcome: string; decided_at: string }
export interface ConsentRow { customer_id: number; sequence: number; channel: string; purpose: string; status: string; recorded_at: string }
export interface AppointmentRow { customer_id: number; starts_at: string; status: string; created_at: string; updated_at: string }
/** A day on which somebody was in the shop, and since when the store knows it. */
export interface VisitRow { customer_id: number; day: string; known_at: string }

/** A message that left, with all that belongs to it. */
export interface Sending {
	at: string;
	/** Local day and wall clock, `HH:MM`, in the shop. */
	day: string;
	time: string;
	messageId: number;
	channel: string;
	class: string;
	customer: CustomerRow;
	occasion: OccasionRow;
}

/** The whole history of a run, by customer where that is how it is looked at. */
export interface History extends Run {
	zone: string;
	customers: Map<number, CustomerRow>;
	occasions: OccasionRow[];
	messages: Map<number, MessageRow>;
	/** Of each occasion the one message. */
	messageOf: Map<number, MessageRow>;
	decisionsOf: Map<number, DecisionRow[]>;
	consentsOf: Map<number, ConsentRow[]>;
	appointmentsOf: Map<number, AppointmentRow[]>;
	visitsOf: Map<number, VisitRow[]>;
	/** When the course that an occasion belongs to was entered, by the id of the occasion. */
	courseBegan: Map<number, string>;
	sendings: Sending[];
}

/** Reads the history of a run out of its store. */
export async function readHistory(store: Store, run: Run): Promise<History> {
	const zone = store.shop.timeZone;
	const rows = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(store.db)).rows;
	const customers = byKey(await rows(sql<CustomerRow>`select id, birth_date, deceased, created_at, updated_at, erased_at from customers`), ({ id }) => id);
	const occasions = await rows(sql<OccasionRow>`
		select id, customer_id, kind, due_on, stage, state, outcome, reason, expires_on, since, leased_until, created_at from occasions order by id`);
	const messages = byKey(await rows(sql<MessageRow>`select id, customer_id, occasion_id, class, channel, state, expires_on from messages`), ({ id }) => id);
	const decisions = await rows(sql<DecisionRow>`select customer_id, occasion_id, moment, outcome, decided_at from decisions order by id`);
	const consents = await rows(sql<ConsentRow>`select customer_id, sequence, channel, purpose, status, recorded_at from consents order by customer_id, sequence`);
	const appointments = await rows(sql<AppointmentRow>`select customer_id, starts_at, status, created_at, updated_at from appointments`);
	const visits = await rows(sql<VisitRow>`
		select customer_id, taken_on as day, created_at as known_at from exams
		union all select customer_id, ordered_on, created_at from equipment where ordered_on is not null
		union all select customer_id, delivered_on, updated_at from equipment where delivered_on is not null`);
	const occasionById = byKey(occasions, ({ id }) => id);
	const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
	const sendings = run.recording.departures.map(({ messageId, at, channel }): Sending => {
		const message = messages.get(messageId) as MessageRow;
		const [day, time] = clock.format(new Date(at)).split(' ');
		return { at, day, time, messageId, channel, class: message.class, customer: customers.get(message.customer_id) as CustomerRow, occasion: occasionById.get(message.occasion_id) as OccasionRow };
	});
	return {
		...run, zone, customers, occasions, messages, sendings,
		messageOf: byKey([...messages.values()], (message) => message.occasion_id),
		decisionsOf: Map.groupBy(decisions.filter((decision) => decision.occasion_id !== null), (decision) => decision.occasion_id as number),
		consentsOf: Map.groupBy(consents, (consent) => consent.customer_id),
		appointmentsOf: Map.groupBy(appointments, (appointment) => appointment.customer_id),
		visitsOf: Map.groupBy(visits, (visit) => visit.customer_id),
		courseBegan: beginnings(occasions),
	};
}

/** A course begins with a first stage; the later ones from the same fact go on with it, until there is a first one again. */
function beginnings(occasions: readonly OccasionRow[]): Map<number, string> {
	const latest = new Map<string, string>();
	return new Map(occasions.map(({ id, customer_id, kind, since, stage, created_at }) => {
		const course = `${customer_id} ${kind} ${since}`;
		if (stage === 1 || !latest.has(course)) latest.set(course, created_at);
		return [id, latest.get(course) as string];
	}));
}

function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => number): Map<number, Row> {
	return new Map(rows.map((row) => [keyOf(row), row]));
}
