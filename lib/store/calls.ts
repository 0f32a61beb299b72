import { sql } from 'kysely';
import type { CallOutcome, CallTry, WaitingCall } from '../domain/calls';
import type { CallQuestion, MessageExtra } from '../domain/messageExtra';
import { plusMinutes, type Instant, type LocalDate } from '../domain/time';
import { jsonList, jsonRow } from './jsonLists';
import type { Database, Store } from './open';
import { idSet } from './sets';

type Scope = Pick<Store, 'shop'> & { db: Database };

/** A call to make, with all that a person needs on the telephone. */
export interface StoredCall extends WaitingCall {
	occasionId: number;
	stage: number;
	firstName: string;
	lastName: string;
	title?: string;
	birthDate?: LocalDate;
	contactPointId: number;
	/** E.164. */
	phone: string;
	/** What to say. */
	script: string;
	questions: CallQuestion[];
	/** The day of the fact that it comes from, for example of the delivery. */
	since?: LocalDate;
	lastVisitOn?: LocalDate;
	/** Not before this moment: the customer asked for it, or nobody answered before. */
	notBefore?: Instant;
	/** Who is on this call now. */
	takenBy?: string;
	/** Earlier calls with this customer that somebody answered or not, of whatever occasion, oldest first. */
	history: CallTry[];
}

interface CallRow {
	message_id: number;
	occasion_id: number;
	customer_id: number;
	kind: string;
	due_on: string;
	stage: number;
	cause: string | null;
	since: string | null;
	expires_on: string | null;
	not_before: string | null;
	first_name: string;
	last_name: string;
	title: string | null;
	birth_date: string | null;
	contact_point_id: number;
	value: string;
	text: string;
	extra: string | null;
	last_visit_on: string | null;
	taken_by: string | null;
	tries: string | null;
	history: string | null;
}

/** A day of a busy shop has some hundred calls open; of more than that nobody sees the end. */
const MOST_WAITING = 2000;
const TRY = jsonRow('call_tries.at', 'call_tries.outcome', 'call_tries.again_at');

/** The approved calls that may be made until `until`, in one query; in no order that means anything, and before the contact rules were asked. */
export async function waitingCalls({ db, shop }: Scope, { today, until, now, ids }: { today: LocalDate; until: Instant; now: Instant; ids?: readonly number[] }): Promise<StoredCall[]> {
	const only = ids ? sql`and message.id in ${idSet(ids)}` : sql``;
	const { rows } = await sql<CallRow>`
		select message.id as message_id, message.occasion_id, message.customer_id, occasion.kind, occasion.due_on, occasion.stage, occasion.cause, occasion.since,
			message.expires_on, message.not_before, customer.first_name, customer.last_name, customer.title, customer.birth_date,
			message.contact_point_id, point.value, message.text, message.extra, rhythm.last_visit_on,
			(select who from call_leases where call_leases.message_id = message.id and until > ${now}) as taken_by,
			(select ${jsonList(TRY, sql`order by call_tries.id`)} from call_tries where call_tries.message_id = message.id) as tries,
			(select ${jsonList(TRY, sql`order by call_tries.id`)} from messages as earlier cross join call_tries on call_tries.message_id = earlier.id
				where earlier.customer_id = message.customer_id and earlier.id <> message.id) as history
		from messages as message
		join occasions as occasion on occasion.id = message.occasion_id
		join customers as customer on customer.id = message.customer_id
		join contact_points as point on point.id = message.contact_point_id
		left join visit_rhythms as rhythm on rhythm.customer_id = message.customer_id
		where message.shop_id = ${shop.id} and message.state = 'approved' and message.channel = 'call' ${only}
			and (message.expires_on is null or message.expires_on >= ${today}) and (message.not_before is null or message.not_before < ${until})
		order by message.id limit ${MOST_WAITING}`.execute(db);
	return rows.map(toCall);
}

/** How many calls somebody has tried since an instant: several tries of one count once. */
export async function callsSince({ db, shop }: Scope, since: Instant): Promise<number> {
	const { rows } = await sql<{ calls: number }>`select count(distinct message_id) as calls from call_tries where shop_id = ${shop.id} and at >= ${since}`.execute(db);
	return rows[0].calls;
}

/**
 * Takes a call for one person, for some minutes: two never ring the same customer. Whoever has it already keeps it, for as long again.
 * @returns who has it now
 */
export async function leaseCall({ db, shop }: Scope, messageId: number, who: string, minutes: number, now: Instant): Promise<string | undefined> {
	await sql`
		insert into call_leases (message_id, shop_id, who, until)
		select id, shop_id, ${who}, ${plusMinutes(now, minutes)} from messages where id = ${messageId} and shop_id = ${shop.id} and state = 'approved' and channel = 'call'
		on conflict (message_id) do update set who = excluded.who, until = excluded.until
			where call_leases.until <= ${now} or call_leases.who = excluded.who`.execute(db);
	const { rows } = await sql<{ who: string }>`select who from call_leases where message_id = ${messageId} and shop_id = ${shop.id} and until > ${now}`.execute(db);
	return rows[0]?.who;
}

/** Gives a call back that somebody took and did not make. */
export async function releaseCall({ db, shop }: Scope, messageId: number, who: string): Promise<void> {
	await sql`delete from call_leases where message_id = ${messageId} and shop_id = ${shop.id} and who = ${who}`.execute(db);
}

/** What was tried by telephone to reach these messages' customers, newest first. */
export async function callTries({ db, shop }: Scope, messageIds: readonly number[]): Promise<Array<CallTry & { messageId: number; who: string; answers?: Record<string, string>; note?: string }>> {
	const { rows } = await sql<{ message_id: number; at: string; who: string; outcome: CallOutcome; again_at: string | null; answers: string | null; note: string | null }>`
		select message_id, at, who, outcome, again_at, answers, note from call_tries
		where message_id in ${idSet(messageIds)} and +shop_id = ${shop.id} order by id desc`.execute(db);
	return rows.map(({ message_id, at, who, outcome, again_at, answers, note }) => ({
		messageId: message_id, at, who, outcome,
		...(again_at !== null && { againAt: again_at }),
		...(answers !== null && { answers: JSON.parse(answers) as Record<string, string> }),
		...(note !== null && { note }),
	}));
}

type TryRow = [at: string, outcome: CallOutcome, againAt: string | null];

function triesOf(list: string | null): CallTry[] {
	return (JSON.parse(list ?? '[]') as TryRow[]).map(([at, outcome, againAt]) => ({ at, outcome, ...(againAt !== null && { againAt }) }));
}

function toCall(row: CallRow): StoredCall {
	const extra = row.extra === null ? undefined : (JSON.parse(row.extra) as MessageExtra);
	return {
		messageId: row.message_id, occasionId: row.occasion_id, customerId: row.customer_id, kind: row.kind, dueOn: row.due_on, stage: row.stage,
		...(row.cause !== null && { cause: row.cause }),
		...(row.since !== null && { since: row.since }),
		...(row.expires_on !== null && { expiresOn: row.expires_on }),
		...(row.not_before !== null && { notBefore: row.not_before }),
		firstName: row.first_name, lastName: row.last_name,
		...(row.title !== null && { title: row.title }),
		...(row.birth_date !== null && { birthDate: row.birth_date }),
		contactPointId: row.contact_point_id, phone: row.value, script: row.text,
		questions: extra?.call?.questions ?? [],
		...(row.last_visit_on !== null && { lastVisitOn: row.last_visit_on }),
		...(row.taken_by !== null && { takenBy: row.taken_by }),
		tries: triesOf(row.tries),
		history: triesOf(row.history),
	};
}
