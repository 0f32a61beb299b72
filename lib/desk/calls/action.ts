import type { CallOutcome } from '../../domain/calls';
import { instantAt, isLocalDate, type Instant } from '../../domain/time';
import { only, positive, typedText, type Form } from '../../web/form';

/** Longest note on a call, in characters. */
export const CALL_NOTE_LIMIT = 1000;
/** Name of the fields of the questions, before the question's id. */
export const TICK = 'tick-';

/** How a call ended, as its buttons post it. */
export const OUTCOME_BUTTONS = {
	callReached: { outcome: 'reached' },
	callBooked: { outcome: 'booked' },
	callAgain: { outcome: 'again' },
	callNotReached: { outcome: 'notReached' },
	callWrongNumber: { outcome: 'wrongNumber' },
	callRefusesCalls: { outcome: 'refuses', refuses: 'calls' },
	callRefusesEverything: { outcome: 'refuses', refuses: 'everything' },
} as const satisfies Record<string, { outcome: CallOutcome; refuses?: 'calls' | 'everything' }>;
export type OutcomeButton = keyof typeof OUTCOME_BUTTONS;

/** What was typed while telephoning, kept until it is recorded. */
export interface TypedCall {
	button: OutcomeButton;
	/** As the browser's fields write it: `2026-11-30T15:00` of the shop's clock, or empty. */
	bookedAt: string;
	againAt: string;
	/** Ticked answers by question. */
	ticked: Record<string, string>;
	note: string;
}

export type CallAction = { kind: 'takeCall'; id: number } | { kind: 'releaseCall'; id: number } | { kind: 'recordCall'; id: number; typed: TypedCall };

/** Reads what a form says about a call; undefined where it is none of ours. */
export function readCallAction(form: Form): CallAction | undefined {
	const [action, id] = [only(form, 'action'), positive(only(form, 'call'))];
	if (!id) return undefined;
	if (action === 'takeCall' || action === 'releaseCall') return { kind: action, id };
	if (!Object.hasOwn(OUTCOME_BUTTONS, action)) return undefined;
	const ticked = [...form].flatMap(([name, values]): Array<[string, string]> => (name.startsWith(TICK) && values.length === 1 && values[0] !== '' ? [[name.slice(TICK.length), values[0]]] : []));
	return {
		kind: 'recordCall', id,
		typed: {
			button: action as OutcomeButton,
			bookedAt: only(form, 'bookedAt').slice(0, 30), againAt: only(form, 'againAt').slice(0, 30),
			ticked: Object.fromEntries(ticked),
			note: typedText(only(form, 'note')).slice(0, CALL_NOTE_LIMIT),
		},
	};
}

/** Why an outcome could not be recorded. `gone`: somebody else has ended the call, or is on it. */
export type CallFault = 'bookedMissing' | 'bookedPast' | 'againMissing' | 'againPast' | 'gone';

/** The moment that goes with the outcome, where it needs one; a fault where that is missing or over. */
export function momentOf({ button, bookedAt, againAt }: TypedCall, zone: string, now: Instant): { at?: Instant; fault?: CallFault } {
	const { outcome } = OUTCOME_BUTTONS[button];
	if (outcome !== 'booked' && outcome !== 'again') return {};
	const at = localMoment(outcome === 'booked' ? bookedAt : againAt, zone);
	if (at === undefined) return { fault: `${outcome}Missing` };
	return at > now ? { at } : { fault: `${outcome}Past` };
}

/** What a `datetime-local` field holds, as a moment of the shop's clock. */
function localMoment(text: string, zone: string): Instant | undefined {
	const [, day, time] = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d)?$/.exec(text) ?? [];
	return day && isLocalDate(day) ? instantAt(day, time, zone) : undefined;
}
