import { CrmError } from '../../lib/domain/errors';
import { MESSAGE_CLASSES } from '../../lib/domain/glossary';
import type { CrmItem, ItemOccasion } from '../../lib/domain/item';
import { isLocalDate, type Instant } from '../../lib/domain/time';
import { occasionIds, type OccasionKey } from '../../lib/store/settling';
import type { Store } from '../../lib/store/open';
import { NOBODY } from './sample';

/** What the store has answered to an earlier node of the same execution, by the key of the occasion. */
const answered = new WeakMap<Store, Map<string, number>>();

/** The ids of occasions are asked for once, for as long as this very store is held on to: a moment. */
export function rememberOccasions(store: Store): void {
	answered.set(store, new Map());
}

/**
 * The items' occasions with their ids in the ledger. Those of a consultant's own source are entered first, so that they are counted too.
 * An id that an item brings is not trusted: it may be of another store, or of another item that was merged in.
 * @returns for each item, in the order given, its occasion, or why it cannot be used
 */
export async function withOccasionIds(store: Store, items: readonly CrmItem[], now: Instant): Promise<Array<ItemOccasion | CrmError>> {
	const answers = items.map(({ occasion }): ItemOccasion | CrmError => occasionProblem(occasion) ?? occasion);
	const usable = answers.flatMap((answer, position) => (answer instanceof CrmError ? [] : [position]));
	if (usable.length === 0) return answers;
	const keys = usable.map((position): OccasionKey => {
		const { kind, dueOn, stage, expiresOn } = items[position].occasion;
		return { customerId: items[position].customer.id, kind, dueOn, stage, expiresOn };
	});
	const ids = await idsOf(store, keys, now);
	usable.forEach((position, index) => {
		const id = ids[index];
		const { customer, occasion } = items[position];
		answers[position] = id === undefined ? unknownCustomer(customer.id) : { ...occasion, id };
	});
	return answers;
}

async function idsOf(store: Store, keys: readonly OccasionKey[], now: Instant): Promise<Array<number | undefined>> {
	const known = answered.get(store);
	const names = keys.map(({ customerId, kind, dueOn, stage }) => `${customerId} ${kind} ${dueOn} ${stage}`);
	if (known && names.every((name) => known.has(name))) return names.map((name) => known.get(name));
	const ids = await occasionIds(store, keys, now);
	names.forEach((name, position) => {
		const id = ids[position];
		if (id !== undefined) known?.set(name, id);
	});
	return ids;
}

function occasionProblem({ kind, dueOn, stage, expiresOn, leavesOn, uses, class: messageClass }: ItemOccasion): CrmError | undefined {
	if (typeof kind !== 'string') return new CrmError('occasion.kind is no text', 'Write for example birthday, or campaign. with a name.');
	for (const [field, day] of Object.entries({ dueOn, ...(expiresOn && { expiresOn }), ...(leavesOn && { leavesOn }), ...(uses?.purchaseOn !== undefined && { 'uses.purchaseOn': uses.purchaseOn }) })) {
		if (!isLocalDate(day)) return new CrmError(`occasion.${field} is no calendar day`, 'Write it as YYYY-MM-DD, for example 2026-11-22.');
	}
	if (!Number.isSafeInteger(stage) || stage < 1) {
		return new CrmError('occasion.stage is no whole number from 1 up', 'Set it to the number 1 for the first contact, 2 for the first reminder.');
	}
	if (!MESSAGE_CLASSES.includes(messageClass)) {
		return new CrmError('occasion.class is unknown', `Set it to one of ${MESSAGE_CLASSES.join(', ')}.`);
	}
	return undefined;
}

/** An item names a customer that is not in this shop's store. */
export function unknownCustomer(id: number): CrmError {
	if (id === NOBODY) {
		return new CrmError('This is the made-up example that a Due trigger shows while nobody is due', 'Set up the next nodes with it; run the workflow when "Fetch Test Event" shows somebody who is due.');
	}
	return new CrmError(
		`The store of this shop has no customer ${id}`,
		'Take customer.id from the Due triggers or from Optical CRM > Customer > Get, with the same credential.',
	);
}
