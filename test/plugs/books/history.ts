import type { BookRule } from './check';

/**
 * Which state may follow which, reckoned anew from the design: what waits can be edited and put off, a decision taken back, a text that expired unread written anew. `sending` goes
 * back to `approved` only where the provider has certainly not taken it, and `sent` where it says so later.
 */
const NEXT: Record<string, readonly string[]> = {
	'': ['pending', 'approved'],
	pending: ['pending', 'approved', 'rejected', 'expired', 'blocked'],
	// One that only waits for its hour stays approved, with a reason.
	approved: ['approved', 'sending', 'rejected', 'expired', 'blocked', 'pending'],
	rejected: ['pending'],
	sending: ['sent', 'failed', 'uncertain', 'approved'],
	uncertain: ['sent', 'delivered', 'read', 'failed'],
	sent: ['delivered', 'read', 'failed', 'approved'],
	delivered: ['read'],
	read: [],
	failed: [],
	blocked: [],
	expired: [],
};

/** Each message has a history from its first state to the one that it is in, without a gap. */
export const wholeHistory: BookRule = {
	name: 'whole-history',
	breaches: ({ messages, history }) => {
		const byMessage = Map.groupBy(history, ({ message_id }) => message_id);
		return messages.flatMap(({ id, state }) => {
			const changes = byMessage.get(id) ?? [];
			if (changes.length === 0) return [`message ${id} has no history`];
			const gaps = changes.flatMap(({ from_state }, position) => {
				const before = position === 0 ? null : changes[position - 1].to_state;
				// A text that expired is written anew: a new beginning.
				if (from_state === before || (from_state === null && before === 'expired')) return [];
				return [`message ${id}: change ${position + 1} comes from ${from_state}, after ${before}`];
			});
			const last = changes[changes.length - 1].to_state;
			return last === state ? gaps : [...gaps, `message ${id} is ${state}, and its history ends with ${last}`];
		});
	},
};

/** No change that a message cannot make. */
export const legalChanges: BookRule = {
	name: 'legal-changes',
	breaches: ({ history }) =>
		history.filter(({ from_state, to_state }) => !(NEXT[from_state ?? ''] ?? []).includes(to_state)).map(({ message_id, from_state, to_state, who }) => `message ${message_id}: ${from_state} to ${to_state}, by ${who}`),
};

/** At rest nothing is on its way, and nothing waits that could leave. */
export const nothingUnderWay: BookRule = {
	name: 'nothing-under-way',
	breaches: ({ messages, now }) =>
		messages.flatMap(({ id, state, not_before }) => {
			if (state === 'sending') return [`message ${id} is still on its way`];
			return state === 'approved' && (not_before === null || not_before <= now) ? [`message ${id} is approved, and nothing keeps it`] : [];
		}),
};

/** What left, left on a decision that was taken at that moment. */
export const decisionBeforeSending: BookRule = {
	name: 'decision-before-sending',
	breaches: ({ messages, bookings, decisions }) => {
		const allowed = new Set(decisions.filter(({ moment, outcome }) => moment === 'send' && outcome === 'allow').map(({ occasion_id }) => occasion_id));
		const occasionOf = new Map(messages.map(({ id, occasion_id }) => [id, occasion_id]));
		return bookings.filter(({ messageId }) => occasionOf.has(messageId) && !allowed.has(occasionOf.get(messageId) as number)).map(({ messageId }) => `message ${messageId} left without a decision of that moment`);
	},
};
