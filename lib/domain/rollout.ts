import type { Channel, MessageClass } from './glossary';

/** The steps of the rollout, in the order in which they open. In `data` nothing is sent: only what is entered is watched. */
export const ROLLOUT_STEPS = ['data', 'relational', 'recall', 'promotional'] as const;
export type RolloutStep = (typeof ROLLOUT_STEPS)[number];

/** The step that opens each class of message. */
export const STEP_OF_CLASS: Record<MessageClass, RolloutStep> = {
	service: 'relational',
	relational: 'relational',
	recall: 'recall',
	promotional: 'promotional',
};

/** Whether messages of this class may leave in this step. */
export function isOpen(messageClass: MessageClass, step: RolloutStep): boolean {
	return ROLLOUT_STEPS.indexOf(STEP_OF_CLASS[messageClass]) <= ROLLOUT_STEPS.indexOf(step);
}

/** The step after this one; none after the last. */
export function stepAfter(step: RolloutStep): RolloutStep | undefined {
	return ROLLOUT_STEPS[ROLLOUT_STEPS.indexOf(step) + 1];
}

/** The step before this one; none before the first. */
export function stepBefore(step: RolloutStep): RolloutStep | undefined {
	return ROLLOUT_STEPS[ROLLOUT_STEPS.indexOf(step) - 1];
}

/** Contacted, or deliberately left out so that the two can be compared. */
export type Group = 'contact' | 'holdout';

/** What the brakes of a campaign look at. */
export const BRAKES = ['optOuts', 'complaints', 'bounces', 'rejected', 'unsatisfied'] as const;
export type Brake = (typeof BRAKES)[number];

/** Reason code of each brake, and of the quality that WhatsApp itself gives the shop's number. */
export const BRAKE_CODES = {
	optOuts: 'BRAKE_OPTOUTS',
	complaints: 'BRAKE_COMPLAINTS',
	bounces: 'BRAKE_BOUNCES',
	rejected: 'BRAKE_REJECTED',
	unsatisfied: 'BRAKE_SATISFACTION',
	whatsAppQuality: 'BRAKE_WHATSAPP',
} as const;
export type BrakeCode = (typeof BRAKE_CODES)[keyof typeof BRAKE_CODES];

/** What may go and what may not: the shop's step, and the campaigns that are held. */
export interface RolloutStanding {
	step: RolloutStep;
	/** Without a channel: on every channel. */
	holds: ReadonlyArray<{ campaign: string; channel?: Channel; reason: BrakeCode }>;
}
