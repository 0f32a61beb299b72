import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel } from '../../lib/domain/glossary';
import type { CrmItem, ItemMessage, ItemOccasion, QueuedMessage } from '../../lib/domain/item';
import type { Instant } from '../../lib/domain/time';
import type { Approval } from '../../lib/store/messages';
import { inTransaction, type Store } from '../../lib/store/open';
import { checkConsent } from './checkConsent';
import { queueItems } from './queueItems';

/** How a workflow goes on with what is due. */
export interface ContactPlan {
	/** The channels to try for an occasion, the most wanted first. */
	channelsOf(occasion: ItemOccasion): Channel[];
	/** Writes the message on the channel that was decided, or says why it cannot. */
	write(item: CrmItem): ItemMessage | CrmError;
	approvalOf(occasion: ItemOccasion): Approval;
}

/** How far an item came: to a message, to a decision that lets none through, or to a problem. */
export interface PlannedContact {
	item: CrmItem;
	decision?: Decision;
	message?: QueuedMessage;
	problem?: CrmError;
}

/**
 * What a workflow does with items of the Due triggers, without n8n: Consent Check, Personalize Message, Queue for Approval, the same code, each in
 * one batch, in one transaction.
 * @returns for each item, in the order given, how far it came
 */
export async function planContacts(store: Store, items: readonly CrmItem[], plan: ContactPlan, now: Instant): Promise<PlannedContact[]> {
	if (items.length === 0) return [];
	return await inTransaction(store.db, async (transaction) => await planAll({ ...store, db: transaction }, items, plan, now));
}

async function planAll(store: Store, items: readonly CrmItem[], { channelsOf, write, approvalOf }: ContactPlan, now: Instant): Promise<PlannedContact[]> {
	const planned = items.map((item): PlannedContact => ({ item }));
	const checked = await checkConsent(store, items, ({ occasion }) => ({ channels: channelsOf(occasion) }), now);
	checked.forEach((answer, position) => Object.assign(planned[position], answer instanceof CrmError ? { problem: answer } : { decision: answer.decision }));
	const allowed = planned.filter(({ decision }) => decision?.outcome === 'allow');
	for (const entry of allowed) {
		const item = { ...entry.item, decision: entry.decision };
		const message = write(item);
		Object.assign(entry, message instanceof CrmError ? { problem: message } : { item: { ...item, message } });
	}
	const written = allowed.filter(({ problem }) => problem === undefined);
	const queued = await queueItems(store, written.map(({ item }) => item), ({ occasion }) => approvalOf(occasion), now);
	// The message, or the decision that holds it back.
	queued.forEach((answer, position) => Object.assign(written[position], answer instanceof CrmError ? { problem: answer } : 'message' in answer ? { message: answer.message } : { decision: answer.decision }));
	return planned;
}
