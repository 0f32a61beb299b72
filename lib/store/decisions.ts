import { sql } from 'kysely';
import type { Decision } from '../domain/consent';
import type { Database, Store } from './open';
import { rowSet } from './sets';

/** A decision about a customer, and the occasion it was taken for. */
export interface NewDecision {
	customerId: number;
	occasionId?: number;
	decision: Decision;
}

/** Records decisions, append-only, in one statement. Returns their ids in the order given. */
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
		select ${shop.id}, customer_id, occasion_id, moment, outcome, reason, rule, rules_version, class, purpose, channel,
			contact_point_id, legal_basis, tried, retry_at, decided_at, policy_version, uses
		from ${rowSet(rows, {
			position: 'integer', customer_id: 'integer', occasion_id: 'integer', moment: 'text', outcome: 'text', reason: 'text',
			rule: 'text', rules_version: 'text', class: 'text', purpose: 'text', channel: 'text', contact_point_id: 'integer',
			legal_basis: 'text', tried: 'text', retry_at: 'text', decided_at: 'text', policy_version: 'integer', uses: 'text',
		})} as given
		order by position
		returning id`.execute(db);
	// One statement hands out rising ids in the order of its rows; the order of `returning` itself is not promised.
	return written.rows.map(({ id }) => id).sort((one, other) => one - other);
}
