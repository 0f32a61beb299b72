import { sql } from 'kysely';
import type { RecordedDecision } from '../domain/explanation';
import type { Store } from './open';
import { idSet } from './sets';

/** Which decisions are wanted. */
export interface ExplanationPage {
	/** Of each customer, the newest. */
	limit: number;
	/** `written`: what led to a message that left. `notWritten`: everything else. */
	only?: 'written' | 'notWritten';
	occasionId?: number;
}

interface Row {
	customer_id: number;
	occasion_id: number | null;
	kind: string | null;
	due_on: string | null;
	stage: number | null;
	occasion_outcome: string | null;
	occasion_reason: string | null;
	decision_id: number | null;
	decided_at: string | null;
	moment: string | null;
	outcome: string | null;
	reason: string | null;
	rule: string | null;
	rules_version: string | null;
	policy_version: number | null;
	channel: string | null;
	legal_basis: string | null;
	retry_at: string | null;
	tried: string | null;
	uses: string | null;
	message_id: number | null;
	message_state: string | null;
	sent_on: string | null;
}

const WRITTEN = sql`message.state in ('sending', 'sent', 'delivered', 'read', 'uncertain')`;

/**
 * All that was decided about these customers, and their occasions about which nothing was, newest first; in one query. What was decided about
 * somebody who was merged into one of them is theirs too.
 */
export async function recordedDecisions({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[], { limit, only, occasionId }: ExplanationPage): Promise<RecordedDecision[]> {
	const wanted = only === undefined ? sql`true` : only === 'written' ? sql`coalesce(${WRITTEN}, false)` : sql`not coalesce(${WRITTEN}, false)`;
	const { rows } = await sql<Row>`
		with person as materialized (select coalesce(merged_into, id) as customer_id, id as own_id from customers
			where +shop_id = ${shop.id} and (id in ${idSet(customerIds)} or merged_into in ${idSet(customerIds)})),
		told as (
			select person.customer_id, decision.occasion_id, decision.id as decision_id, decision.decided_at as at
				from person cross join decisions as decision on decision.customer_id = person.own_id
			union all
			select person.customer_id, occasion.id, null, occasion.created_at
				from person cross join occasions as occasion on occasion.customer_id = person.own_id
				where not exists (select 1 from decisions where decisions.occasion_id = occasion.id)),
		numbered as (
			select told.*, occasion.kind, occasion.due_on, occasion.stage, occasion.outcome as occasion_outcome, occasion.reason as occasion_reason,
				decision.decided_at, decision.moment, decision.outcome, decision.reason, decision.rule, decision.rules_version, decision.policy_version,
				decision.channel, decision.legal_basis, decision.retry_at, decision.tried, decision.uses, message.id as message_id, message.state as message_state, message.sent_on,
				row_number() over (partition by told.customer_id order by told.at desc, told.decision_id desc, told.occasion_id desc) as position
			from told left join occasions as occasion on occasion.id = told.occasion_id
				left join decisions as decision on decision.id = told.decision_id
				left join messages as message on message.occasion_id = told.occasion_id
			where ${wanted} and (${occasionId ?? null} is null or told.occasion_id = ${occasionId ?? null}))
		select * from numbered where position <= ${limit} order by customer_id, position`.execute(db);
	return rows.map(toRecorded);
}

function toRecorded(row: Row): RecordedDecision {
	const present = {
		occasionId: row.occasion_id, kind: row.kind, dueOn: row.due_on, stage: row.stage, occasionOutcome: row.occasion_outcome, occasionReason: row.occasion_reason,
		decisionId: row.decision_id, decidedAt: row.decided_at, moment: row.moment, outcome: row.outcome, reason: row.reason, rule: row.rule,
		rulesVersion: row.rules_version, policyVersion: row.policy_version, channel: row.channel, legalBasis: row.legal_basis, retryAt: row.retry_at,
		uses: row.uses === null ? null : JSON.parse(row.uses), messageId: row.message_id, messageState: row.message_state, sentOn: row.sent_on,
	};
	const known = Object.fromEntries(Object.entries(present).filter(([, value]) => value !== null));
	return { customerId: row.customer_id, ...known, tried: row.tried === null ? [] : JSON.parse(row.tried) } as RecordedDecision;
}
