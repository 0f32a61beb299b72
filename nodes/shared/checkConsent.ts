import { decide } from '../../lib/consent/decide';
import type { Decision, DecisionRequest } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel } from '../../lib/domain/glossary';
import type { CrmItem, ItemOccasion } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { recordDecisions } from '../../lib/store/decisions';
import { customerFacts } from '../../lib/store/facts';
import { settleOccasions } from '../../lib/store/settling';
import type { Store } from '../../lib/store/open';
import { unknownCustomer, withOccasionIds } from './occasions';

/** What the node adds to an item. */
export interface CheckedParts {
	occasion: ItemOccasion;
	decision: Decision;
}

/**
 * Decides about each item when a message is planned, records every decision, and settles the occasions that are blocked.
 * @returns for each item, in the order given, what it gets, or why it could not be checked
 */
export async function checkConsent(
	store: Store,
	items: readonly CrmItem[],
	channels: Channel[],
	now: Instant,
): Promise<Array<CheckedParts | CrmError>> {
	if (items.length === 0) return [];
	const occasions = await withOccasionIds(store, items, now);
	const facts = await customerFacts(store, items.map(({ customer }) => customer.id));
	const today = shopToday(store.shop, now);
	const answers = items.map(({ customer }, position): CheckedParts | CrmError => {
		const known = facts.get(customer.id);
		const occasion = occasions[position];
		if (occasion instanceof CrmError) return occasion;
		if (!known) return unknownCustomer(customer.id);
		const request: DecisionRequest = { class: occasion.class, kind: occasion.kind, channels, moment: 'plan', today, now };
		return { occasion, decision: decide(request, known, store.shop) };
	});
	await record(store, items, answers, now);
	return answers;
}

async function record(store: Store, items: readonly CrmItem[], answers: Array<CheckedParts | CrmError>, now: Instant): Promise<void> {
	const checked = answers.flatMap((answer, position) =>
		answer instanceof CrmError ? [] : [{ customerId: items[position].customer.id, occasionId: answer.occasion.id as number, ...answer }],
	);
	await store.db.transaction().execute(async (transaction) => {
		const scope = { db: transaction, shop: store.shop };
		const ids = await recordDecisions(scope, checked);
		checked.forEach(({ decision }, position) => (decision.id = ids[position]));
		const blocked = checked.filter(({ decision }) => decision.outcome === 'block');
		await settleOccasions(scope, blocked.map(({ occasionId, decision }) => ({ occasionId, outcome: 'blocked', reason: decision.reason })), now);
	});
}
