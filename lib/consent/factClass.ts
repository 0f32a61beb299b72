import type { FactOutline, OutlinedMoments } from '../domain/factOutline';
import { ageOn, type Instant, type LocalDate } from '../domain/time';
import type { ShopRules } from './rule';

/** Texts kept in memory, at most. */
const MOST_KEPT = 50_000;

/**
 * Names the class of a customer's facts: whoever is of the same class gets the same decisions today, so that one of them can be asked for
 * all. It knows no rule, only what rules look at: that they hold moments against each other, now and the days of the notices, but measure no
 * time between them; and an age against the age of adults. A rule that looks at more must be told to here, and the
 * property test of this file finds it.
 */
export function factClasses({ policy, privacyNotices }: ShopRules, today: LocalDate, now: Instant): (outline: FactOutline) => string {
	const instant = Date.parse(now);
	const ageOf = (birthDate: LocalDate) => (ageOn(birthDate, today) >= policy.adultAge ? 'adult' : 'minor');
	const noticesBy = (day: string) => privacyNotices.filter(({ publishedOn }) => publishedOn <= day).length;

	/** For each moment how many others lie between it and now, and how many notices were out on its day; equal moments stay equal. */
	function orderOf(text: string): string {
		const moments = (JSON.parse(text) as OutlinedMoments[]).flat();
		const times = moments.map((moment) => (moment === null ? NaN : Date.parse(moment)));
		const line = [...new Set([...times.filter((time) => !Number.isNaN(time)), instant])].sort((one, other) => one - other);
		const origin = line.indexOf(instant);
		const placeOf = (time: number) => (Number.isNaN(time) ? '?' : line.indexOf(time) - origin);
		return moments.map((moment, index) => (moment === null ? '' : `${placeOf(times[index])}n${noticesBy(moment.slice(0, 10))}`)).join();
	}

	const [points, consents, orders] = [numbered(), numbered(), numbered()];
	const order = remembered((text) => orders(orderOf(text)));
	return ({ birthDate, contactPoints, consents: said, moments, namedPoints }) =>
		`${birthDate && ageOf(birthDate)} ${points(contactPoints ?? '')} ${consents(said ?? '')} ${moments && order(moments)} ${namedPoints}`;
}

/** Gives the same number to the same text, and never one number to two texts: a class has a short name. */
function numbered(): (text: string) => number {
	let next = 0;
	return remembered(() => next++);
}

/** A function that is asked once for each text, as long as there are not too many. */
function remembered<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
	const known = new Map<string, Answer>();
	return (text) => {
		let answer = known.get(text);
		if (answer === undefined) {
			if (known.size >= MOST_KEPT) known.clear();
			known.set(text, (answer = ask(text)));
		}
		return answer;
	};
}
