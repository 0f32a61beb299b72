import { sql } from 'kysely';
import type { ConsentRecord, NewConsent } from '../domain/consent';
import { CrmError } from '../domain/errors';
import type { Instant } from '../domain/time';
import { consentHistory, insertConsents } from './consents';
import { inTransaction, type Database, type Store } from './open';
import { idSet } from './sets';
import { liftSuppressions, mayLift, suppressObjections } from './suppressions';

/** What a recorded consent changed. */
export interface RecordedConsent {
	/** `unchanged`: the chain says the same already, of the same moment. */
	status: 'recorded' | 'unchanged';
	/** Addresses that an objection put on the suppression list. */
	suppressed: number;
	/** Addresses that a new consent took off it. */
	lifted: number;
}

/**
 * Appends what customers said to their chains, in one transaction (the caller's, if it holds one) with the suppression list: an objection suppresses the customer's
 * addresses, and a later consent that staff took down with a proof lifts it.
 * @returns for each record, in the order given, what became of it
 * @throws CrmError where one is about a customer whom the shop does not have; nothing is recorded then
 */
export async function recordConsents({ db, shop }: Pick<Store, 'shop'> & { db: Database }, consents: readonly NewConsent[], now: Instant): Promise<RecordedConsent[]> {
	return await inTransaction(db, async (transaction) => {
		const store = { db: transaction, shop };
		const ids = [...new Set(consents.map(({ customerId }) => customerId))];
		const known = await sql<{ id: number }>`select id from customers where id in ${idSet(ids)} and +shop_id = ${shop.id}`.execute(transaction);
		if (known.rows.length < ids.length) throw new CrmError('A consent is of a customer whom this shop does not have', 'Take the customer from Optical CRM > Customer > Get, with the same credential.');
		const chains = await consentHistory(store, ids);
		const fresh = new Set<NewConsent>();
		for (const consent of consents) {
			const said = [...(chains.get(consent.customerId) ?? []), ...[...fresh].filter(({ customerId }) => customerId === consent.customerId)];
			if (!saysSame(said, consent)) fresh.add(consent);
		}
		const heads = new Map([...chains].map(([id, chain]) => [id, chain[chain.length - 1]]));
		await insertConsents(transaction, shop.id, [...fresh], heads, now);
		const suppressed = await suppressObjections(store, [...fresh].filter(({ status }) => status === 'objected'));
		const lifted = await liftSuppressions(store, [...fresh].filter(mayLift));
		return consents.map((consent) => ({
			status: fresh.has(consent) ? 'recorded' : 'unchanged',
			suppressed: suppressed.get(consent) ?? 0,
			lifted: lifted.get(consent) ?? 0,
		}));
	});
}

/** Whether the last word on this channel and purpose is this very one, so that a workflow that runs twice doubles nothing. */
function saysSame(said: ReadonlyArray<NewConsent | ConsentRecord>, { channel, purpose, status, legalBasis, capturedAt, contactPointId }: NewConsent): boolean {
	const last = said.findLast((record) => record.channel === channel && record.purpose === purpose);
	return last?.status === status && last.legalBasis === legalBasis && last.capturedAt === capturedAt && last.contactPointId === contactPointId;
}
