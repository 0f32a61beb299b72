import { plusMonths } from '../domain/time';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import { latest, type CustomerFacts, type Due } from './facts';
import { wholeNumber } from './settings';
import { afterMonths } from './spans';

/** When glasses are looked at again: one check for each person, from the last delivery on. */
export interface EyewearSettings extends CourseSettings {
	/** Months from the delivery to the first check. */
	firstMonths: number;
	/** Months from one check to the next. */
	thenMonths: number;
	/** How many checks a delivery gives. */
	times: number;
}

export const EYEWEAR_DEFAULTS: EyewearSettings = { firstMonths: 6, thenMonths: 12, times: 5, windowDays: 30, followUps: [21], callLast: false };

/** @throws CrmError naming the setting that cannot be used */
export function eyewearSettings(given: Partial<Record<keyof EyewearSettings, unknown>>): EyewearSettings {
	const all = { ...EYEWEAR_DEFAULTS, ...given };
	return {
		...courseSettings('the eyewear check-up', all),
		firstMonths: wholeNumber('"First After" of the eyewear check-up', all.firstMonths, 1, 120),
		thenMonths: wholeNumber('"Then Every" of the eyewear check-up', all.thenMonths, 1, 120),
		times: wholeNumber('"Times" of the eyewear check-up', all.times, 1, 20),
	};
}

/** The checks of the customer's last pair, each reckoned from the delivery, so that the end of a short month moves no later one. */
export function eyewearDue({ equipment }: CustomerFacts, settings: EyewearSettings): Due[] {
	const since = latest(equipment.filter(({ kind, returnedOn }) => kind === 'spectacles' && returnedOn === undefined).map(({ deliveredOn }) => deliveredOn));
	return since === undefined ? [] : monthsOf(settings).map((months) => ({ dueOn: plusMonths(since, months), since }));
}

/** The eyewear check-up as a kind of occasion. It comes from a purchase: the day on which the pair was handed over. */
export function eyewearCheck(settings: EyewearSettings): DueKind {
	return { ofPurchase: true, ...course('recall.eyewear', settings, (window) => [{
		...firstStage('recall.eyewear'),
		unlessBooked: true,
		fact: { of: 'delivery' },
		// Less than half the way to the next check.
		same: { dueDays: Math.min(90, settings.thenMonths * 14), sinceDays: 14 },
		when: afterMonths(window(settings.windowDays), monthsOf(settings).map((months) => ({ months }))),
	}]) };
}

function monthsOf({ firstMonths, thenMonths, times }: EyewearSettings): number[] {
	return Array.from({ length: times }, (_, index) => firstMonths + index * thenMonths);
}
