import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemSegments } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { matches } from '../../lib/segments/matches';
import type { Store } from '../../lib/store/open';
import { segmentFacts } from '../../lib/store/segments/members';
import { settleOccasions } from '../../lib/store/settling';
import { unknownCustomer, withOccasionIds } from '../shared/occasions';
import { askedOf, factsToRead, itemSegments, segmentScope, type ChosenSegment } from '../shared/segment';

/** What the node finds out of an item. */
export interface SegmentAnswer {
	isIn: boolean;
	segments: ItemSegments;
}

/**
 * Tells of each item's customer whether the segment holds for it.
 * @param chosen the segment of each item; they differ in the values that facts are compared with, not in their settings
 * @returns for each item, in the order given, the answer, or why there is none
 */
export async function segmentItems(store: Store, items: readonly CrmItem[], chosen: readonly ChosenSegment[], now: Instant): Promise<Array<SegmentAnswer | CrmError>> {
	if (items.length === 0) return [];
	const asked = chosen.flatMap(askedOf);
	const scope = await segmentScope(store, asked.map(({ fact }) => ({ fact })), chosen[0].settings, shopToday(store.shop, now));
	const names = [...new Set(chosen.flatMap(factsToRead))];
	const known = await segmentFacts(store, items.map(({ customer }) => customer.id), names, scope);
	return items.map(({ customer, segments }, position) => {
		const facts = known.get(customer.id);
		if (!facts) return unknownCustomer(customer.id);
		return { isIn: matches(chosen[position].rule, facts), segments: itemSegments(chosen[position], facts, segments) };
	});
}

/** Records of these items that their occasions end here, for the count of all occasions. Items without one are left alone. */
export async function settleNotMatched(store: Store, items: readonly CrmItem[], now: Instant): Promise<void> {
	const occasions = await withOccasionIds(store, items.filter(({ occasion }) => occasion?.kind !== undefined), now);
	const ids = occasions.flatMap((occasion) => (occasion instanceof CrmError || occasion.id === undefined ? [] : [occasion.id]));
	await settleOccasions(store, ids.map((occasionId) => ({ occasionId, outcome: 'not-matched', reason: 'NOT_IN_SEGMENT' })), now);
}
