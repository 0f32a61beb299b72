import { plusDays } from '../domain/time';
import { course, courseSettings, firstStage } from './course';
import type { DueKind } from './dueKind';
import type { CustomerFacts, Due } from './facts';
import { wholeNumber } from './settings';
import { afterDays } from './spans';

/** When somebody new is welcomed. */
export interface WelcomeSettings {
	/** Days after the customer was entered. */
	afterDays: number;
	windowDays: number;
	/** A day on which more customers than this were entered was an import, and nobody is welcomed for it. */
	mostADay: number;
}

export const WELCOME_DEFAULTS: WelcomeSettings = { afterDays: 2, windowDays: 14, mostADay: 50 };

/** @throws CrmError naming the setting that cannot be used */
export function welcomeSettings(given: Partial<Record<keyof WelcomeSettings, unknown>>): WelcomeSettings {
	const all = { ...WELCOME_DEFAULTS, ...given };
	return {
		afterDays: wholeNumber('"Days After" of the welcome', all.afterDays, 0, 60),
		mostADay: wholeNumber('"Most New Customers a Day" of the welcome', all.mostADay, 1, 10_000),
		windowDays: courseSettings('the welcome', { windowDays: all.windowDays, followUps: [], callLast: false }).windowDays,
	};
}

/** @param enteredThatDay how many customers were entered on the same day */
export function welcomeDue({ enteredOn }: CustomerFacts, { afterDays, mostADay }: WelcomeSettings, enteredThatDay: number): Due[] {
	return enteredOn === undefined || enteredThatDay > mostADay ? [] : [{ dueOn: plusDays(enteredOn, afterDays), since: enteredOn }];
}

/** New customers and prospects, as a kind of occasion: once in a life. */
export function welcome(settings: WelcomeSettings): DueKind {
	return course('welcome', { windowDays: settings.windowDays, followUps: [], callLast: false }, (window) => [{
		...firstStage('welcome'),
		unlessBooked: false,
		fact: { of: 'entered', most: settings.mostADay },
		same: { dueDays: 36_500 },
		when: afterDays(window(settings.windowDays), settings.afterDays),
	}]);
}
