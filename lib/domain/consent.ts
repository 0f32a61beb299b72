import type { Channel, ContactPointKind, MessageClass, Purpose } from './glossary';
import type { Instant, LocalDate } from './time';

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

/** A contact point as the rules see it: never its value. */
export interface ContactPointFact {
	id: number;
	kind: ContactPointKind;
	/** Mobile and landline are told apart for phones only. */
	line?: 'mobile' | 'landline';
	status: 'valid' | 'invalid' | 'bounced';
	preferred: boolean;
	/** Purposes for which the suppression list holds this very address (by keyed hash); `any` for all. */
	suppressedFor: ConsentPurpose[];
}

/** All that is known of one customer when a decision is taken. */
export interface CustomerFacts {
	customerId: number;
	birthDate?: LocalDate;
	deceased: boolean;
	contactPoints: ContactPointFact[];
	/** The whole chain, oldest first. */
	consents: ConsentRecord[];
}

/** The shop's settings of the rules; the defaults are the strict values. */
export interface ConsentPolicy {
	/** Rule 2: nothing but service below this age, in years. */
	adultAge: number;
	/** Rule 17: a birthday greeting needs marketing consent. */
	birthdayIsMarketing: boolean;
}

export const STRICT_POLICY: ConsentPolicy = { adultAge: 18, birthdayIsMarketing: true };

export const OUTCOMES = ['allow', 'block', 'defer', 'review'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the rules are asked about one customer. */
export interface DecisionRequest {
	class: MessageClass;
	/** Occasion kind, for example `birthday`. */
	kind: string;
	/** Candidate channels, the most wanted first. */
	channels: Channel[];
	/** `plan` before there is a text, `send` at the moment of sending. */
	moment: 'plan' | 'send';
	/** What the finished text holds; needed at `send`. */
	text?: TextFacts;
	today: LocalDate;
	now: Instant;
}

/** What rules 4 and 6 want to know about a finished text. */
export interface TextFacts {
	/** It offers a way to refuse that is as easy as agreeing was. */
	offersRefusal: boolean;
	/** It names the shop and a way to reach it. */
	namesSender: boolean;
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
	decidedAt: Instant;
	/** For `defer`: the first instant at which it may be tried again. */
	retryAt?: Instant;
	tried: ChannelVerdict[];
}
