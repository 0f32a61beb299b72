import type { FactOutline, OutlinedMoments } from '../domain/factOutline';
import { ageOn, type Instant, type LocalDate } from '../domain/time';
import type { ShopRules } from './rule';

/** Texts kept in memory, at most. */
const MOST_KEPT = 50_000;

/**
 * Names the class of a customer's facts: whoever is of the same class gets the same decisions today, so that one of them can be asked for
 * all. It knows no rule, only what rules look at: that they hold moments against each other, now and the days of the notices, but measure no
 * time between them; an age against the age of adults; and ids against ids. A rule that looks at more must be told to here, and the
 * property test of this file finds it.
 */
export function factClasses({ policy, privacyNotices }: ShopRules, today: LocalDate, now: Instant): (outline: FactOutline) => string {
	const orders = new Map<string, string>();
	const orderOf = (text: string) => {
		let order = orders.get(text);
		if (order === undefined) {
			if (orders.size >= MOST_KEPT) orders.clear();
			orders.set(text, (order = orderOfMoments((JSON.parse(text) as OutlinedMoments[]).flat())));
		}
		return order;
	};
	const noticesBy = (day: string) => privacyNotices.filter(({ publishedOn }) => publishedOn <= day).length;
	const instant = Date.parse(now);

	/** For each moment how many others lie between it and now, and how many notices were out on its day; equal moments stay equal. */
	function orderOfMoments(moments: Array<Instant | null>): string {
		const times = moments.map((moment) => (moment === null ? NaN : Date.parse(moment)));
		const line = [...new Set([...times.filter((time) => !Number.isNaN(time)), instant])].sort((one, other) => one - other);
		const origin = line.indexOf(instant);
		const place = (time: number) => (Number.isNaN(time) ? '?' : line.indexOf(time) - origin);
		return moments.map((moment, index) => (moment === null ? '' : `${place(times[index])}n${noticesBy(moment.slice(0, 10))}`)).join();
	}

	return ({ birthDate, contactPoints, contactPointIds, consents, moments, namedPoints }) => {
		const age = birthDate === null ? '' : ageOn(birthDate, today) >= policy.adultAge ? 'adult' : 'minor';
		const named = namedPoints === null ? '' : placesOf(namedPoints, contactPointIds);
		return `${age}\n${contactPoints}\n${consents}\n${moments === null ? '' : orderOf(moments)}\n${named}`;
	};
}

/** Each named contact point by its place among the customer's own; -1 for one that is none of hers. */
function placesOf(namedPoints: string, contactPointIds: string | null): string {
	const own = JSON.parse(contactPointIds ?? '[]') as number[];
	return (JSON.parse(namedPoints) as Array<number | null>).map((id) => (id === null ? '' : own.indexOf(id))).join();
}
