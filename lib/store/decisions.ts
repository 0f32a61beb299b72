import { sql } from 'kysely';
import type { Decision } from '../domain/consent';
import { CrmError } from '../domain/errors';
import type { Database, Store } from './open';
import { rowSet } from './sets';

/** A decision about a customer, and the occasion it was taken for. */
export interface NewDecision {
	customerId: number;
	occasionId?: number;
	decision: Decision;
}

const COLUMNS = {
	position: 'integer', customer_id: 'integer', occasion_id: 'integer', moment: 'text', outcome: 'text', reason: 'text',
	rule: 'text', rules_version: 'text', class: 'text', purpose: 'text', channel: 'text', contact_point_id: 'integer',
	legal_basis: 'text', tried: 'text', retry_at: 'text', decided_at: 'text', policy_version: 'integer', uses: 'text',
} as const;

/**
 * Records decisions, append-only, in one statement. Returns their ids in the order given.
 * @throws CrmError where one is about a customer or an occasion that the shop does not have; the caller's transaction then keeps none of them
 */
export async function recordDecisions(
	{ db, shop }: Pick<Store, 'shop'> & { db: Database },
	decisions: readonly NewDecision[],
): Promise<number[]> {
	if (decisions.length === 0) return [];
	const rows = decisions.map(({ customerId, occasionId, decision }, position) => ({
		position,
		customer_id: customerId,
		occasion_id: occasionId ?? null,
		moment: decision.moment,
		outcome: decision.outcome,
		reason: decision.reason,
		rule: decision.rule,
		rules_version: decision.rulesVersion,
		class: decision.class,
		purpose: decision.purpose,
		channel: decision.channel,
		contact_point_id: decision.contactPointId ?? null,
		legal_basis: decision.legalBasis ?? null,
		tried: JSON.stringify(decision.tried),
		retry_at: decision.retryAt ?? null,
		decided_at: decision.decidedAt,
		policy_version: decision.policyVersion ?? null,
		uses: decision.uses ? JSON.stringify(decision.uses) : null,
	}));
	const written = await sql<{ id: number }>`
		insert into decisions (shop_id, customer_id, occasion_id, moment, outcome, reason, rule, rules_version, class, purpose, channel,
			contact_point_id, legal_basis, tried, retry_at, decided_at, policy_version, uses)
		select ${shop.id}, given.customer_id, given.occasion_id, given.moment, given.outcome, given.reason, given.rule, given.rules_version, given.class, given.purpose, given.channel,
			given.contact_point_id, given.legal_basis, given.tried, given.retry_at, given.decided_at, given.policy_version, given.uses
		from ${rowSet(rows, COLUMNS)} as given
		cross join customers on customers.id = given.customer_id and +customers.shop_id = ${shop.id}
		left join occasions on occasions.id = given.occasion_id
		where given.occasion_id is null or +occasions.shop_id = ${shop.id}
		order by given.position
		returning id`.execute(db);
	if (written.rows.length < rows.length) throw new CrmError('A decision is about a customer or an occasion that this shop does not have', 'Take both from the Due triggers or from Optical CRM, with the same credential.');
	// One statement hands out rising ids in the order of its rows; the order of `returning` itself is not promised.
	return written.rows.map(({ id }) => id).sort((one, other) => one - other);
}
