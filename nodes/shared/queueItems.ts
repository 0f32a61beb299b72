import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemMessage, ItemOccasion, QueuedMessage } from '../../lib/domain/item';
import type { Instant } from '../../lib/domain/time';
import { contentHash } from '../../lib/messages/hash';
import { contactValues } from '../../lib/store/customers';
import { queueMessages, type Approval, type NewMessage } from '../../lib/store/messages';
import type { Store } from '../../lib/store/open';
import { withOccasionIds } from './occasions';

/** What the node adds to an item. */
export interface QueuedParts {
	occasion: ItemOccasion;
	message: QueuedMessage;
}

/**
 * Stores the items' messages, once for each occasion.
 * @returns for each item, in the order given, its message in the store, or why it could not be stored
 */
export async function queueItems(store: Store, items: readonly CrmItem[], approval: Approval, now: Instant): Promise<Array<QueuedParts | CrmError>> {
	if (items.length === 0) return [];
	const occasions = await withOccasionIds(store, items, now);
	const recipients = await contactValues(store, items.map(({ decision }) => (decision as Decision).contactPointId as number));
	const entries = items.map(({ customer, decision: given, message: text }, position): NewMessage | CrmError => {
		const decision = given as Decision;
		const message = text as ItemMessage;
		const occasion = occasions[position];
		if (occasion instanceof CrmError) return occasion;
		if (decision.outcome !== 'allow') {
			return new CrmError(`The message for customer ${customer.id} was not allowed (${decision.reason})`, 'Connect the output Allowed of the Consent Check only.');
		}
		const recipient = recipients.get(decision.contactPointId as number);
		if (recipient?.customerId !== customer.id) {
			return new CrmError(`The contact point ${decision.contactPointId} is not, or no longer, one of customer ${customer.id}`, 'Run the Consent Check again just before this node.');
		}
		return {
			customerId: customer.id,
			occasionId: occasion.id as number,
			contactPointId: decision.contactPointId as number,
			decisionId: decision.id,
			expiresOn: occasion.expiresOn,
			message,
			contentHash: contentHash({ ...message, recipient: recipient.value }),
		};
	});
	const storable = entries.filter((entry): entry is NewMessage => !(entry instanceof CrmError));
	const stored = await queueMessages(store, storable, approval, now);
	const results = stored[Symbol.iterator]();
	return entries.map((entry, position) =>
		entry instanceof CrmError
			? entry
			: { occasion: occasions[position] as ItemOccasion, message: results.next().value as QueuedMessage },
	);
}
