import type { Channel } from '../../domain/glossary';
import type { RolloutStep } from '../../domain/rollout';
import type { Criterion } from '../../domain/rolloutCriteria';
import type { Instant } from '../../domain/time';
import type { DeskFrame } from '../state';

/** A campaign that is held, or was. */
export interface DeskHold {
	id: number;
	campaign: string;
	/** Absent: on every channel. */
	channel?: Channel;
	/** Code of the brake. */
	reason: string;
	figures: { bad?: number; of?: number; threshold?: number };
	heldAt: Instant;
	resumedAt?: Instant;
	resumedBy?: string;
	note?: string;
}

/** A step that was opened, or fallen back to. */
export interface DeskStepChange {
	step: RolloutStep;
	kind: 'opened' | 'fell-back';
	at: Instant;
	who: string;
	/** The criteria as they were at that moment, where they are known. */
	criteria: Criterion[];
	note?: string;
}

/** The page about the rollout, for the lead. */
export interface RolloutPageState extends DeskFrame {
	step: RolloutStep;
	since?: Instant;
	/** Absent in the last step. */
	next?: RolloutStep;
	criteria: Criterion[];
	ready: boolean;
	/** What is held comes first. */
	holds: DeskHold[];
	/** The newest first. */
	changes: DeskStepChange[];
	/** Why the last decision was not taken. */
	fault?: 'noteMissing' | 'notReady';
}
