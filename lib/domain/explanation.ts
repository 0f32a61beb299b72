import type { ChannelVerdict, DataUse, Outcome } from './consent';
import type { MessageState } from './glossary';
import type { Instant, LocalDate } from './time';

/** What the store kept of an occasion: the decision about it, if there was one, and what became of its message. */
export interface RecordedDecision {
	customerId: number;
	occasionId?: number;
	kind?: string;
	dueOn?: LocalDate;
	stage?: number;
	/** How the occasion ended, where it did. */
	occasionOutcome?: string;
	occasionReason?: string;
	decisionId?: number;
	decidedAt?: Instant;
	moment?: 'plan' | 'send';
	outcome?: Outcome;
	reason?: string;
	rule?: string;
	/** The versions of the package's rules and of the shop's settings that were in force then. */
	rulesVersion?: string;
	policyVersion?: number;
	channel?: string;
	legalBasis?: string;
	retryAt?: Instant;
	/** What the customer was chosen by. */
	uses?: DataUse;
	tried: ChannelVerdict[];
	messageId?: number;
	messageState?: MessageState;
	/** The day on which the message left. */
	sentOn?: LocalDate;
}
