import { sql } from 'kysely';
import type { Store } from '../../../lib/store/open';
import { recordConsents } from '../../../lib/store/recordConsents';
import { recordDecisions } from '../../../lib/store/decisions';
import type { Decision } from '../../../lib/domain/consent';

const NOW = '2026-11-22T08:00:00.000Z';

/** What the database says when a row of an append-only table is changed or deleted. */
export async function appendOnlyProblem(store: Store, table: 'message_history' | 'consents' | 'decisions'): Promise<string> {
	const { id: customerId } = await store.db.selectFrom('customers').select('id').executeTakeFirstOrThrow();
	if (table === 'consents') {
		await recordConsents(store, [{ customerId, channel: 'sms', purpose: 'marketing', status: 'denied', legalBasis: 'consent', capturedAt: NOW, source: 'desk' }], NOW);
	}
	if (table === 'decisions') {
		const decision = { class: 'relational', purpose: 'marketing', moment: 'plan', outcome: 'block', reason: 'CONSENT_MISSING', rule: 'R07', rulesVersion: '1', channel: 'email', facts: {}, tried: [], decidedAt: NOW } satisfies Decision;
		await recordDecisions(store, [{ customerId, decision }]);
	}
	const changed = await sql`update ${sql.table(table)} set id = id`.execute(store.db).then(() => 'changed', (error: Error) => error.message);
	const deleted = await sql`delete from ${sql.table(table)}`.execute(store.db).then(() => 'deleted', (error: Error) => error.message);
	return changed === deleted ? changed : `${changed}, ${deleted}`;
}
