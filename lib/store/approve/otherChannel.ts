import { sql } from 'kysely';
import type { Decision } from '../../domain/consent';
import type { ItemMessage } from '../../domain/item';
import type { Instant } from '../../domain/time';
import type { SeenMessage } from '../approval';
import { recordDecisions } from '../decisions';
import { saveHtml } from '../messageHtml';
import { recordHistory } from '../messageHistory';
import { inTransaction, type Store } from '../open';

/** A message written anew for another channel of the same person, for the same occasion. */
export interface RewrittenMessage {
	customerId: number;
	occasionId: number;
	/** The rules' word on that channel; recorded with it. */
	decision: Decision;
	message: ItemMessage;
	contentHash: string;
}

/**
 * Puts the new text in the place of the one that waits: the occasion keeps its one message, and that still waits for a yes.
 * @returns false when the message was changed or decided meanwhile; then nothing was stored
 */
export async function changeChannel(store: Store, seen: SeenMessage, { customerId, occasionId, decision, message, contentHash }: RewrittenMessage, who: string, now: Instant): Promise<boolean> {
	return await inTransaction(store.db, async (transaction) => {
		const { channel, language, templateId, templateVersion, subject, preheader, body, text, html, extra, refusalUrl } = message;
		const { rows } = await sql<{ id: number }>`
			update messages set channel = ${channel}, contact_point_id = ${decision.contactPointId as number}, language = ${language}, template_id = ${templateId},
				template_version = ${templateVersion}, subject = ${subject ?? null}, preheader = ${preheader ?? null}, body = ${body}, text = ${text},
				extra = ${extra ? JSON.stringify(extra) : null}, refusal_url = ${refusalUrl ?? null}, content_hash = ${contentHash}, approved_hash = null,
				rewording = null, written = null, edited_at = null, updated_at = ${now}
			where id = ${seen.id} and content_hash = ${seen.contentHash} and state = 'pending' and shop_id = ${store.shop.id} returning id`.execute(transaction);
		if (rows.length === 0) return false;
		await saveHtml(transaction, [{ id: seen.id, html }]);
		const [decisionId] = await recordDecisions({ db: transaction, shop: store.shop }, [{ customerId, occasionId, decision }]);
		await sql`update messages set decision_id = ${decisionId} where id = ${seen.id}`.execute(transaction);
		await recordHistory(transaction, [{ id: seen.id, from: 'pending', to: 'pending', who, why: 'OTHER_CHANNEL' }], now);
		return true;
	});
}
