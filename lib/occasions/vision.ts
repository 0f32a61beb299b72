import { ageOn, plusMonths, type LocalDate } from '../domain/time';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import { latest, type CustomerFacts, type Due } from './facts';
import { refuseWhen, wholeNumber } from './settings';
import { afterDays, afterMonths } from './spans';

/** When the next vision check is due. Months count from the last exam; of several that fit a person the shortest counts. */
export interface VisionSettings extends CourseSettings {
	adultMonths: number;
	/** Below `adultAge` at the exam. */
	minorMonths: number;
	/** From `seniorAge` on at the exam. */
	seniorMonths: number;
	/** Who bought contact lenses in the last two years. */
	lensesMonths: number;
	adultAge: number;
	seniorAge: number;
}

export const VISION_DEFAULTS: VisionSettings = {
	adultMonths: 24, minorMonths: 12, seniorMonths: 12, lensesMonths: 12, adultAge: 18, seniorAge: 60, windowDays: 30, followUps: [21, 45], callLast: true,
};

/** Who bought contact lenses within so many months wears them. */
const LENSES_WORN_MONTHS = 24;
/** The same exam with a corrected day, or the same check with another interval. Days. */
const SAME = { dueDays: 90, sinceDays: 30 };

/** @throws CrmError naming the setting that cannot be used */
export function visionSettings(given: Partial<Record<keyof VisionSettings, unknown>>): VisionSettings {
	const all = { ...VISION_DEFAULTS, ...given };
	const months = (label: string, value: unknown) => wholeNumber(`"${label}" of the vision check`, value, 1, 120);
	const adultAge = wholeNumber('"Adult From" of the vision check', all.adultAge, 1, 120);
	const seniorAge = wholeNumber('"Senior From" of the vision check', all.seniorAge, 1, 120);
	refuseWhen(adultAge >= seniorAge, 'In the settings of the vision check nobody is an adult: seniors are younger.', 'Set Senior From to an age above Adult From.');
	return {
		...courseSettings('the vision check', all),
		adultMonths: months('Adults After', all.adultMonths),
		minorMonths: months('Minors After', all.minorMonths),
		seniorMonths: months('Seniors After', all.seniorMonths),
		lensesMonths: months('Contact-Lens Wearers After', all.lensesMonths),
		adultAge,
		seniorAge,
	};
}

/** When the customer's next check is due: on the day that an optometrist set by hand, else after the interval. */
export function visionDue({ birthDate, exams, equipment }: CustomerFacts, settings: VisionSettings, today: LocalDate): Due[] {
	const checks = exams.filter(({ kind }) => kind !== 'other');
	const since = latest(checks.map(({ takenOn }) => takenOn));
	if (since === undefined) return [];
	const [byHand] = checks.flatMap(({ takenOn, nextDueOn }) => (takenOn === since && nextDueOn ? [nextDueOn] : [])).sort();
	if (byHand !== undefined) return [{ dueOn: byHand, since, cause: 'by-hand' }];
	const wornFrom = plusMonths(today, -LENSES_WORN_MONTHS);
	const wearsLenses = equipment.some(({ kind, returnedOn, deliveredOn, orderedOn }) =>
		kind === 'contact-lenses' && returnedOn === undefined && ((deliveredOn ?? orderedOn) as LocalDate) >= wornFrom);
	const age = birthDate === undefined ? undefined : ageOn(birthDate, since);
	const months = age === undefined ? settings.adultMonths
		: age < settings.adultAge ? settings.minorMonths
		: age >= settings.seniorAge ? settings.seniorMonths : settings.adultMonths;
	return [{ dueOn: plusMonths(since, wearsLenses ? Math.min(months, settings.lensesMonths) : months), since, cause: 'interval' }];
}

/** The vision check as a kind of occasion. */
export function visionCheck(settings: VisionSettings): DueKind {
	const { minorMonths: minor, adultMonths: adult, seniorMonths: senior, lensesMonths, adultAge, seniorAge } = settings;
	const intervals = { minor, adult, senior };
	const shorter = (months: number) => Math.min(months, lensesMonths);
	const lensesIntervals = { minor: shorter(minor), adult: shorter(adult), senior: shorter(senior) };
	const allMonths = [...new Set([...Object.values(intervals), ...Object.values(lensesIntervals)])];
	return course('recall.vision', settings, (late, today) => {
		const window = late(settings.windowDays);
		const common = { ...firstStage('recall.vision'), unlessBooked: true };
		return [
			{
				...common, same: SAME,
				fact: { of: 'exam', intervals, lensesIntervals, adultAge, seniorAge, lensesSince: plusMonths(today, -LENSES_WORN_MONTHS) },
				when: afterMonths(window, allMonths.map((months) => ({ months, group: months }))),
			},
			{ ...common, same: { ...SAME, sinceDays: 0 }, fact: { of: 'examByHand' }, when: afterDays(window, 0) },
		];
	});
}
