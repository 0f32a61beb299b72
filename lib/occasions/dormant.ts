import { plusMonths } from '../domain/time';
import { LONGEST_RHYTHM, visitRhythm } from '../domain/visitRhythm';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import type { CustomerFacts, Due } from './facts';
import { refuseWhen, wholeNumber } from './settings';
import { afterMonths } from './spans';

/** When somebody has stayed away too long: after so many times their own rhythm. */
export interface DormantSettings extends CourseSettings {
	/** Times the median gap between their visits; 1 to 10, not only whole numbers. */
	factor: number;
	/** Never sooner and never later than so many months after the last visit, whatever the rhythm. */
	leastMonths: number;
	mostMonths: number;
	/** For those who came too seldom to have a rhythm. */
	fixedMonths: number;
}

export const DORMANT_DEFAULTS: DormantSettings = { factor: 1.5, leastMonths: 12, mostMonths: 48, fixedMonths: 30, windowDays: 14, followUps: [30], callLast: true };

/** @throws CrmError naming the setting that cannot be used */
export function dormantSettings(given: Partial<Record<keyof DormantSettings, unknown>>): DormantSettings {
	const all = { ...DORMANT_DEFAULTS, ...given };
	const months = (label: string, value: unknown) => wholeNumber(`"${label}" of the dormant customers`, value, 1, 120);
	const [leastMonths, mostMonths] = [months('Not Before', all.leastMonths), months('Not After', all.mostMonths)];
	const factor = Number(all.factor);
	refuseWhen(!(factor >= 1 && factor <= 10), 'The setting "Times the Rhythm" of the dormant customers is not a number from 1 to 10.', 'Set it to a number such as 1.5.');
	refuseWhen(leastMonths > mostMonths, 'In the settings of the dormant customers the least time is longer than the longest.', 'Set Not Before to a number of months below Not After.');
	return { ...courseSettings('the dormant customers', all), factor, leastMonths, mostMonths, fixedMonths: months('Without a Rhythm', all.fixedMonths) };
}

/** How long somebody with this rhythm may stay away, in months; `rhythm` 0 is none. */
function awayMonths(rhythm: number, { factor, leastMonths, mostMonths, fixedMonths }: DormantSettings): number {
	return rhythm === 0 ? fixedMonths : Math.min(mostMonths, Math.max(leastMonths, Math.round(rhythm * factor)));
}

/** When the customer has stayed away too long. */
export function dormantDue({ exams, equipment, appointments }: CustomerFacts, settings: DormantSettings): Due[] {
	const visits = [
		...exams.map(({ takenOn }) => takenOn),
		...equipment.flatMap(({ orderedOn, deliveredOn }) => [orderedOn, deliveredOn].filter((day) => day !== undefined)),
		...appointments.filter(({ status }) => status === 'kept').map(({ startsOn }) => startsOn),
	];
	const rhythm = visitRhythm(visits);
	if (!rhythm) return [];
	const { lastVisitOn: since, months } = rhythm;
	return [{ dueOn: plusMonths(since, awayMonths(months, settings)), since, cause: months === 0 ? 'fixed' : 'rhythm' }];
}

/**
 * Customers who stay away, as a kind of occasion. No purchase can be newer than the last visit, so its day stands for that of the last purchase. The rhythm
 * only says when the reminder that somebody agreed to is due; it judges no worth and is no profiling (RULES 15).
 */
export function dormantCustomers(settings: DormantSettings): DueKind {
	const rhythms = Array.from({ length: LONGEST_RHYTHM + 1 }, (_, group) => ({ group, months: awayMonths(group, settings) }));
	return { ofPurchase: true, ...course('recall.dormant', settings, (window) => [{
		...firstStage('recall.dormant'),
		unlessBooked: true,
		fact: { of: 'lastVisit' },
		same: { dueDays: 60, sinceDays: 30 },
		when: afterMonths(window(settings.windowDays), rhythms),
	}]) };
}
