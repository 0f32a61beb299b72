import { sql } from 'kysely';
import type { DataUse } from '../domain/consent';
import { CrmError } from '../domain/errors';
import type { MessageState } from '../domain/glossary';
import type { ItemMessage, QueuedMessage } from '../domain/item';
import type { Instant, LocalDate } from '../domain/time';
import { bothWays } from './dialect';
import { saveHtml } from './messageHtml';
import { recordHistory } from './messageHistory';
import { inTransaction, type Store } from './open';
import { columnList, idSet, rowSet } from './sets';
import { settleOccasions } from './settling';

/** A text for one occasion, ready to be stored. */
export interface NewMessage {
	customerId: number;
	occasionId: number;
	contactPointId: number;
	decisionId?: number;
	expiresOn?: LocalDate;
	/** It does not leave before. */
	notBefore?: Instant;
	message: ItemMessage;
	/** What the recipient was chosen by: asked with again when it leaves. */
	uses?: DataUse;
	/** Hash of recipient and text: what an approval is bound to. */
	contentHash: string;
}

/** Who lets a message through: a member of staff later, or the policy of the workflow now. */
export type Approval = 'staff' | 'policy';

const COLUMNS = {
	customer_id: 'integer', occasion_id: 'integer', contact_point_id: 'integer', decision_id: 'integer', channel: 'text', class: 'text',
	intent: 'text', language: 'text', template_id: 'text', template_version: 'integer', subject: 'text', preheader: 'text', body: 'text',
	text: 'text', extra: 'text', refusal_url: 'text', content_hash: 'text', approved_hash: 'text', expires_on: 'text', not_before: 'text', uses: 'text', rewording: 'text', state: 'text',
} as const;

const NAMES = columnList(COLUMNS);
const GIVEN = { ...COLUMNS, position: 'integer' } as const;
/** In the order given, by which they leave later. SQLite keeps it anyway. */
const AS_GIVEN = bothWays(sql``, sql`order by entry.position`);
/** A decision of another store, or of somebody else, is none of a message's. */
const DECISION = '(select id from decisions where id = entry.decision_id and customer_id = entry.customer_id)';
const KIND = sql`(select kind from occasions where id = entry.occasion_id)`;
const VALUES = sql.raw(Object.keys(COLUMNS).map((column) => (column === 'decision_id' ? DECISION : `"${column}"`)).join(', '));
const RENEWED = sql.raw(Object.keys(COLUMNS).filter((column) => column !== 'occasion_id').map((column) => `"${column}" = excluded."${column}"`).join(', '));

/**
 * Stores messages and settles their occasions, in one transaction. An occasion that has a message keeps it: the unique key decides, also
 * when two executions run at the same time. Only a text that expired before anybody approved it is written anew.
 * What a language model has worded anew waits for the staff, whatever the policy: nobody has approved these words before.
 * @param approval the same for all, or of each in the order given
 * @returns for each message, in the order given, the one that the occasion now has
 * @throws CrmError where an occasion or an address is not this customer's, or none of this shop; nothing is stored then
 */
export async function queueMessages(store: Store, messages: readonly NewMessage[], approval: Approval | readonly Approval[], now: Instant): Promise<QueuedMessage[]> {
	if (messages.length === 0) return [];
	const rows = messages.map((entry, position) => ({ ...toRow(entry, typeof approval === 'string' ? approval : approval[position]), position }));
	return await inTransaction(store.db, async (transaction) => {
		const written = await sql<StoredRow>`
			insert into messages (shop_id, created_at, updated_at, kind, ${NAMES})
			select ${store.shop.id}, ${now}, ${now}, ${KIND}, ${VALUES} from ${rowSet(rows, GIVEN)} as entry
			where exists (select 1 from occasions where occasions.id = entry.occasion_id and occasions.customer_id = entry.customer_id and +occasions.shop_id = ${store.shop.id})
				and exists (select 1 from contact_points as point where point.id = entry.contact_point_id and point.customer_id = entry.customer_id)
			${AS_GIVEN}
			on conflict (occasion_id) do update set ${RENEWED}, later_on = null, written = null, edited_at = null, updated_at = excluded.updated_at
				where messages.state = 'expired' and excluded.expires_on > messages.expires_on
			returning id, occasion_id, state, channel, class, template_id, template_version`.execute(transaction);
		const htmlOf = new Map(messages.map(({ occasionId, message }) => [occasionId, message.html]));
		await saveHtml(transaction, written.rows.map(({ id, occasion_id }) => ({ id, html: htmlOf.get(occasion_id) })));
		const scope = { db: transaction, shop: store.shop };
		await recordHistory(transaction, written.rows.map(({ id, state }) => ({ id, to: state, who: state === 'approved' ? 'policy' : 'workflow' })), now);
		await settleOccasions(scope, messages.map(({ occasionId }) => ({ occasionId, outcome: 'message' })), now);
		const created = new Set(written.rows.map(({ id }) => id));
		const byOccasion = new Map([...written.rows, ...(await stored(scope, occasionsWithout(messages, written.rows)))].map((row) => [row.occasion_id, row]));
		return messages.map(({ occasionId }) => {
			const row = byOccasion.get(occasionId);
			if (!row) throw new CrmError('A message is for an occasion or an address that its customer does not have in this shop', 'Run the Consent Check again just before this node, with the same credential.');
			return toQueued(row, created);
		});
	});
}

function occasionsWithout(messages: readonly NewMessage[], written: readonly StoredRow[]): number[] {
	const known = new Set(written.map(({ occasion_id }) => occasion_id));
	return messages.map(({ occasionId }) => occasionId).filter((id) => !known.has(id));
}

/** The messages that these occasions had already. */
async function stored({ db, shop }: Pick<Store, 'db' | 'shop'>, occasions: readonly number[]): Promise<StoredRow[]> {
	if (occasions.length === 0) return [];
	const { rows } = await sql<StoredRow>`
		select id, occasion_id, state, channel, class, template_id, template_version from messages
		where occasion_id in ${idSet(occasions)} and +shop_id = ${shop.id}`.execute(db);
	return rows;
}

interface StoredRow {
	id: number;
	occasion_id: number;
	state: MessageState;
	channel: string;
	class: string;
	template_id: string;
	template_version: number;
}

/** The first item of an occasion made the message; a second one in the same batch is a duplicate like any other. */
function toQueued(row: StoredRow, created: Set<number>): QueuedMessage {
	const duplicate = !created.delete(row.id);
	return {
		id: row.id,
		state: row.state as QueuedMessage['state'],
		channel: row.channel as QueuedMessage['channel'],
		class: row.class as QueuedMessage['class'],
		templateId: row.template_id,
		templateVersion: row.template_version,
		duplicate,
	};
}

function toRow({ message, ...entry }: NewMessage, approval: Approval) {
	const isApproved = approval === 'policy' && !message.rewording;
	return {
		state: isApproved ? 'approved' : 'pending',
		customer_id: entry.customerId,
		occasion_id: entry.occasionId,
		contact_point_id: entry.contactPointId,
		decision_id: entry.decisionId ?? null,
		channel: message.channel,
		class: message.class,
		intent: message.intent ?? null,
		language: message.language,
		template_id: message.templateId,
		template_version: message.templateVersion,
		subject: message.subject ?? null,
		preheader: message.preheader ?? null,
		body: message.body,
		text: message.text,
		extra: message.extra ? JSON.stringify(message.extra) : null,
		refusal_url: message.refusalUrl ?? null,
		content_hash: entry.contentHash,
		approved_hash: isApproved ? entry.contentHash : null,
		expires_on: entry.expiresOn ?? null,
		not_before: entry.notBefore ?? null,
		uses: entry.uses ? JSON.stringify(entry.uses) : null,
		rewording: message.rewording ? JSON.stringify(message.rewording) : null,
	};
}
