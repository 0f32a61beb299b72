import type { Channel, MessageClass } from '../domain/glossary';
import { STAFF_ANSWER } from '../domain/occasionKinds';
import { isOpen, type BrakeCode, type RolloutStanding } from '../domain/rollout';

/** What is to leave: before a channel is chosen, only what holds every channel counts. */
export interface Leaving {
	kind: string;
	class: MessageClass;
	channel?: Channel;
}

/**
 * Why something may not leave as the rollout stands: its step is closed, or a brake holds its campaign. Undefined where it may. What the staff
 * write back to somebody who wrote is no campaign, and always may.
 */
export function heldBy({ step, holds }: RolloutStanding, { kind, class: messageClass, channel }: Leaving): 'ROLLOUT_PHASE' | BrakeCode | undefined {
	if (kind === STAFF_ANSWER) return undefined;
	if (!isOpen(messageClass, step)) return 'ROLLOUT_PHASE';
	return holds.find((hold) => hold.campaign === kind && (hold.channel === undefined || hold.channel === channel))?.reason;
}
