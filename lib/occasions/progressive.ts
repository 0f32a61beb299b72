import { OCCASION_KINDS } from '../domain/occasionKinds';
import { plusDays, plusMonths } from '../domain/time';
import type { DueKind } from './dueKind';
import { latest, type CustomerFacts, type Due } from './facts';
import { refuseWhen, wholeNumber } from './settings';
import { afterDays, afterMonths } from './spans';

/** Contacts after the delivery of progressive lenses: a message, a call, the half-year check. */
export interface ProgressiveSettings {
	/** Days from the delivery to the first message. */
	messageDays: number;
	/** Days from the delivery to the call. Whoever answers that something is wrong is called at once. */
	callDays: number;
	/** Who is called without having answered. */
	callWhom: 'firstTime' | 'everybody';
	/** Months from the delivery to the check. */
	checkMonths: number;
	/** So many days late the message and the call may still be made. */
	windowDays: number;
}

export const PROGRESSIVE_DEFAULTS: ProgressiveSettings = { messageDays: 7, callDays: 21, callWhom: 'firstTime', checkMonths: 6, windowDays: 10 };

/** The stages of the follow-up. */
const PROGRESSIVE_STAGES = { message: 1, call: 2, check: 3 } as const;
/** The half-year check is a reminder like others, and has their time. Days. */
const CHECK_WINDOW_DAYS = 30;
/** A delivery moved by no more is the same one corrected; a remake takes longer. Days. */
const SAME_DELIVERY_DAYS = 3;
/** Within a course the due day decides nothing: a call happens once, at once or on its day. */
const WHOLE_COURSE_DAYS = 1000;

/** @throws CrmError naming the setting that cannot be used */
export function progressiveSettings(given: Partial<Record<keyof ProgressiveSettings, unknown>>): ProgressiveSettings {
	const all = { ...PROGRESSIVE_DEFAULTS, ...given };
	const settings = {
		messageDays: wholeNumber('"Message After"', all.messageDays, 1, 60),
		callDays: wholeNumber('"Call After"', all.callDays, 1, 120),
		checkMonths: wholeNumber('"Check After"', all.checkMonths, 1, 24),
		windowDays: wholeNumber('"Days Late"', all.windowDays, 0, 60),
		callWhom: all.callWhom === 'everybody' ? 'everybody' as const : 'firstTime' as const,
	};
	refuseWhen(settings.messageDays >= settings.callDays, 'The call would come before the message, or on the same day.', 'Set Call After to more days than Message After.');
	refuseWhen(settings.callDays >= settings.checkMonths * 28, 'The check would come before the call.', 'Set Check After to more months, or Call After to fewer days.');
	return settings;
}

/** What is due after the customer's last delivery of progressive lenses that was not returned, with its stage. A remake or a return begins anew. */
export function progressiveDue({ equipment, answers }: CustomerFacts, settings: ProgressiveSettings): Array<Due & { stage: number }> {
	const kept = equipment.filter(({ lensType, returnedOn, deliveredOn }) => lensType === 'progressive' && returnedOn === undefined && deliveredOn !== undefined);
	const since = latest(kept.map(({ deliveredOn }) => deliveredOn));
	if (since === undefined) return [];
	const pair = kept.find(({ deliveredOn }) => deliveredOn === since);
	const isFirst = pair?.firstProgressive ?? kept.every(({ deliveredOn }) => deliveredOn === since);
	const cause = isFirst ? 'first-time' : undefined;
	const said = answers.filter(({ kind, answeredOn }) => kind === 'progressive' && answeredOn >= since);
	const isFine = said.some(({ answer }) => answer === 'fine');
	const call = PROGRESSIVE_STAGES.call;
	return [
		{ stage: PROGRESSIVE_STAGES.message, dueOn: plusDays(since, settings.messageDays), since, cause },
		...said.flatMap(({ answer, answeredOn }) => (answer === 'wrong' ? [{ stage: call, dueOn: answeredOn, since, cause: 'answered-wrong' }] : [])),
		...(!isFine && (isFirst || settings.callWhom === 'everybody') ? [{ stage: call, dueOn: plusDays(since, settings.callDays), since, cause }] : []),
		{ stage: PROGRESSIVE_STAGES.check, dueOn: plusMonths(since, settings.checkMonths), since, cause },
	];
}

/**
 * The progressive follow-up as a kind of occasion. Its stages count from the delivery, not from each other. It is about the pair on the order, which was bought
 * with this care: a purchase, and no choice of people by their prescription (RULES 13, and the table of legal bases).
 */
export function progressiveFollowUp(settings: ProgressiveSettings): DueKind {
	const { messageDays, callDays, callWhom, checkMonths, windowDays } = settings;
	const classOf = (stage: number) => (stage === PROGRESSIVE_STAGES.check ? 'recall' as const : OCCASION_KINDS.progressive.class);
	const stage = (number: number) => ({
		kind: 'progressive', stage: number, class: classOf(number), waits: false, same: { dueDays: WHOLE_COURSE_DAYS, sinceDays: SAME_DELIVERY_DAYS },
	});
	return {
		kind: 'progressive',
		ofPurchase: true,
		windowDays,
		followUps: [],
		classOf,
		isCall: (number) => number === PROGRESSIVE_STAGES.call,
		searches: (window) => {
			const days = window(windowDays);
			return [
				{ ...stage(PROGRESSIVE_STAGES.message), unlessBooked: false, fact: { of: 'progressive', whom: 'everybody' }, when: afterDays(days, messageDays) },
				{
					...stage(PROGRESSIVE_STAGES.call), unlessBooked: true, same: { dueDays: WHOLE_COURSE_DAYS, sinceDays: 0 },
					fact: { of: 'wrongAnswer' }, when: afterDays(days, 0),
				},
				{ ...stage(PROGRESSIVE_STAGES.call), unlessBooked: true, fact: { of: 'progressive', whom: callWhom === 'firstTime' ? 'firstTime' : 'notFine' }, when: afterDays(days, callDays) },
				{
					...stage(PROGRESSIVE_STAGES.check), unlessBooked: true, fact: { of: 'progressive', whom: 'everybody' },
					when: afterMonths(window(CHECK_WINDOW_DAYS), [{ months: checkMonths }]),
				},
			];
		},
	};
}
