import { sql, type RawBuilder } from 'kysely';
import type { ConsentPurpose } from '../domain/consent';
import type { ConsentFact, ContactPointFact, CustomerFacts, RpoFact } from '../domain/consentFacts';
import type { Channel } from '../domain/glossary';
import { bothWays } from './dialect';
import type { Store } from './open';
import { idSet } from './sets';

interface FactRow {
	id: number;
	birth_date: string | null;
	deceased: number;
	preferred_channel: string | null;
	/** Lists of `POINT` and of `CONSENT`, in the order of those. */
	points: string | null;
	consents: string | null;
	contract_until: string | null;
}

const row = (columns: ReadonlyArray<RawBuilder<unknown>>) => bothWays(sql`json_array(${sql.join(columns)})`, sql`json_build_array(${sql.join(columns)})`);
const list = (columns: ReadonlyArray<RawBuilder<unknown>>, order: RawBuilder<unknown>) =>
	bothWays(sql`json_group_array(${row(columns)} order by ${order})`, sql`json_agg(${row(columns)} order by ${order})::text`);
const refs = (...names: string[]) => names.map((name) => sql.ref(name));

const CONSENT = [
	'id', 'contact_point_id', 'channel', 'purpose', 'status', 'legal_basis', 'captured_at', 'recorded_at', 'source', 'method', 'notice_version',
	'double_opt_in_at', 'evidence', 'effective_from', 'effective_to', 'withdrawn_at',
];

/** The purposes that an address is suppressed for, with commas between. */
const SUPPRESSED = sql`(select ${bothWays(sql`group_concat(purpose)`, sql`string_agg(purpose, ',')`)} from suppressions
	where suppressions.shop_id = point.shop_id and suppressions.address_hash = point.address_hash)`;
/** The newest answer of the opposition register, with spaces between; of two of one moment the stricter. */
const RPO = sql`case when point.kind <> 'email' then (select checked_at || ' ' || result || ' ' || coalesce(enrolled_on, '') from rpo_checks
	where rpo_checks.shop_id = point.shop_id and rpo_checks.address_hash = point.address_hash order by checked_at desc, result limit 1) end`;
/** The birth date of the oldest of the others with the same address; asked only where the shop writes to minors. */
const OLDEST_SHARER = sql`(select min(coalesce(person.birth_date, '')) from contact_points as other join customers as person on person.id = other.customer_id
	where other.shop_id = point.shop_id and other.kind = point.kind and other.value = point.value and other.customer_id <> point.customer_id and person.merged_into is null)`;

/**
 * What the rules need to know of these customers, in one query whatever their number. Caps and priorities need `recentContacts` beside it.
 * A customer that the shop does not know, or who was merged into another, is missing from the answer.
 */
export async function customerFacts({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<Map<number, CustomerFacts>> {
	const asksWhoShares = shop.policy.adultAge < 18;
	const point = [...refs('point.id', 'point.kind', 'point.line', 'point.status', 'point.preferred'), SUPPRESSED, RPO, asksWhoShares ? OLDEST_SHARER : sql`null`];
	const { rows } = await sql<FactRow>`
		select customer.id, customer.birth_date, customer.deceased, customer.preferred_channel,
			(select ${list(point, sql.ref('point.id'))} from contact_points as point where point.customer_id = customer.id) as points,
			(select ${list(refs(...CONSENT), sql.ref('sequence'))} from consents where consents.customer_id = customer.id) as consents,
			(select max(coalesce(delivered_on, ordered_on)) from equipment where equipment.customer_id = customer.id and returned_on is null) as contract_until
		from customers as customer
		where customer.id in ${idSet(customerIds)} and +customer.shop_id = ${shop.id} and customer.merged_into is null`.execute(db);
	return new Map(rows.map((found) => [found.id, toFacts(found, asksWhoShares)]));
}

function toFacts({ id, birth_date, deceased, preferred_channel, points, consents, contract_until }: FactRow, asksWhoShares: boolean): CustomerFacts {
	return {
		customerId: id,
		birthDate: birth_date ?? undefined,
		deceased: deceased === 1,
		contactPoints: rowsOf<PointRow>(points).map((found) => toPoint(found, asksWhoShares)),
		consents: rowsOf<ConsentRow>(consents).map(toConsent),
		preferredChannel: (preferred_channel ?? undefined) as Channel | undefined,
		contractUntil: contract_until ?? undefined,
	};
}

type PointRow = [id: number, kind: string, line: string | null, status: string, preferred: number, suppressedFor: string | null, rpo: string | null, oldestSharer: string | null];

function toPoint([id, kind, line, status, preferred, suppressedFor, rpo, oldestSharer]: PointRow, asksWhoShares: boolean): ContactPointFact {
	const fact = { id, kind, line: line ?? undefined, status, preferred: preferred === 1, suppressedFor: (suppressedFor?.split(',') ?? []) as ConsentPurpose[] } as ContactPointFact;
	if (rpo !== null) fact.rpo = toRpo(rpo);
	if (asksWhoShares) fact.oldestSharer = oldestSharer === '' ? 'unknown' : oldestSharer;
	return fact;
}

function toRpo(text: string): RpoFact {
	const [checkedAt, result, enrolledOn] = text.split(' ');
	return { checkedAt, result: result as RpoFact['result'], ...(enrolledOn && { enrolledOn }) };
}

type ConsentRow = [number, number | null, ...Array<string | null>];

function toConsent(found: ConsentRow): ConsentFact {
	const [id, contactPointId, channel, purpose, status, legalBasis, capturedAt, recordedAt, source, method, noticeVersion, doubleOptInAt, evidence, effectiveFrom, effectiveTo, withdrawnAt] =
		found.map((value) => value ?? undefined);
	return {
		id, contactPointId, channel, purpose, status, legalBasis, capturedAt, recordedAt, source, method, noticeVersion, doubleOptInAt, evidence, effectiveFrom, effectiveTo, withdrawnAt,
	} as ConsentFact;
}

function rowsOf<Row>(text: string | null): Row[] {
	return text === null ? [] : (JSON.parse(text) as Row[]);
}
