import { plusDays } from '../domain/time';
import { course, courseSettings, firstStage } from './course';
import type { DueKind } from './dueKind';
import { latest, type CustomerFacts, type Due } from './facts';
import { wholeNumber } from './settings';
import { afterDays } from './spans';

/** When somebody is asked how satisfied they are. */
export interface SurveySettings {
	/** Days after the last delivery of glasses: long enough to have got used to them. */
	afterDays: number;
	windowDays: number;
}

export const SURVEY_DEFAULTS: SurveySettings = { afterDays: 30, windowDays: 14 };

/** Nobody is asked twice within half a year, whatever they buy. Days. */
const ASKED_LATELY = { dueDays: 182 };

/** @throws CrmError naming the setting that cannot be used */
export function surveySettings(given: Partial<Record<keyof SurveySettings, unknown>>): SurveySettings {
	const all = { ...SURVEY_DEFAULTS, ...given };
	return {
		afterDays: wholeNumber('"Days After" of the survey', all.afterDays, 0, 180),
		windowDays: courseSettings('the survey', { windowDays: all.windowDays, followUps: [], callLast: false }).windowDays,
	};
}

/** Once for the customer's last delivery of glasses. */
export function surveyDue({ equipment }: CustomerFacts, { afterDays: days }: SurveySettings): Due[] {
	const since = latest(equipment.filter(({ kind, returnedOn }) => kind === 'spectacles' && returnedOn === undefined).map(({ deliveredOn }) => deliveredOn));
	return since === undefined ? [] : [{ dueOn: plusDays(since, days), since }];
}

/** The question how satisfied somebody is, as a kind of occasion: asked once, without a reminder. */
export function survey(settings: SurveySettings): DueKind {
	const asked = course('survey', { windowDays: settings.windowDays, followUps: [], callLast: false }, (window) => [{
		...firstStage('survey'),
		unlessBooked: false,
		fact: { of: 'delivery' },
		same: ASKED_LATELY,
		when: afterDays(window(settings.windowDays), settings.afterDays),
	}]);
	return { ...asked, ofPurchase: true };
}
