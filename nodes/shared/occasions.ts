import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemOccasion } from '../../lib/domain/item';
import { isLocalDate, type Instant } from '../../lib/domain/time';
import { occasionIds, type OccasionKey } from '../../lib/store/settling';
import type { Store } from '../../lib/store/open';

/**
 * The items' occasions with their ids in the ledger; those of a consultant's own source are entered first, so that they are counted too.
 * A day that is none, or a customer that the shop does not know, is told for its item.
 */
export async function withOccasionIds(store: Store, items: readonly CrmItem[], now: Instant): Promise<Array<ItemOccasion | CrmError>> {
	const answers: Array<ItemOccasion | CrmError> = items.map(({ occasion }, index) => validOccasion(occasion, index));
	const missing = answers.flatMap((occasion, position) => (occasion instanceof CrmError || occasion.id ? [] : [position]));
	if (missing.length === 0) return answers;
	const keys = missing.map((position): OccasionKey => {
		const { kind, dueOn, stage, expiresOn } = items[position].occasion;
		return { customerId: items[position].customer.id, kind, dueOn, stage, expiresOn };
	});
	const ids = await occasionIds(store, keys, now);
	missing.forEach((position, index) => {
		const id = ids[index];
		const { customer, occasion } = items[position];
		answers[position] = id === undefined ? unknownCustomer(customer.id) : { ...occasion, id };
	});
	return answers;
}

function validOccasion(occasion: ItemOccasion, index: number): ItemOccasion | CrmError {
	if (isLocalDate(occasion.dueOn)) return occasion;
	return new CrmError(`Item ${index}: occasion.dueOn is no calendar day`, 'Write it as YYYY-MM-DD, for example 2026-11-22.');
}

/** An item names a customer that is not in this shop's store. */
export function unknownCustomer(id: number): CrmError {
	return new CrmError(
		`The store of this shop has no customer ${id}`,
		'Take customer.id from the Due triggers or from Optical CRM > Customer > Get, with the same credential.',
	);
}
