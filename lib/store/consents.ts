import { sql } from 'kysely';
import type { ConsentRecord, NewConsent } from '../domain/consent';
import { GENESIS, hashConsent } from '../domain/consentChain';
import type { Instant } from '../domain/time';
import { insertDetails, sealDetails, type ConsentDetail } from './consentDetails';
import { toConsentRecord, toConsentRow } from './consentRows';
import type { Database, Store } from './open';
import type { Row } from './schema';
import { columnList, idSet, rowSet } from './sets';

/** Columns of the ledger with their types, in the order in which they are written. */
const COLUMNS = {
	shop_id: 'integer', customer_id: 'integer', sequence: 'integer', contact_point_id: 'integer',
	channel: 'text', purpose: 'text', status: 'text', legal_basis: 'text', legal_basis_note: 'text', captured_at: 'text',
	source: 'text', method: 'text', operator: 'text', wording_version: 'text', wording_hash: 'text', notice_version: 'text',
	language: 'text', double_opt_in_at: 'text', evidence: 'text', effective_from: 'text', effective_to: 'text',
	withdrawn_at: 'text', withdrawn_how: 'text', guardian: 'text', recorded_at: 'text', previous_hash: 'text', hash: 'text',
} as const;

/** The whole consent chain of each of these customers of the shop, oldest first. */
export async function consentHistory(
	{ db, shop }: Pick<Store, 'db' | 'shop'>,
	customerIds: readonly number[],
): Promise<Map<number, ConsentRecord[]>> {
	if (customerIds.length === 0) return new Map();
	const { rows } = await sql<Row<'consents'>>`
		select * from consents where customer_id in ${idSet(customerIds)} and +shop_id = ${shop.id} order by customer_id, sequence`.execute(db);
	const chains = new Map<number, ConsentRecord[]>();
	for (const row of rows) {
		const chain = chains.get(row.customer_id);
		if (chain) chain.push(toConsentRecord(row));
		else chains.set(row.customer_id, [toConsentRecord(row)]);
	}
	return chains;
}

/** The end of a customer's chain, to which the next record is linked. */
export interface ChainHead {
	sequence: number;
	hash: string;
}

/**
 * Writes records behind the given heads; for callers that already hold a transaction and know the chains. Free text goes into a table of its
 * own (see consentDetails.ts), and the new ends are kept beside the chains, so that verify sees it when an end is cut off.
 */
export async function insertConsents(
	transaction: Database,
	shopId: number,
	consents: readonly NewConsent[],
	heads: ReadonlyMap<number, ChainHead>,
	now: Instant,
): Promise<void> {
	if (consents.length === 0) return;
	const ends = new Map(heads);
	const details: ConsentDetail[] = [];
	const rows = consents.map((consent) => {
		const end = ends.get(consent.customerId) ?? { sequence: 0, hash: GENESIS };
		const sealed = sealDetails({ ...consent, sequence: end.sequence + 1, recordedAt: now });
		details.push(...sealed.details);
		const hash = hashConsent(sealed.record, end.hash);
		ends.set(consent.customerId, { sequence: sealed.record.sequence, hash });
		return toConsentRow(shopId, { ...sealed.record, previousHash: end.hash, hash });
	});
	const columns = columnList(COLUMNS);
	await sql`insert into consents (${columns}) select ${columns} from ${rowSet(rows, COLUMNS)} as given`.execute(transaction);
	await insertDetails(transaction, details);
	await moveHeads(transaction, shopId, new Set(consents.map(({ customerId }) => customerId)), heads, ends);
}

/** A head moves only from where it stands: after a cut it stays, and goes on telling where the chain had been. */
async function moveHeads(
	transaction: Database,
	shopId: number,
	customerIds: ReadonlySet<number>,
	heads: ReadonlyMap<number, ChainHead>,
	ends: ReadonlyMap<number, ChainHead>,
): Promise<void> {
	const rows = [...customerIds].map((customer_id) => ({ customer_id, ...(ends.get(customer_id) as ChainHead), before: heads.get(customer_id)?.hash ?? GENESIS }));
	await sql`
		insert into consent_heads (customer_id, shop_id, sequence, hash)
		select moved.customer_id, ${shopId}, moved.sequence, moved.hash
		from ${rowSet(rows, { customer_id: 'integer', sequence: 'integer', hash: 'text', before: 'text' })} as moved
			left join consent_heads as head on head.customer_id = moved.customer_id
		where coalesce(head.hash, ${GENESIS}) = moved.before
		on conflict (customer_id) do update set sequence = excluded.sequence, hash = excluded.hash`.execute(transaction);
}
