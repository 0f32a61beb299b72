import type { Books, OccasionRow } from './books';
import type { BookRule } from './check';

/** Whoever was handed out has a message, or a decision that tells why not; nothing that was handed out is left lying. */
export const occasionsAccounted: BookRule = {
	name: 'occasions-accounted',
	breaches: (books) => {
		const messageOf = new Map(books.messages.map(({ occasion_id, state }) => [occasion_id, state]));
		const decided = Map.groupBy(books.decisions, ({ occasion_id }) => occasion_id);
		const outcomesOf = (id: number) => (decided.get(id) ?? []).map(({ outcome }) => outcome);
		return books.occasions.flatMap((occasion) => {
			const what = loose(occasion, messageOf.get(occasion.id), outcomesOf(occasion.id), books);
			return what === undefined ? [] : [`occasion ${occasion.id} (${occasion.kind}, stage ${occasion.stage}) is ${what}`];
		});
	},
};

/** Why an occasion is not accounted for, if it is not. */
function loose({ state, outcome, reason, leased_until }: OccasionRow, message: string | undefined, decisions: string[], { now }: Books): string | undefined {
	// One that expired unread is handed out again, and may then come to nothing.
	if (message !== undefined && message !== 'expired' && outcome !== 'message') return `${state} as ${outcome}, beside its message`;
	switch (state) {
		case 'waiting':
			return undefined;
		case 'leased':
			if (leased_until === null || leased_until <= now) return 'handed out, and nobody went on with it';
			return outcome === 'deferred' && !decisions.includes('defer') ? 'put off without a decision' : undefined;
		case 'settled':
			if (outcome === 'message') return message !== undefined ? undefined : 'settled by a message that does not exist';
			if (outcome === 'blocked') return decisions.includes('block') ? undefined : 'blocked without a decision';
			if (outcome === 'review') return decisions.includes('review') ? undefined : 'before the staff without a decision';
			return outcome !== null && reason !== null ? undefined : 'settled without a reason';
		default:
			return `in the unknown state ${state}`;
	}
}

/** Whoever had to be noticed stands in the ledger. */
export const nothingForgotten: BookRule = {
	name: 'nothing-forgotten',
	breaches: ({ expected, occasions }) => {
		const known = new Set(occasions.map(({ customer_id, kind }) => `${customer_id} ${kind}`));
		return expected.filter(({ customerId, kind }) => !known.has(`${customerId} ${kind}`)).map(({ customerId, kind }) => `customer ${customerId} was not noticed: ${kind}`);
	},
};

/** One occasion of each key, and one message for it. */
export const oneOfEach: BookRule = {
	name: 'one-of-each',
	breaches: ({ occasions, messages }) => [
		...doubles(occasions, ({ customer_id, kind, due_on, stage }) => `${customer_id} ${kind} ${due_on} ${stage}`).map((key) => `two occasions: ${key}`),
		...doubles(messages, ({ occasion_id }) => String(occasion_id)).map((key) => `two messages for occasion ${key}`),
	],
};

function doubles<Row>(rows: readonly Row[], keyOf: (row: Row) => string): string[] {
	return [...Map.groupBy(rows, keyOf)].filter(([, same]) => same.length > 1).map(([key]) => key);
}
