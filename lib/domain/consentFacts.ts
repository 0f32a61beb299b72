import type { ConsentPurpose, ConsentRecord } from './consent';
import type { Channel, ContactPointKind, MessageClass } from './glossary';
import type { Instant, LocalDate } from './time';

/** What the rules read of a record of the ledger. */
export type ConsentFact = Pick<
	ConsentRecord,
	| 'id' | 'contactPointId' | 'channel' | 'purpose' | 'status' | 'legalBasis' | 'capturedAt' | 'recordedAt' | 'source' | 'method' | 'noticeVersion'
	| 'doubleOptInAt' | 'evidence' | 'effectiveFrom' | 'effectiveTo' | 'withdrawnAt'
>;

/** The newest answer of the Registro Pubblico delle Opposizioni about a number. */
export interface RpoFact {
	checkedAt: Instant;
	result: 'listed' | 'notListed';
	/** When the number was enrolled, where the register says so. */
	enrolledOn?: LocalDate;
}

/** A contact point as the rules see it: never its value. */
export interface ContactPointFact {
	id: number;
	kind: ContactPointKind;
	/** Mobile and landline are told apart for phones only. */
	line?: 'mobile' | 'landline';
	status: 'valid' | 'invalid' | 'bounced';
	/** Channels on which a provider said that this number does not work. */
	unreachable?: Channel[];
	preferred: boolean;
	/** Purposes for which the suppression list holds this very address (by keyed hash); `any` for all. */
	suppressedFor: ConsentPurpose[];
	/** Absent where the number was never checked. */
	rpo?: RpoFact;
	/** Taken from a public directory and not from the customer. */
	fromDirectory?: boolean;
	/** Birth date of the oldest of the others who share it; `unknown` where one of them has none, null where nobody does. Absent: not looked up. */
	oldestSharer?: LocalDate | 'unknown' | null;
	/** After a soft bounce: not before this instant. */
	retryAfter?: Instant;
}

/** A message of before, or one that waits to leave, as caps and priorities see it. */
export interface PriorContact {
	messageId: number;
	occasionId: number;
	kind: string;
	dueOn: LocalDate;
	class: MessageClass;
	/** `left`: sent, or perhaps sent. */
	state: 'waiting' | 'left';
	/** The shop's day on which it left. */
	leftOn?: LocalDate;
	/** Where it is somebody else's: the customer's own contact point that the other one shares. Absent: it is the customer's. */
	sharedPointId?: number;
}

/** How the customer took what was sent on a channel. */
export interface ChannelHistory {
	/** Read or answered. */
	answered: number;
	failed: number;
}

/** What is known of the customer on WhatsApp. */
export interface WhatsAppFacts {
	/** There is an opt-in, and its wording names the shop. */
	optInNamesShop: boolean;
	/** When the customer wrote to the shop last. */
	lastMessageAt?: Instant;
}

/**
 * All that is known of one customer when a decision is taken. What is absent was not looked up or has nobody to supply it yet: where a rule needs
 * it, the rule blocks.
 */
export interface CustomerFacts {
	customerId: number;
	birthDate?: LocalDate;
	deceased: boolean;
	contactPoints: ContactPointFact[];
	/** The whole chain, oldest first. */
	consents: ConsentFact[];
	/** The channel that the customer asked for. */
	preferredChannel?: Channel;
	/** Day of the customer's newest order that was not returned: of its delivery, or of the order while it was not handed over. Absent: never bought anything. */
	contractUntil?: LocalDate;
	/** Where they differ from the shop's. IANA. */
	timeZone?: string;
	whatsApp?: WhatsAppFacts;
	/** What waits or left in the last weeks. Needed at the moment of sending; without it a plan is asked regardless of caps and priorities. */
	contacts?: PriorContact[];
	/** By channel; for choosing between those that are allowed. */
	history?: Partial<Record<Channel, ChannelHistory>>;
}
