import { ROLLOUT_STEPS, type RolloutStep } from '../../domain/rollout';
import { only, positive, typedLine, type Form } from '../../web/form';

/** Longest note, in characters. */
export const ROLLOUT_NOTE_LIMIT = 300;

/** What the lead decides about the rollout. Falling back and resuming want a note; an empty one is asked for again. */
export type RolloutAction =
	| { kind: 'openStep'; step: RolloutStep; note: string }
	| { kind: 'fallBack'; step: RolloutStep; note: string }
	| { kind: 'resumeCampaign'; id: number; note: string };

/** Reads a form of the page about the rollout; undefined where it is none. */
export function readRolloutAction(form: Form): RolloutAction | undefined {
	const note = typedLine(only(form, 'note')).slice(0, ROLLOUT_NOTE_LIMIT);
	const step = ROLLOUT_STEPS.find((one) => one === only(form, 'step'));
	const id = positive(only(form, 'hold'));
	switch (only(form, 'action')) {
		case 'openStep':
			return step && { kind: 'openStep', step, note };
		case 'fallBack':
			return step && { kind: 'fallBack', step, note };
		case 'resumeCampaign':
			return id ? { kind: 'resumeCampaign', id, note } : undefined;
		default:
			return undefined;
	}
}
