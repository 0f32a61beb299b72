import type { MessageClass } from '../domain/glossary';
import { OCCASION_KINDS, type OccasionKind } from '../domain/occasionKinds';
import type { DueKind } from './dueKind';
import { followUpDays, wholeNumber } from './settings';

/** What the kinds with several contacts have in common. */
export interface CourseSettings {
	/** So many days late a contact may still be made, when the system was down. */
	windowDays: number;
	/** Days after the first contact on which the next ones follow while nobody answers, for example 21 and 45. */
	followUps: number[];
	/** Whether the last of several contacts is a call by the shop. */
	callLast: boolean;
}

/** The longest window: nobody understands a reminder that comes later. Days. */
const LONGEST_WINDOW = 90;

/** @throws CrmError naming the setting that cannot be used */
export function courseSettings(kind: string, { windowDays, followUps, callLast }: Record<keyof CourseSettings, unknown>): CourseSettings {
	return {
		windowDays: wholeNumber(`"Days Late" of ${kind}`, windowDays, 0, LONGEST_WINDOW),
		followUps: followUpDays(`"Follow-Ups After" of ${kind}`, followUps),
		callLast: callLast === true,
	};
}

/** A kind with the stages of its course; the searches are its own. */
export function course(kind: string, settings: CourseSettings, searches: DueKind['searches'], messageClass?: MessageClass): DueKind {
	const ofKind = messageClass ?? OCCASION_KINDS[kind as OccasionKind].class;
	const { followUps, windowDays, callLast } = settings;
	return {
		kind, windowDays, searches,
		followUps: followUps.map((day, index) => ({ stage: index + 2, afterDays: day - (followUps[index - 1] ?? 0), class: ofKind })),
		classOf: () => ofKind,
		isCall: (stage) => callLast && followUps.length > 0 && stage === followUps.length + 1,
	};
}

/** What all first contacts of a kind have in common, for `DueSearch`. */
export function firstStage(kind: OccasionKind) {
	const { class: messageClass, waits } = OCCASION_KINDS[kind];
	return { kind, stage: 1, class: messageClass, waits };
}
