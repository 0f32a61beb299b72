import type { History, OccasionRow } from './history';
import type { Invariant, Violation } from './invariant';

/** As the trigger is set: so many days late a birthday is still greeted. */
const BELATED_DAYS = 3;
const DAY = 86_400_000;

/** Every birthday of a living customer whom the shop knew has one occasion, if anybody looked in time, and never a second one. */
export const eachBirthdayOnce: Invariant = {
	name: 'each-birthday-once',
	violations: (history) => {
		const found: Violation[] = [];
		const occasions = Map.groupBy(history.occasions.filter(({ kind }) => kind === 'birthday'), ({ customer_id }) => customer_id);
		for (const [customer, theirs] of occasions) {
			const days = theirs.map(({ due_on }) => due_on).sort();
			days.forEach((day, index) => {
				if (index > 0 && Date.parse(day) - Date.parse(days[index - 1]) < 360 * DAY) found.push({ day, customer, what: `a second birthday after that of ${days[index - 1]}` });
			});
		}
		for (const customer of history.customers.values()) {
			if (!customer.birth_date || customer.deceased || customer.erased_at) continue;
			const known = new Set((occasions.get(customer.id) ?? []).map(({ due_on }) => due_on));
			for (let year = Number(history.from.slice(0, 4)); `${year}` <= history.end; year++) {
				const day = celebrated(customer.birth_date, year);
				if (year - Number(customer.birth_date.slice(0, 4)) < 1 || !couldBeSeen(history, day, customer.created_at) || known.has(day)) continue;
				found.push({ day, customer: customer.id, what: 'a birthday was forgotten' });
			}
		}
		for (const { occasion, day, customer } of history.sendings) {
			// An erasure takes the day of birth out of the ledger too.
			if (occasion.kind === 'birthday' && customer.erased_at === null && !inWindow(occasion, day)) found.push({ day, customer: customer.id, what: `a greeting for ${occasion.due_on} outside its window` });
		}
		return found;
	},
};

/** Who was born on 29 February celebrates on the 28th in common years. */
function celebrated(birthDate: string, year: number): string {
	const isLeap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
	return `${year}-${birthDate.endsWith('02-29') && !isLeap ? '02-28' : birthDate.slice(5)}`;
}

/** Whether the triggers polled on the day or one of the three days after it, when the customer was in the store. */
function couldBeSeen({ recording, end }: History, day: string, createdAt: string): boolean {
	const window = Array.from({ length: BELATED_DAYS + 1 }, (_, later) => new Date(Date.parse(day) + later * DAY).toISOString().slice(0, 10));
	return day < end && window.some((each) => recording.polled.has(each) && createdAt.slice(0, 10) < each);
}

function inWindow({ due_on }: OccasionRow, day: string): boolean {
	const late = (Date.parse(day) - Date.parse(due_on)) / DAY;
	return late >= 0 && late <= BELATED_DAYS;
}
