import { rpoFact, type FactOutline, type OutlinedMoments, type OutlinedStanding } from '../domain/factOutline';
import { ageOn, daysBetween, MAJORITY, plusMonths, type Instant, type LocalDate } from '../domain/time';
import type { ShopRules } from './rule';
import { AFTER_CONTRACT_DAYS, isFresh } from './rules/phone';

/** Texts kept in memory, at most. */
const MOST_KEPT = 50_000;

/**
 * Names the class of a customer's facts: whoever is of the same class gets the same decisions today, so that one of them can be asked for
 * all. It decides nothing; it tells days and moments apart only as far as a rule can: by their order, by now, by the days of notices and of
 * enrolments in the opposition register, by the ages and spans that the rules name. A rule that measures something else must be told to
 * here; the property test of this file finds one that was not.
 */
export function factClasses({ policy, privacyNotices }: ShopRules, today: LocalDate, now: Instant): (outline: FactOutline) => string {
	const instant = Date.parse(now);
	const ofAge = Math.max(MAJORITY, policy.adultAge);
	const ageOf = (birthDate: LocalDate) => Math.min(ageOn(birthDate, today), ofAge);
	const noticesBy = (day: LocalDate) => privacyNotices.filter(({ publishedOn }) => publishedOn <= day).length;
	const isAged = (day: LocalDate) => policy.consentMonths > 0 && plusMonths(day, policy.consentMonths) <= today;

	/** For each moment how many others lie between it and now, and what its day means; equal moments stay equal. */
	function orderOf(text: string, enrolments: readonly LocalDate[]): string {
		const moments = (JSON.parse(text) as OutlinedMoments[]).flat();
		const times = moments.map((moment) => (moment === null ? NaN : Date.parse(moment)));
		const line = [...new Set([...times.filter((time) => !Number.isNaN(time)), instant])].sort((one, other) => one - other);
		const origin = line.indexOf(instant);
		const placeOf = (time: number) => (Number.isNaN(time) ? '?' : line.indexOf(time) - origin);
		const meaningOf = (day: LocalDate) => `n${noticesBy(day)}${isAged(day) ? 'a' : ''}e${enrolments.filter((enrolledOn) => enrolledOn < day).length}`;
		return moments.map((moment, index) => (moment === null ? '' : `${placeOf(times[index])}${meaningOf(moment.slice(0, 10))}`)).join();
	}

	function standingOf([rpo, oldestSharer]: OutlinedStanding, enrolments: readonly LocalDate[]): string {
		const { checkedAt, result, enrolledOn } = rpo === null ? {} : rpoFact(rpo);
		const checked = checkedAt === undefined ? '' : `${isFresh(checkedAt, now, policy)} ${result} ${enrolledOn && enrolments.indexOf(enrolledOn)}`;
		return `${checked} ${oldestSharer && /^\d/.test(oldestSharer) ? ageOf(oldestSharer) : oldestSharer}`;
	}

	const [points, consents, orders] = [numbered(), numbered(), numbered()];
	const usualOrder = remembered((text) => orders(orderOf(text, [])));
	return ({ birthDate, preferredChannel, contractUntil, contactPoints, standings, consents: said, moments, namedPoints }) => {
		const age = birthDate && ageOf(birthDate);
		const contract = contractUntil && daysBetween(contractUntil, today) <= AFTER_CONTRACT_DAYS;
		const common = `${age} ${preferredChannel} ${contract} ${points(contactPoints ?? '')} ${consents(said ?? '')} ${namedPoints}`;
		// Most have none: a list without a text in it.
		if (!standings?.includes('"')) return `${common} ${moments && usualOrder(moments)}`;
		const known = JSON.parse(standings) as OutlinedStanding[];
		const enrolments = [...new Set(known.flatMap(([rpo]) => (rpo && rpoFact(rpo).enrolledOn) || []))].sort();
		return `${common} ${moments && orders(orderOf(moments, enrolments))} ${known.map((standing) => standingOf(standing, enrolments)).join()}`;
	};
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
