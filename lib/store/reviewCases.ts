import { sql } from 'kysely';
import type { ChannelVerdict, LegalBasis, NewConsent } from '../domain/consent';
import type { Channel, Purpose } from '../domain/glossary';
import type { Instant, LocalDate } from '../domain/time';
import { consentHistory } from './consents';
import { recordHistory } from './messageHistory';
import type { Database, Store } from './open';
import { recordConsents } from './recordConsents';
import { idSet, rowSet } from './sets';
import { settleOccasions } from './settling';

/** An occasion about which the rules leave the decision to a person (outcome `review`), with the decision that says so. */
export interface ReviewCase {
	/** Id of the occasion. */
	id: number;
	customerId: number;
	firstName: string;
	lastName: string;
	birthDate?: LocalDate;
	kind: string;
	dueOn: LocalDate;
	channel: Channel;
	purpose: Purpose;
	/** Reason code, such as `BASIS_UNCERTAIN`. */
	reason: string;
	decidedAt: Instant;
	contactPointId?: number;
	/** What the decision was taken from: ids, dates and codes. */
	facts: ChannelVerdict['facts'];
}

interface CaseRow {
	id: number;
	customer_id: number;
	first_name: string;
	last_name: string;
	birth_date: string | null;
	kind: string;
	due_on: string;
	channel: string;
	purpose: string;
	reason: string;
	decided_at: string;
	contact_point_id: number | null;
	tried: string;
}

type Scope = Pick<Store, 'shop'> & { db: Database };

/** Cases that wait for a person, the oldest first. They wait until they are answered, also when their occasion's last day has passed. */
export async function reviewCases({ db, shop }: Scope, limit: number): Promise<{ cases: ReviewCase[]; total: number }> {
	const rows = await readCases({ db, shop }, sql`true`, limit);
	const count = await sql<{ total: number }>`select count(*) as total from occasions where shop_id = ${shop.id} and outcome = 'review'`.execute(db);
	return { cases: rows, total: count.rows[0].total };
}

async function readCases({ db, shop }: Scope, wanted: ReturnType<typeof sql>, limit: number): Promise<ReviewCase[]> {
	const { rows } = await sql<CaseRow>`
		select occasion.id, occasion.customer_id, customer.first_name, customer.last_name, customer.birth_date, occasion.kind, occasion.due_on,
			decision.channel, decision.purpose, decision.reason, decision.decided_at, decision.contact_point_id, decision.tried
		from occasions as occasion cross join customers as customer on customer.id = occasion.customer_id
			cross join decisions as decision on decision.id = (select max(last.id) from decisions as last where last.occasion_id = occasion.id and last.outcome = 'review')
		where occasion.shop_id = ${shop.id} and occasion.outcome = 'review' and ${wanted} order by occasion.id limit ${limit}`.execute(db);
	return rows.map(toCase);
}

function toCase({ id, customer_id, first_name, last_name, birth_date, kind, due_on, channel, purpose, reason, decided_at, contact_point_id, tried }: CaseRow): ReviewCase {
	const verdict = (JSON.parse(tried) as ChannelVerdict[]).find((one) => one.channel === channel && one.outcome === 'review');
	return {
		id, customerId: customer_id, firstName: first_name, lastName: last_name, birthDate: birth_date ?? undefined, kind, dueOn: due_on,
		channel: channel as Channel, purpose: purpose as Purpose, reason, decidedAt: decided_at, contactPointId: contact_point_id ?? undefined, facts: verdict?.facts ?? {},
	};
}

/** Makes cases of occasions that had a message already: it was stopped at its sending. Inside the transaction that stops it. */
export async function openReviewCases({ db, shop }: Scope, stopped: ReadonlyArray<{ occasionId: number; reason: string }>): Promise<void> {
	if (stopped.length === 0) return;
	const rows = stopped.map(({ occasionId, reason }) => ({ id: occasionId, reason }));
	await sql`update occasions set outcome = 'review', reason = stopped.reason from ${rowSet(rows, { id: 'integer', reason: 'text' })} as stopped
		where occasions.id = stopped.id and +occasions.shop_id = ${shop.id}`.execute(db);
}

/** What a person says of a case. */
export type ReviewAnswer =
	| { may: true; legalBasis: Extract<LegalBasis, 'consent' | 'request'>; /** Where the proof is. */ evidence: string; noticeVersion?: string; note?: string }
	| { may: false; note?: string };

/**
 * Records what a person found out, in the customer's chain with operator and note, and ends the case. With a yes the occasion comes again (or its message
 * goes back to be approved), and the rules decide anew with the record; with a no it is settled, and the rules no longer ask about that record.
 * @returns false when there is no such case any more: somebody else was quicker
 */
export async function answerReviewCase(store: Pick<Store, 'db' | 'shop'>, id: number, answer: ReviewAnswer, who: string, now: Instant): Promise<boolean> {
	return await store.db.transaction().execute(async (db) => {
		const scope = { ...store, db };
		const [found] = await readCases(scope, sql`occasion.id = ${id}`, 1);
		if (!found) return false;
		const { rows } = await sql<{ id: number }>`update occasions set outcome = 'blocked' where id = ${id} and outcome = 'review' returning id`.execute(db);
		if (rows.length === 0) return false;
		await recordConsents(scope, [await recordOf(scope, found, answer, who, now)], now);
		const message = await sql<{ id: number }>`select id from messages where occasion_id = ${id} and state = 'blocked'`.execute(db);
		if (message.rows.length > 0) await endWithMessage(scope, id, message.rows[0].id, answer.may, who, now);
		else if (answer.may) await comeAgain(scope, id, now);
		else await settleOccasions(scope, [{ occasionId: id, outcome: 'blocked', reason: 'CONSENT_MISSING' }], now);
		return true;
	});
}

/** The customer said it when the doubtful record says so; nobody asked again today. What was found to be no consent is unknown, on this address. */
async function recordOf(scope: Scope, { customerId, channel, purpose, contactPointId, facts }: ReviewCase, answer: ReviewAnswer, who: string, now: Instant): Promise<NewConsent> {
	const common = { customerId, channel, purpose, source: 'desk', operator: who, ...(answer.note && { legalBasisNote: answer.note }) };
	if (!answer.may) return { ...common, contactPointId, status: 'unknown', legalBasis: 'consent', capturedAt: now };
	const chain = (await consentHistory(scope, [customerId])).get(customerId) ?? [];
	const doubtful = chain.find((record) => record.id === facts.consentId);
	const { legalBasis, evidence, noticeVersion = doubtful?.noticeVersion } = answer;
	const { effectiveFrom, effectiveTo, language } = doubtful ?? {};
	return {
		...common, contactPointId: doubtful?.contactPointId, status: 'granted', legalBasis, evidence, noticeVersion,
		capturedAt: doubtful?.capturedAt ?? now, effectiveFrom, effectiveTo, language, method: doubtful?.method,
	};
}

async function endWithMessage({ db }: Scope, id: number, messageId: number, may: boolean, who: string, now: Instant): Promise<void> {
	const to = may ? 'pending' as const : 'rejected' as const;
	await sql`update messages set state = ${to}, approved_hash = null, not_before = null, updated_at = ${now} where id in ${idSet([messageId])}`.execute(db);
	await recordHistory(db, [{ id: messageId, from: 'blocked', to, who, why: may ? 'BASIS_CONFIRMED' : 'CONSENT_MISSING' }], now);
	await sql`update occasions set outcome = 'message', reason = null where id = ${id}`.execute(db);
}

/** As if it had been put off until now. */
async function comeAgain({ db }: Scope, id: number, now: Instant): Promise<void> {
	await sql`update occasions set state = 'leased', outcome = 'deferred', claims = 0, leased_until = ${now}, settled_at = null where id = ${id}`.execute(db);
}
