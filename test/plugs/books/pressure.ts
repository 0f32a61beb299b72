import type { MessageRow } from './books';
import type { BookRule } from './check';

const DAY = 86_400_000;
/** Source: RULES 23. */
const IN_DAYS = [[7, 1], [30, 2]] as const;
const COUNTS = ['sending', 'uncertain', 'sent', 'delivered', 'read'];

/** Nobody gets more than one marketing message in a week, and two in a month, by the days on which the shop sent them or may have. */
export const capsHeld: BookRule = {
	name: 'caps-held',
	breaches: ({ messages }) => {
		const counted = messages.filter((message) => isCapped(message) && COUNTS.includes(message.state) && message.sent_on !== null);
		return [...Map.groupBy(counted, ({ customer_id }) => customer_id)].flatMap(([customer, theirs]) => {
			const sorted = theirs.sort((one, other) => Date.parse(one.sent_on as string) - Date.parse(other.sent_on as string));
			return sorted.flatMap((message, index) =>
				IN_DAYS.filter(([days, most]) => index >= most && Date.parse(message.sent_on as string) - Date.parse(sorted[index - most].sent_on as string) < days * DAY)
					.map(([days, most]) => `customer ${customer} got more than ${most} in ${days} days: message ${sorted[index - most].id} on ${sorted[index - most].sent_on}, ${message.id} on ${message.sent_on}`));
		});
	},
};

function isCapped({ class: messageClass, kind }: MessageRow): boolean {
	return ['relational', 'promotional'].includes(messageClass) || kind === 'survey';
}
