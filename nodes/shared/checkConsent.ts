import { joinedUses } from '../../lib/consent/dataUse';
import { decide } from '../../lib/consent/decide';
import type { Decision, DecisionRequest } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemOccasion } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { recentContacts } from '../../lib/store/contacts';
import { recordDecisions } from '../../lib/store/decisions';
import { customerFacts } from '../../lib/store/facts';
import { inTransaction, type Store } from '../../lib/store/open';
import { settleDecided } from '../../lib/store/settling';
import { decidedOccasion } from './decided';
import { unknownCustomer, withOccasionIds } from './occasions';
import { usesOfSegments } from './segment';
import { plannedWhatsApp } from './whatsAppFacts';

/** What the node adds to an item. */
export interface CheckedParts {
	occasion: ItemOccasion;
	decision: Decision;
}

/** What the panel says of the messages. */
export type CheckSettings = Pick<DecisionRequest, 'channels' | 'choice' | 'fallback' | 'asksForConsent'> & { usesHealth?: boolean };

/**
 * Decides about each item when a message is planned, records every decision, and settles the occasions that are not allowed. Items are checked
 * in one round of queries, whatever their number.
 * @param settings the same for all items, or of each
 * @returns for each item, in the order given, what it gets, or why it could not be checked
 */
export async function checkConsent(store: Store, items: readonly CrmItem[], settings: CheckSettings | ((item: CrmItem) => CheckSettings), now: Instant): Promise<Array<CheckedParts | CrmError>> {
	if (items.length === 0) return [];
	const occasions = await withOccasionIds(store, items, now);
	const ids = [...new Set(items.map(({ customer }) => customer.id))];
	const today = shopToday(store.shop, now);
	const facts = await customerFacts(store, ids);
	const contacts = await recentContacts(store, ids, today);
	const asked = items.map((item) => (typeof settings === 'function' ? settings(item) : settings));
	const whatsApp = await plannedWhatsApp(store, asked.flatMap(({ channels }) => channels), ids, now);
	const answers = items.map(({ customer, segments }, position): CheckedParts | CrmError => {
		const known = facts.get(customer.id);
		const occasion = occasions[position];
		if (occasion instanceof CrmError) return occasion;
		if (!known) return unknownCustomer(customer.id);
		const { class: messageClass, kind, dueOn, id: occasionId } = occasion;
		const { usesHealth, ...wanted } = asked[position];
		const uses = joinedUses(occasion.uses, usesOfSegments(segments), { health: usesHealth });
		const request: DecisionRequest = { ...wanted, class: messageClass, kind, dueOn, occasionId, uses, moment: 'plan', today, now };
		return { occasion, decision: decide(request, { ...known, ...contacts.get(customer.id), whatsApp: whatsApp(known) }, store.shop) };
	});
	await record(store, items, answers, now);
	return answers;
}

async function record(store: Store, items: readonly CrmItem[], answers: Array<CheckedParts | CrmError>, now: Instant): Promise<void> {
	const checked = answers.flatMap((answer, position) =>
		answer instanceof CrmError ? [] : [{ customerId: items[position].customer.id, occasionId: answer.occasion.id as number, ...answer }],
	);
	const today = shopToday(store.shop, now);
	await inTransaction(store.db, async (transaction) => {
		const scope = { db: transaction, shop: store.shop };
		const ids = await recordDecisions(scope, checked);
		checked.forEach(({ decision }, position) => (decision.id = ids[position]));
		const stopped = checked.filter(({ decision }) => decision.outcome !== 'allow');
		await settleDecided(scope, stopped.map(({ occasionId, decision }) => decidedOccasion(occasionId, decision, store.shop, today, now)), now);
	});
}
