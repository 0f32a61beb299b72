import { plusDays } from '../domain/time';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import type { CustomerFacts, Due } from './facts';
import { wholeNumber } from './settings';
import { afterDays } from './spans';

/** When somebody is told that the contact lenses run out. */
export interface LensesSettings extends CourseSettings {
	/** So many days before the last one is used up. */
	leadDays: number;
}

export const LENSES_DEFAULTS: LensesSettings = { leadDays: 10, windowDays: 21, followUps: [10], callLast: false };

/** @throws CrmError naming the setting that cannot be used */
export function lensesSettings(given: Partial<Record<keyof LensesSettings, unknown>>): LensesSettings {
	const all = { ...LENSES_DEFAULTS, ...given };
	return { ...courseSettings('the contact lenses', all), leadDays: wholeNumber('"Days Before" of the contact lenses', all.leadDays, 0, 60) };
}

/** When the latest of all supplies ends; nothing where a later sale does not tell how long it lasts. */
export function lensesDue({ equipment }: CustomerFacts, { leadDays }: LensesSettings): Due[] {
	const sales = equipment
		.filter(({ kind, returnedOn }) => kind === 'contact-lenses' && returnedOn === undefined)
		.map(({ deliveredOn, orderedOn, supplyDays }) => ({ since: (deliveredOn ?? orderedOn) as string, supplyDays }));
	const ends = sales.flatMap(({ since, supplyDays }) => (supplyDays === undefined ? [] : [{ since, end: plusDays(since, supplyDays) }]));
	const last = ends.reduce<(typeof ends)[number] | undefined>((best, one) => (best === undefined || one.end > best.end ? one : best), undefined);
	if (last === undefined || sales.some(({ since, supplyDays }) => supplyDays === undefined && since > last.since)) return [];
	return [{ dueOn: plusDays(last.end, -leadDays), since: last.since }];
}

/**
 * Contact lenses that run out, as a kind of occasion. It comes from a purchase, the last sale, and from how long that lasts: no exam and no
 * strength is read, so that it is no choice by health data (RULES 13).
 */
export function lensesRunOut(settings: LensesSettings): DueKind {
	return { ofPurchase: true, ...course('recall.lenses', settings, (window) => [{
		...firstStage('recall.lenses'),
		unlessBooked: false,
		fact: { of: 'supplyEnd' },
		same: { dueDays: 20, sinceDays: 0 },
		when: afterDays(window(settings.windowDays), -settings.leadDays),
	}]) };
}
