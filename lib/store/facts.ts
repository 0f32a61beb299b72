import { sql } from 'kysely';
import type { ConsentFact, ContactPointFact, CustomerFacts } from '../domain/consentFacts';
import { contactPointFact } from '../domain/factOutline';
import type { Channel } from '../domain/glossary';
import { jsonList, jsonRow } from './jsonLists';
import type { Store } from './open';
import { CONTRACT_UNTIL, oldestSharer, POINT_STATUS, RPO_CHECK, SUPPRESSED_FOR } from './pointFacts';
import { idSet } from './sets';

interface FactRow {
	id: number;
	birth_date: string | null;
	deceased: number;
	preferred_channel: string | null;
	time_zone: string | null;
	/** Lists of `POINT` and of `CONSENT`, in the order of those. */
	points: string;
	consents: string;
	contract_until: string | null;
}


const POINT = ['point.id', 'point.kind', 'point.line', POINT_STATUS, 'point.preferred', SUPPRESSED_FOR, RPO_CHECK, 'point.retry_after'];
const CONSENT = [
	'id', 'contact_point_id', 'channel', 'purpose', 'status', 'legal_basis', 'captured_at', 'recorded_at', 'source', 'method', 'notice_version',
	'double_opt_in_at', 'evidence', 'effective_from', 'effective_to', 'withdrawn_at',
];

/**
 * What the rules need to know of these customers, in one query whatever their number. Caps and priorities need `recentContacts` beside it.
 * A customer that the shop does not know, or who was merged into another, is missing from the answer.
 */
export async function customerFacts({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<Map<number, CustomerFacts>> {
	const { rows } = await sql<FactRow>`
		select customer.id, customer.birth_date, customer.deceased, customer.preferred_channel, customer.time_zone,
			(select ${jsonList(jsonRow(...POINT, oldestSharer(shop)), sql`order by point.id`)} from contact_points as point where point.customer_id = customer.id) as points,
			(select ${jsonList(jsonRow(...CONSENT), sql`order by sequence`)} from consents where consents.customer_id = customer.id) as consents,
			(select ${CONTRACT_UNTIL} from equipment where equipment.customer_id = customer.id) as contract_until
		from customers as customer
		where customer.id in ${idSet(customerIds)} and +customer.shop_id = ${shop.id} and customer.merged_into is null`.execute(db);
	return new Map(rows.map((found) => [found.id, toFacts(found)]));
}

function toFacts({ id, birth_date, deceased, preferred_channel, time_zone, points, consents, contract_until }: FactRow): CustomerFacts {
	return {
		customerId: id,
		birthDate: birth_date ?? undefined,
		deceased: deceased === 1,
		contactPoints: (JSON.parse(points) as PointRow[]).map(toPoint),
		consents: (JSON.parse(consents) as ConsentRow[]).map(toConsent),
		preferredChannel: (preferred_channel ?? undefined) as Channel | undefined,
		contractUntil: contract_until ?? undefined,
		timeZone: time_zone ?? undefined,
	};
}

type PointRow = [id: number, kind: string, line: string | null, status: string, preferred: number, suppressedFor: string | null, rpo: string | null, retryAfter: string | null, sharer: string | null];

function toPoint([id, kind, line, status, preferred, suppressedFor, rpo, retryAfter, sharer]: PointRow): ContactPointFact {
	return contactPointFact(id, [kind, line, status, preferred, suppressedFor], [rpo, sharer], retryAfter ?? undefined);
}

type ConsentRow = [number, number | null, ...Array<string | null>];

function toConsent(found: ConsentRow): ConsentFact {
	const [id, contactPointId, channel, purpose, status, legalBasis, capturedAt, recordedAt, source, method, noticeVersion, doubleOptInAt, evidence, effectiveFrom, effectiveTo, withdrawnAt] =
		found.map((value) => value ?? undefined);
	return {
		id, contactPointId, channel, purpose, status, legalBasis, capturedAt, recordedAt, source, method, noticeVersion, doubleOptInAt, evidence, effectiveFrom, effectiveTo, withdrawnAt,
	} as ConsentFact;
}
