import { sql } from 'kysely';
import type { ConsentPurpose, NewConsent } from '../domain/consent';
import { CONTACT_POINT_OF_CHANNEL, PURPOSES } from '../domain/glossary';
import type { Instant } from '../domain/time';
import type { Database, Store } from './open';
import type { Row } from './schema';
import { idSet, rowSet } from './sets';

/** An address, by its keyed hash, that is not to be used for a purpose. */
interface Suppressed {
	address_hash: string;
	purpose: ConsentPurpose;
}

/** Puts addresses on the list, or moves their date on; they stay there when everything else of the customer is erased. */
export async function suppress(transaction: Database, shopId: number, wanted: readonly Suppressed[], reason: string, at: Instant): Promise<void> {
	if (wanted.length === 0) return;
	await sql`
		insert into suppressions (shop_id, address_hash, purpose, reason, created_at)
		select distinct ${shopId}, address_hash, purpose, ${reason}, ${at} from ${rowSet(wanted, { address_hash: 'text', purpose: 'text' })} as wanted where true
		on conflict (shop_id, address_hash, purpose) do update set reason = excluded.reason,
			created_at = case when excluded.created_at > suppressions.created_at then excluded.created_at else suppressions.created_at end`.execute(transaction);
}

/** Suppresses all addresses of each customer that the objection's channel uses (RULES 3). Returns how many for each objection. */
export async function suppressObjections({ db, shop }: Pick<Store, 'db' | 'shop'>, objections: readonly NewConsent[]): Promise<Map<NewConsent, number>> {
	const addresses = await addressesOf({ db, shop }, objections);
	// By date, so that the later of two objections to one purpose is the one that counts.
	const byDate = [...objections].sort((one, other) => (one.capturedAt < other.capturedAt ? -1 : 1));
	for (const [capturedAt, spoken] of Map.groupBy(byDate, (objection) => objection.capturedAt)) {
		const wanted = spoken.flatMap((objection) => (addresses.get(objection) ?? []).map((address_hash) => ({ address_hash, purpose: objection.purpose })));
		await suppress(db, shop.id, wanted, 'objected', capturedAt);
	}
	return new Map(objections.map((objection) => [objection, addresses.get(objection)?.length ?? 0]));
}

/**
 * Lifts the suppression of the addresses that consents are for. Only a yes lifts a no, under the conditions that the caller checks
 * (see mayLift), and only for its own purpose: where an address is suppressed for everything, the other purposes stay suppressed.
 * @returns how many addresses each consent freed
 */
export async function liftSuppressions({ db, shop }: Pick<Store, 'db' | 'shop'>, grants: readonly NewConsent[]): Promise<Map<NewConsent, number>> {
	const addresses = await addressesOf({ db, shop }, grants);
	const listed = await suppressionsOf({ db, shop }, [...addresses.values()].flat());
	const freed = new Map<NewConsent, number>();
	const lifted = new Map<number, Row<'suppressions'> & { purposes: Set<ConsentPurpose> }>();
	for (const grant of grants) {
		const hits = listed.filter(
			({ address_hash, purpose, created_at }) =>
				addresses.get(grant)?.includes(address_hash) && (purpose === grant.purpose || purpose === 'any') && created_at < grant.capturedAt,
		);
		freed.set(grant, new Set(hits.map(({ address_hash }) => address_hash)).size);
		for (const hit of hits) lifted.set(hit.id, { ...hit, purposes: new Set([...(lifted.get(hit.id)?.purposes ?? []), grant.purpose]) });
	}
	await sql`delete from suppressions where id in ${idSet([...lifted.keys()])}`.execute(db);
	for (const { address_hash, purpose, purposes, reason, created_at } of lifted.values()) {
		if (purpose !== 'any') continue;
		const others = PURPOSES.filter((one) => one !== 'service' && !purposes.has(one));
		await suppress(db, shop.id, others.map((one) => ({ address_hash, purpose: one })), reason, created_at);
	}
	return freed;
}

/**
 * Whether a consent may lift a suppression: a specific yes that a member of staff took down, with a proof of it. An import, a workflow
 * without an operator or a link cannot lift one. That it was said after the objection is looked up in the store. Source: RULES 3, ours.
 */
export function mayLift({ status, channel, purpose, operator, evidence }: NewConsent): boolean {
	return status === 'granted' && channel !== 'any' && purpose !== 'any' && Boolean(operator) && Boolean(evidence);
}

/** What the list holds of these addresses. */
async function suppressionsOf({ db, shop }: Pick<Store, 'db' | 'shop'>, addressHashes: readonly string[]): Promise<Array<Row<'suppressions'>>> {
	if (addressHashes.length === 0) return [];
	const { rows } = await sql<Row<'suppressions'>>`
		select suppression.* from ${rowSet([...new Set(addressHashes)].map((address_hash) => ({ address_hash })), { address_hash: 'text' })} as wanted
		cross join suppressions as suppression on suppression.shop_id = ${shop.id} and suppression.address_hash = wanted.address_hash`.execute(db);
	return rows;
}

/** The hashes of the addresses that each record is about: of its channel, or of the one contact point that it names. */
async function addressesOf({ db, shop }: Pick<Store, 'db' | 'shop'>, consents: readonly NewConsent[]): Promise<Map<NewConsent, string[]>> {
	if (consents.length === 0) return new Map();
	const { rows } = await sql<Pick<Row<'contact_points'>, 'id' | 'customer_id' | 'kind' | 'address_hash'>>`
		select id, customer_id, kind, address_hash from contact_points
		where customer_id in ${idSet([...new Set(consents.map(({ customerId }) => customerId))])} and +shop_id = ${shop.id} and address_hash <> ''`.execute(db);
	const points = Map.groupBy(rows, (point) => point.customer_id);
	return new Map(consents.map((consent) => {
		const { channel, contactPointId, status } = consent;
		const concerned = (points.get(consent.customerId) ?? []).filter(
			({ id, kind }) =>
				(channel === 'any' || CONTACT_POINT_OF_CHANNEL[channel] === kind) && (status !== 'granted' || contactPointId === undefined || contactPointId === id),
		);
		return [consent, [...new Set(concerned.map(({ address_hash }) => address_hash))]];
	}));
}
