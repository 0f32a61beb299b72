import { sql } from 'kysely';
import { verifyChain, type BrokenRecord } from '../domain/consentChain';
import { changedDetail, consentDetails } from './consentDetails';
import { consentHistory } from './consents';
import { shopInOrder } from './dialect';
import type { Store } from './open';
import { idSet } from './sets';
import { changedWordings } from './wordings';

/** The first record of a customer's chain that does not hold. `detail`: its free text was changed; `head`: nothing tells where the chain ends. */
export interface BrokenChain {
	customerId: number;
	recordId?: number;
	sequence: number;
	why: BrokenRecord['why'] | 'detail' | 'head';
}

/** What a check of the whole ledger found. */
export interface LedgerCheck {
	customers: number;
	records: number;
	broken: BrokenChain[];
	/** Versions of wordings whose text is not the one that was stored. */
	changedWordings: string[];
}

/** Chains that are read at once. */
const BATCH = 500;

/** Checks every consent chain of the shop against its hashes, its free text and its known end, and the texts of the wordings. */
export async function verifyConsents(store: Pick<Store, 'db' | 'shop'>): Promise<LedgerCheck> {
	const check: LedgerCheck = { customers: 0, records: 0, broken: [], changedWordings: await changedWordings(store) };
	for (let after = 0; ; ) {
		const ids = await customersWithChain(store, after);
		if (ids.length === 0) return check;
		after = ids[ids.length - 1];
		await checkBatch(store, ids, check);
	}
}

/** Those who have records and those who had some: where all were deleted the head is still there. */
async function customersWithChain({ db, shop }: Pick<Store, 'db' | 'shop'>, after: number): Promise<number[]> {
	const { rows } = await sql<{ customer_id: number }>`
		select id as customer_id from customers where ${shopInOrder()} = ${shop.id} and id > ${after}
			and (exists (select 1 from consents where consents.customer_id = customers.id) or exists (select 1 from consent_heads where consent_heads.customer_id = customers.id))
		order by id limit ${BATCH}`.execute(db);
	return rows.map(({ customer_id }) => customer_id);
}

async function checkBatch(store: Pick<Store, 'db' | 'shop'>, ids: readonly number[], check: LedgerCheck): Promise<void> {
	const chains = await consentHistory(store, ids);
	const details = Map.groupBy(await consentDetails(store, ids), (detail) => detail.customer_id);
	const { rows } = await sql<{ customer_id: number; sequence: number; hash: string }>`
		select customer_id, sequence, hash from consent_heads where customer_id in ${idSet(ids)}`.execute(store.db);
	const heads = new Map(rows.map((head) => [head.customer_id, head]));
	for (const customerId of ids) {
		const chain = chains.get(customerId) ?? [];
		check.customers++;
		check.records += chain.length;
		const broken = verifyChain(chain, heads.get(customerId));
		const changed = changedDetail(chain, details.get(customerId) ?? []);
		if (broken) check.broken.push({ customerId, recordId: broken.id, sequence: broken.sequence, why: broken.why });
		else if (changed) check.broken.push({ customerId, recordId: changed.id, sequence: changed.sequence, why: 'detail' });
		else if (!heads.has(customerId)) check.broken.push({ customerId, recordId: chain.at(-1)?.id, sequence: chain.length, why: 'head' });
	}
}
