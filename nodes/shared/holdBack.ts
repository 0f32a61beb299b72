import { heldBack } from '../../lib/consent/heldBack';
import { importanceOf } from '../../lib/consent/importance';
import type { Decision, DecisionRequest } from '../../lib/domain/consent';
import type { PriorContact } from '../../lib/domain/consentFacts';
import type { ItemOccasion } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { recentContacts } from '../../lib/store/contacts';
import type { Approval, NewMessage } from '../../lib/store/messages';
import type { Store } from '../../lib/store/open';

/** A message that wants its place in the queue. */
export interface Candidate {
	entry: NewMessage;
	occasion: ItemOccasion;
	decision: Decision;
	/** The address itself: people who share it get one message of a kind. */
	recipient: string;
	approval: Approval;
}

/** Stands for a message of this very batch, which has no number yet. */
const NO_NUMBER = 0;

/** The candidates that have to wait or are dropped, with why: the more important ones take their places first. The caller holds the transaction. */
export async function holdBack(store: Store, candidates: readonly Candidate[], now: Instant): Promise<Map<Candidate, Decision>> {
	if (candidates.length === 0) return new Map();
	const today = shopToday(store.shop, now);
	const known = await recentContacts(store, [...new Set(candidates.map(({ entry }) => entry.customerId))], today);
	const held = new Map<Candidate, Decision>();
	const placed = new Map<string, Candidate[]>();
	for (const candidate of [...candidates].sort((one, other) => importanceOf(one.occasion) - importanceOf(other.occasion))) {
		const { entry, occasion, decision, recipient } = candidate;
		const keys = [`customer ${entry.customerId}`, `${decision.channel} ${recipient}`];
		const ofBatch = [...new Set(keys.flatMap((key) => placed.get(key) ?? []))].map((other) => asContact(other, entry));
		const { class: messageClass, kind, dueOn } = occasion;
		const request: DecisionRequest = { class: messageClass, kind, dueOn, occasionId: entry.occasionId, channels: [decision.channel], moment: 'plan', today, now };
		const wait = heldBack(decision, request, [...(known.get(entry.customerId)?.contacts ?? []), ...ofBatch], entry.customerId, store.shop);
		if (wait) held.set(candidate, wait);
		else for (const key of keys) placed.set(key, [...(placed.get(key) ?? []), candidate]);
	}
	return held;
}

function asContact({ entry: { customerId, occasionId }, occasion: { kind, dueOn, class: messageClass } }: Candidate, mine: NewMessage): PriorContact {
	const own = customerId === mine.customerId;
	return { messageId: NO_NUMBER, occasionId, kind, dueOn, class: messageClass, state: 'waiting', ...(!own && { sharedPointId: mine.contactPointId }) };
}
