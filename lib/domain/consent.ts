import type { Channel, MessageClass, Purpose } from './glossary';
import type { Instant, LocalDate } from './time';

export type { ConsentFact, ContactPointFact, CustomerFacts } from './consentFacts';
export { STRICT_POLICY, type ConsentPolicy } from './consentPolicy';

export const CONSENT_STATUSES = ['granted', 'denied', 'pending', 'withdrawn', 'objected', 'expired', 'unknown'] as const;
export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

/** A channel, or `any` for a record that names every channel (an objection to everything, a withdrawal by all means). */
export type ConsentChannel = Channel | 'any';
/** A purpose, or `any` for a record about every purpose but service. */
export type ConsentPurpose = Purpose | 'any';

/** What a caller says of a consent; the ledger adds id, sequence and hashes. Modelled on RULES, "The consent record". */
export interface NewConsent {
	customerId: number;
	contactPointId?: number;
	channel: ConsentChannel;
	purpose: ConsentPurpose;
	status: ConsentStatus;
	/** For example `consent` (GDPR 6(1)(a)) or `contract` (6(1)(b)), with its explanation where the shop has one. */
	legalBasis: string;
	legalBasisNote?: string;
	/** When the customer said it, as far as known. */
	capturedAt: Instant;
	/** Where it came from, for example `import`, `desk`, `refusal-link`. */
	source: string;
	/** How it was collected, for example `paper`, `web-form`, `one-click`. */
	method?: string;
	operator?: string;
	wordingVersion?: string;
	wordingHash?: string;
	noticeVersion?: string;
	language?: string;
	doubleOptInAt?: Instant;
	evidence?: string;
	effectiveFrom?: Instant;
	effectiveTo?: Instant;
	withdrawnAt?: Instant;
	withdrawnHow?: string;
	guardian?: string;
}

/** One row of the append-only ledger. `sequence` counts from 1 within the customer's chain. */
export interface ConsentRecord extends NewConsent {
	id: number;
	sequence: number;
	recordedAt: Instant;
	previousHash: string;
	hash: string;
}

/** What makes a message lawful: GDPR 6(1)(a), (b), (f), the customer's own request, and Codice privacy 130(4). */
export type LegalBasis = 'consent' | 'contract' | 'legitimate-interest' | 'request' | 'soft-spam';

export const OUTCOMES = ['allow', 'block', 'defer', 'review'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the rules are asked about one customer. */
export interface DecisionRequest {
	class: MessageClass;
	/** Occasion kind, for example `birthday`. */
	kind: string;
	/** Candidate channels, the most wanted first. */
	channels: Channel[];
	/** `listed` (also when absent): the first of the channels that is allowed. `score`: of those allowed the best by reach, cost and earlier answers. */
	choice?: 'listed' | 'score';
	/** When the channel that the customer asked for is not allowed, another one may be taken. */
	fallback?: boolean;
	/** `plan` before there is a text, `send` at the moment of sending. */
	moment: 'plan' | 'send';
	/** What the finished text holds; needed at `send`. */
	text?: TextFacts;
	/** The occasion in the ledger, so that its own message is told from others. */
	occasionId?: number;
	dueOn?: LocalDate;
	/** The message that is about to leave: it stands not in its own way. */
	messageId?: number;
	/** It asks for a consent to marketing. */
	asksForConsent?: boolean;
	/** What the recipient was chosen by, or the text speaks of. */
	uses?: DataUse;
	/** The template that WhatsApp would send, in the state that the account has it in; needed there at `send`, save for a free text. */
	whatsApp?: { template?: { state: string; category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION' }; portfolio?: WhatsAppPortfolio };
	today: LocalDate;
	now: Instant;
}

/** Data about the customer that a message goes by. */
export interface DataUse {
	/** A prescription or an eye condition. */
	health?: boolean;
	/** The day of a purchase; of several the newest that counts. */
	purchaseOn?: LocalDate;
	/** The purchase serves to judge the customer's worth or habits. */
	profiling?: boolean;
}

/** How many people besides this customer the shop's WhatsApp business portfolio wrote to in the last 24 hours, and how many it may. */
export interface WhatsAppPortfolio {
	/** `unlimited`, or a number such as 250. */
	limit: number | 'unlimited';
	recipients: number;
	/** When the first of them falls out of the 24 hours. */
	freeAt: Instant;
}

/** What the rules want to know about a finished text. */
export interface TextFacts {
	/** It offers a way to refuse that is as easy as agreeing was (rule 4). */
	offersRefusal: boolean;
	/** It names the shop and a way to reach it (rule 6). */
	namesSender: boolean;
	/** It speaks of dioptres, a diagnosis, acuity and the like (rule 14). */
	healthDetail: boolean;
	/** The refusal link takes the one click of a mailbox: `List-Unsubscribe-Post` over https (rule 27). */
	oneClickRefusal: boolean;
}

/** The answer for one channel that was tried. */
export interface ChannelVerdict {
	channel: Channel;
	outcome: Outcome;
	/** Reason code, for example `CONSENT_MISSING`. */
	reason: string;
	/** Id of the rule that decided, for example `R07`. */
	rule: string;
	legalBasis?: string;
	contactPointId?: number;
	/** The first instant at which it may be tried again; absent where time alone changes nothing. */
	retryAt?: Instant;
	/** The records and dates that the verdict was taken from. Ids and dates only. */
	facts: Record<string, string | number | boolean | null>;
}

/** A decision: the verdict of the chosen channel (or of the first, when none is allowed), and all that were tried. */
export interface Decision extends ChannelVerdict {
	/** Id in the store, once recorded. */
	id?: number;
	class: MessageClass;
	purpose: Purpose;
	moment: 'plan' | 'send';
	rulesVersion: string;
	/** What the recipient was chosen by, or the text speaks of; asked with again when the message leaves. */
	uses?: DataUse;
	/** Which of the shop's settings were in force. */
	policyVersion?: number;
	decidedAt: Instant;
	tried: ChannelVerdict[];
}
