import type { Decision } from '../../lib/domain/consent';
import type { Channel, Formality, Language, MessageClass } from '../../lib/domain/glossary';
import type { Instant } from '../../lib/domain/time';
import { compose } from '../../lib/messages/compose';
import { retellMessages } from '../../lib/store/approval';
import type { Store } from '../../lib/store/open';
import { messageDetails } from '../../lib/store/review';
import type { OutgoingMessage } from '../../lib/store/sending';

/** What a text says now, by the message's id. */
export type Retold = ReadonlyMap<number, { text: string; html?: string }>;

/** Whose footer tells why the customer is written to. */
const TELLS_BASIS: readonly Channel[] = ['email', 'letter'];

/**
 * Writes e-mails and letters anew that may still leave, but on another legal basis than their footer tells: the staff approve the true sentence, or none. The
 * caller holds the transaction.
 */
export async function retell(store: Store, entries: ReadonlyArray<{ message: OutgoingMessage; decision?: Decision }>, now: Instant): Promise<Retold> {
	const changed = entries.filter(({ message: { channel, planned }, decision }) => TELLS_BASIS.includes(channel) && decision?.outcome === 'allow' && planned && planned.legalBasis !== decision.legalBasis);
	if (changed.length === 0) return new Map();
	const bases = new Map(changed.map(({ message, decision }) => [message.id, decision?.legalBasis]));
	const details = await messageDetails(store, [...bases.keys()]);
	const texts = details.map(({ id, channel, subject, preheader, body, language, formality = store.shop.formality, class: messageClass, refusalUrl }) => {
		const { text, html } = compose({
			channel: channel as Channel, subject, preheader, body, refusalUrl, shop: store.shop, basis: bases.get(id),
			language: language as Language, formality: formality as Formality, class: messageClass as MessageClass,
		});
		return { id, text, ...(html !== undefined && { html }) };
	});
	await retellMessages(store.db, texts, now);
	return new Map(texts.map(({ id, ...text }) => [id, text]));
}
