import type { Sending } from './history';
import { dayOff, hoursOf } from './holidays';
import type { Invariant, Violation } from './invariant';
import { ofSendings } from './persons';

const DAY = 86_400_000;
/** Source: RULES 23. Calls and letters count as well. */
const IN_DAYS = [[7, 1], [30, 2]] as const;

/** Two marketing messages lie at least a week of days apart, three at least a month. */
export const noMoreThanTheCap: Invariant = {
	name: 'no-more-than-the-cap',
	needs: 'FREQUENCY_CAP',
	violations: ({ sendings }) => {
		const marketing = Map.groupBy(sendings.filter(({ class: messageClass }) => messageClass === 'relational' || messageClass === 'promotional'), ({ customer }) => customer.id);
		return [...marketing.values()].flatMap(tooClose);
	},
};

function tooClose(sendings: Sending[]): Violation[] {
	const sorted = [...sendings].sort((one, other) => (one.at < other.at ? -1 : 1));
	return sorted.flatMap(({ day, customer, occasion }, index) =>
		IN_DAYS.flatMap(([days, most]) => {
			const earlier = sorted[index - most];
			if (!earlier || Date.parse(day) - Date.parse(earlier.day) >= days * DAY) return [];
			return [{ day, customer: customer.id, what: `${occasion.kind} is more than ${most} in ${days} days, with ${earlier.occasion.kind} on ${earlier.day}` }];
		}));
}

export const nothingOnDaysOff = ofSendings('nothing-on-days-off', ({ day, occasion }) => {
	const off = dayOff(day);
	return off && `${occasion.kind} on a ${off}`;
}, 'HOLIDAY');

export const nothingInQuietHours = ofSendings('nothing-in-quiet-hours', ({ day, time, occasion }) => {
	const [from, to] = hoursOf(day);
	return time < from || time >= to ? `${occasion.kind} at ${time}` : undefined;
}, 'QUIET_HOURS');
