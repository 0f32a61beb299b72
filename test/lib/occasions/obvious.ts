import type { BirthdayDays } from '../../../lib/occasions/birthdaySettings';
import type { Greeting, Person } from './simulation';

/**
 * The slow and obvious second opinion, without a line of the product's code: for each person and each year, on which day is the
 * birthday, and which poll was the first that could see it?
 */
export function obviousGreetings(people: Person[], polls: string[], settings: BirthdayDays): Greeting[] {
	const greetings: Greeting[] = [];
	const numbers = polls.map(dayNumber);
	const firstYear = Number(polls[0].slice(0, 4)) - 1;
	const lastYear = Number(polls[polls.length - 1].slice(0, 4)) + 1;
	for (const { id, birthDate } of people) {
		const [born, month, day] = birthDate.split('-').map(Number);
		for (let year = Math.max(firstYear, born + 1); year <= Math.min(lastYear, born + 120); year++) {
			const dueOn = month === 2 && day === 29 && !isLeap(year) ? `${year}-${settings.leapDay}` : `${year}${birthDate.slice(4)}`;
			const due = dayNumber(dueOn);
			const first = numbers.findIndex((today) => today >= due - settings.earlyDays && today <= due + settings.belatedDays);
			if (first >= 0) greetings.push({ id, dueOn, on: polls[first] });
		}
	}
	return greetings;
}

export function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function dayNumber(day: string): number {
	const [year, month, date] = day.split('-').map(Number);
	return Date.UTC(year, month - 1, date) / 86_400_000;
}
