import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { ConsentRecord } from '../domain/consent';
import type { UnlinkedConsent } from '../domain/consentChain';
import type { Database, Store } from './open';
import type { Row } from './schema';
import { idSet, rowSet } from './sets';

/** Fields of a consent record in which somebody may name a person: the ledger, which nothing can be erased from, never holds them. */
const DETAILS = ['evidence', 'guardian', 'legalBasisNote'] as const;

export type ConsentDetail = Row<'consent_details'>;

/** The record as the chain keeps it, and apart from it the free text that its salted hashes stand for. */
export function sealDetails(record: UnlinkedConsent): { record: UnlinkedConsent; details: ConsentDetail[] } {
	const details = DETAILS.flatMap((field): ConsentDetail[] => {
		const value = record[field];
		return value ? [{ customer_id: record.customerId, sequence: record.sequence, field, salt: randomBytes(16).toString('hex'), value }] : [];
	});
	// Most records have none, and an import has many records.
	if (details.length === 0) return { record, details };
	return { record: { ...record, ...Object.fromEntries(details.map((detail) => [detail.field, sealOf(detail)])) }, details };
}

/** Writes the free text of new records, in their transaction. */
export async function insertDetails(transaction: Database, details: readonly ConsentDetail[]): Promise<void> {
	if (details.length === 0) return;
	await sql`
		insert into consent_details (customer_id, sequence, field, salt, value)
		select customer_id, sequence, field, salt, value
		from ${rowSet(details, { customer_id: 'integer', sequence: 'integer', field: 'text', salt: 'text', value: 'text' })} as given`.execute(transaction);
}

/** The free text of the records of these customers of the shop. */
export async function consentDetails({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<ConsentDetail[]> {
	const { rows } = await sql<ConsentDetail>`
		select consent_details.* from consent_details cross join customers on customers.id = consent_details.customer_id and +customers.shop_id = ${shop.id}
		where consent_details.customer_id in ${idSet(customerIds)} order by consent_details.customer_id, consent_details.sequence`.execute(db);
	return rows;
}

/** A chain with its free text in place of the hashes; where it was erased the hash stays. */
export function withDetails(chain: readonly ConsentRecord[], details: readonly ConsentDetail[]): ConsentRecord[] {
	return chain.map((record) => {
		const own = details.filter(({ customer_id, sequence }) => customer_id === record.customerId && sequence === record.sequence);
		return own.length === 0 ? record : { ...record, ...Object.fromEntries(own.map(({ field, value }) => [field, value])) };
	});
}

/** The first record of a chain whose free text is not what the chain says it was; erased text is not missed. */
export function changedDetail(chain: readonly ConsentRecord[], details: readonly ConsentDetail[]): ConsentRecord | undefined {
	const records = new Map(chain.map((record) => [record.sequence, record]));
	const changed = details.find((detail) => records.get(detail.sequence)?.[detail.field as (typeof DETAILS)[number]] !== sealOf(detail));
	return changed && (records.get(changed.sequence) ?? chain.at(-1));
}

/** A salt of its own keeps a short text, such as a name, from being guessed after the text is gone. */
function sealOf({ field, salt, value }: ConsentDetail): string {
	return `sha256:${createHash('sha256').update(JSON.stringify([field, salt, value])).digest('hex')}`;
}
