import type { MessageRow } from './books';
import type { BookRule } from './check';

const SENT = ['sent', 'delivered', 'read'];
const MAY_HAVE_LEFT = [...SENT, 'uncertain'];

/** The provider took no message twice, whatever the attempt. */
export const sentOnce: BookRule = {
	name: 'sent-once',
	breaches: ({ bookings }) =>
		[...Map.groupBy(bookings, ({ messageId }) => messageId)].filter(([, booked]) => booked.length > 1)
			.map(([id, booked]) => `message ${id} was taken ${booked.length} times, as attempts ${booked.map(({ attempt }) => attempt).join(', ')}`),
};

/** What counts as sent was taken by the provider, for this very recipient. */
export const sentIsBooked: BookRule = {
	name: 'sent-is-booked',
	breaches: ({ messages, bookings }) => {
		const booked = new Map(bookings.map((booking) => [booking.messageId, booking]));
		return messages.filter(({ state }) => SENT.includes(state)).flatMap(({ id, state, recipient }) => {
			const booking = booked.get(id);
			if (!booking) return [`message ${id} is ${state}, and nobody took it`];
			return booking.recipient === recipient ? [] : [`message ${id} went to somebody else`];
		});
	},
};

/** What the provider took counts as sent, or as uncertain: it is never forgotten, and never called failed. */
export const bookedIsKnown: BookRule = {
	name: 'booked-is-known',
	breaches: ({ messages, bookings }) => {
		const byId = new Map(messages.map((message) => [message.id, message]));
		return bookings.flatMap(({ messageId }) => {
			const state = byId.get(messageId)?.state ?? 'unknown to the store';
			return MAY_HAVE_LEFT.includes(state) ? [] : [`message ${messageId} was taken, and is ${state}`];
		});
	},
};

/** Nothing leaves but the text that was approved. */
export const approvedText: BookRule = {
	name: 'approved-text',
	breaches: ({ messages }) =>
		messages.filter((message) => isOnItsWay(message) && message.approved_hash !== message.content_hash).map(({ id, state }) => `message ${id} is ${state}, with a text that nobody approved`),
};

function isOnItsWay({ state }: MessageRow): boolean {
	return [...MAY_HAVE_LEFT, 'sending', 'approved'].includes(state);
}

/** A yes or no that the staff saw accepted stands in the history. */
export const acknowledgedDecisions: BookRule = {
	name: 'acknowledged-decisions',
	breaches: ({ acknowledged, history }) => {
		const known = new Set(history.map(({ message_id, to_state }) => `${to_state} ${message_id}`));
		return acknowledged.flatMap((one) => (one.done === 'consent' || known.has(`${one.done} ${one.messageId}`) ? [] : [`message ${one.messageId} was ${one.done}, and the history does not know`]));
	},
};
