import type { Instant } from './time';

/** Something that a person of the shop should know, such as a provider that fails. Codes and names of senders, never of customers. */
export interface Alert {
	id: number;
	/** What it is about: `circuit` (a sender is left alone because it fails), `workflow` (one failed), and what others add. */
	kind: string;
	/** Which one, for example the sender's name. */
	subject: string;
	/** Why, for example `SMTP_535`. */
	code: string;
	since: Instant;
	/** Absent while it lasts. */
	until?: Instant;
	seenBy?: string;
	seenAt?: Instant;
}

/** Kinds of alerts that tell of a moment and not of what lasts: over once somebody has seen them, so that the next time is told again. */
export const MOMENT_ALERTS: readonly string[] = ['login', 'workflow', 'retention'];
