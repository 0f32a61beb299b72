import type { History, OccasionRow } from './history';
import type { Invariant, Violation } from './invariant';

const DAY = 86_400_000;
/** What waits for its turn may do so for four months. Days. */
const LONGEST_WAIT = 121;

/** Why an occasion is not accounted for, if it is not. */
function loose(occasion: OccasionRow, { end, messageOf, decisionsOf }: History): string | undefined {
	const { id, state, outcome, reason, due_on, leased_until } = occasion;
	const decisions = decisionsOf.get(id) ?? [];
	switch (state) {
		case 'leased':
			return Date.parse(`${end}T00:00:00Z`) - Date.parse(leased_until ?? '') > DAY ? 'handed out and never settled' : undefined;
		case 'waiting':
			return Date.parse(end) - Date.parse(due_on) > LONGEST_WAIT * DAY ? 'still waiting' : undefined;
		case 'settled':
			if (outcome === 'message') return messageOf.has(id) ? undefined : 'a message that does not exist';
			if (outcome === 'blocked') return decisions.some((decision) => decision.outcome === 'block') && reason ? undefined : 'blocked without a recorded decision';
			if (outcome === 'deferred') return decisions.some((decision) => decision.outcome === 'defer') ? undefined : 'deferred without a recorded decision';
			return outcome && reason ? undefined : 'settled without a reason';
		default:
			return `in the unknown state ${state}`;
	}
}

export const everyOccasionAccounted: Invariant = {
	name: 'every-occasion-accounted',
	violations: (history) => [
		...history.occasions.flatMap((occasion): Violation[] => {
			const what = loose(occasion, history);
			return what === undefined ? [] : [{ day: occasion.due_on, customer: occasion.customer_id, what: `${occasion.kind}, stage ${occasion.stage}: ${what}` }];
		}),
		...[...history.messages.values()].flatMap(({ customer_id: customer, state, expires_on, id }): Violation[] => {
			const isStuck = state === 'sending' || ((state === 'pending' || state === 'approved') && expires_on !== null && Date.parse(history.end) - Date.parse(expires_on) > 2 * DAY);
			return isStuck ? [{ day: expires_on ?? history.last, customer, what: `message ${id} is still ${state}` }] : [];
		}),
	],
};

/** Neither one message twice nor two messages for one occasion. */
export const nothingTwice: Invariant = {
	name: 'nothing-twice',
	violations: ({ sendings }) =>
		[...Map.groupBy(sendings, ({ customer, occasion: { kind, due_on, stage } }) => `${customer.id} ${kind} ${due_on} ${stage}`).values()].flatMap(([, ...again]) =>
			again.map(({ day, customer, occasion }) => ({ day, customer: customer.id, what: `${occasion.kind} of ${occasion.due_on}, stage ${occasion.stage}, once more` }))),
};

/** What left is what the store says has left, and the other way round. */
export const storeKnowsWhatLeft: Invariant = {
	name: 'store-knows-what-left',
	violations: ({ sendings, messages, last }) => {
		const left = new Set(sendings.map(({ messageId }) => messageId));
		const isSent = (state: string) => ['sent', 'delivered', 'read'].includes(state);
		// Of an unknown outcome the staff may have said that it did not arrive.
		const silent = sendings.filter(({ messageId }) => !isSent(messages.get(messageId)?.state ?? '') && !['uncertain', 'failed'].includes(messages.get(messageId)?.state ?? ''));
		return [
			...silent.map(({ day, customer, messageId }) => ({ day, customer: customer.id, what: `message ${messageId} left, and the store calls it ${messages.get(messageId)?.state}` })),
			...[...messages.values()].filter(({ id, state }) => isSent(state) && !left.has(id))
				.map(({ id, customer_id }) => ({ day: last, customer: customer_id, what: `message ${id} counts as sent, and nobody saw it leave` })),
		];
	},
};
