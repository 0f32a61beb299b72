import { joinedUses } from '../../lib/consent/dataUse';
import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemMessage, ItemOccasion, QueuedMessage } from '../../lib/domain/item';
import { shopToday, type Shop } from '../../lib/domain/shop';
import { daysBetween, localDate, localDayBounds, plusDays, type Instant } from '../../lib/domain/time';
import { contentHash } from '../../lib/messages/hash';
import { contactValues } from '../../lib/store/customers/customers';
import { recordDecisions } from '../../lib/store/decisions';
import { queueMessages, type Approval, type NewMessage } from '../../lib/store/messages';
import { inTransaction, type Store } from '../../lib/store/open';
import { settleDecided } from '../../lib/store/settling';
import { decidedOccasion } from './decided';
import { usesOfSegments } from './segment';
import { withOccasionIds } from './occasions';
import { holdBack, type Candidate } from './holdBack';

/** What the node adds to an item: its message in the store, or the decision that holds it back. */
export type QueuedParts = { occasion: ItemOccasion; message: QueuedMessage } | { occasion: ItemOccasion; decision: Decision };

/**
 * Stores the items' messages, once for each occasion. Caps and priorities are asked again in the transaction that stores them, so that they hold
 * across workflows that run at the same time.
 * @returns for each item, in the order given, what became of it, or why it could not be stored
 */
export async function queueItems(store: Store, items: readonly CrmItem[], approval: Approval, now: Instant): Promise<Array<QueuedParts | CrmError>> {
	if (items.length === 0) return [];
	const occasions = await withOccasionIds(store, items, now);
	const recipients = await contactValues(store, items.map(({ decision }) => (decision as Decision).contactPointId as number));
	const entries = items.map((item, position): Candidate | CrmError => {
		const occasion = occasions[position];
		if (occasion instanceof CrmError) return occasion;
		return candidateOf(item, occasion, recipients.get(item.decision?.contactPointId as number), leavingAt(item, store.shop, now));
	});
	const candidates = entries.filter((entry): entry is Candidate => !(entry instanceof CrmError));
	const answers = await inTransaction(store.db, async (transaction) => await queueCandidates({ ...store, db: transaction }, candidates, approval, now));
	return entries.map((entry) => (entry instanceof CrmError ? entry : (answers.get(entry) as QueuedParts)));
}

async function queueCandidates(store: Store, candidates: readonly Candidate[], approval: Approval, now: Instant): Promise<Map<Candidate, QueuedParts>> {
	const held = await holdBack(store, candidates, now);
	const free = candidates.filter((candidate) => !held.has(candidate));
	const stored = await queueMessages(store, free.map(({ entry }) => entry), approval, now);
	const answers = new Map(free.map((candidate, position): [Candidate, QueuedParts] => [candidate, { occasion: candidate.occasion, message: stored[position] }]));
	const waiting = [...held];
	const ids = await recordDecisions(store, waiting.map(([{ entry }, decision]) => ({ ...entry, decision })));
	waiting.forEach(([candidate, decision], position) => answers.set(candidate, { occasion: candidate.occasion, decision: { ...decision, id: ids[position] } }));
	const today = shopToday(store.shop, now);
	await settleDecided(store, waiting.map(([{ entry }, decision]) => decidedOccasion(entry.occasionId, decision, store.shop, today, now)), now);
	return answers;
}

function candidateOf({ customer, segments, decision: given, message: text }: CrmItem, occasion: ItemOccasion, recipient: { customerId: number; value: string } | undefined, notBefore: Instant | undefined): Candidate | CrmError {
	const decision = given as Decision;
	const message = text as ItemMessage;
	if (decision.outcome !== 'allow') {
		return new CrmError(`The message for customer ${customer.id} was not allowed (${decision.reason})`, 'Connect the output Allowed of the Consent Check only.');
	}
	if (recipient?.customerId !== customer.id) {
		return new CrmError(`The contact point ${decision.contactPointId} is not, or no longer, one of customer ${customer.id}`, 'Run the Consent Check again just before this node.');
	}
	const entry: NewMessage = {
		customerId: customer.id,
		occasionId: occasion.id as number,
		contactPointId: decision.contactPointId as number,
		decisionId: decision.id,
		expiresOn: occasion.expiresOn,
		notBefore,
		message,
		// A segment may have been asked for after the check: what leaves is asked about with all of it.
		uses: joinedUses(decision.uses, occasion.uses, usesOfSegments(segments)),
		contentHash: contentHash({ ...message, recipient: recipient.value }),
	};
	return { entry, occasion, decision, recipient: recipient.value };
}

/** The moment from which on a message may leave that was handed out ahead; a letter leaves at once. The day is the shop's own, which may be rehearsed; the moment is a real one. */
function leavingAt({ occasion: { leavesOn }, decision }: CrmItem, shop: Shop, now: Instant): Instant | undefined {
	if (leavesOn === undefined || decision?.channel === 'letter') return undefined;
	return localDayBounds(plusDays(localDate(now, shop.timeZone), daysBetween(shopToday(shop, now), leavesOn)), shop.timeZone).from;
}
