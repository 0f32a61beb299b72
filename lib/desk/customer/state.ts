import type { ConsentChannel, ConsentPurpose, ConsentStatus } from '../../domain/consent';
import type { Channel } from '../../domain/glossary';
import type { Instant, LocalDate } from '../../domain/time';
import type { TimelineEntry } from '../../domain/timeline';
import type { DeskFrame } from '../state';
import type { Place } from '../view';
import type { TypedConsent } from './action';

/** A customer of a list. */
export interface ListedCustomer {
	id: number;
	name: string;
	birthDate?: LocalDate;
	/** Numbers, addresses and the town, as people read them: what tells namesakes apart. */
	contacts: string[];
}

/** The search for customers. */
export interface CustomersState extends DeskFrame {
	place: Place;
	/** `tooShort`: what was typed means nearly everybody. */
	outcome: 'notAsked' | 'tooShort' | 'found';
	/** On all pages. */
	total: number;
	/** More were found than are counted. */
	isMore: boolean;
	/** Letters that a name needs at least. */
	letters: number;
	customers: ListedCustomer[];
}

/** A contact point with what stands against its use. */
export interface CustomerContact {
	id: number;
	kind: 'email' | 'mobile' | 'landline' | 'phone' | 'address' | 'push';
	/** As people read it. */
	words: string;
	status: 'valid' | 'invalid' | 'bounced';
	/** Before others of its kind. */
	preferred: boolean;
	unreachable: Channel[];
	suppressions: Array<{ purpose: ConsentPurpose; reason: string; since: Instant }>;
	rpo?: { listed: boolean; checkedAt: Instant };
}

/** A record of the ledger with what it decides today. */
export interface StandingConsent {
	id: number;
	status: ConsentStatus;
	/** For what it is the word that counts. */
	channels: ConsentChannel[];
	purposes: ConsentPurpose[];
	/** What the record itself names: what a withdrawal must name too. */
	channel: ConsentChannel;
	purpose: ConsentPurpose;
	saidAt: Instant;
	source: string;
	method?: string;
	operator?: string;
	evidence?: string;
	noticeVersion?: string;
	note?: string;
	/** Where it counts for one contact point only. */
	onlyFor?: string;
}

/** Why a consent was not recorded. */
export type RecordFault = 'evidenceMissing' | 'guardianMissing' | 'notSpecific' | 'notice' | 'noMoment' | 'future' | 'other';
/** Why nobody was erased. */
export type EraseFault = 'surname' | 'sending';

/** The page of one customer. */
export interface CustomerPageState extends DeskFrame {
	/** The page of the timeline, and the search that led here. */
	place: Place;
	customer: {
		id: number;
		name: string;
		/** What is typed to erase the customer. */
		surname: string;
		code?: string;
		birthDate?: LocalDate;
		/** Completed years. */
		age?: number;
		deceased: boolean;
		/** Too young to say yes alone. */
		isMinor: boolean;
	};
	contacts: CustomerContact[];
	preferredChannel?: Channel;
	household: Array<{ id: number; name: string; age?: number }>;
	/** Newest first. */
	consents: StandingConsent[];
	/** Versions of the privacy notices to choose from, the newest first. */
	notices: string[];
	/** The newest decisions, each in a few sentences. */
	why: string[];
	/** There are older ones: not shown yet, or more than are ever shown. */
	olderWhy?: 'hidden' | 'capped';
	timeline: { total: number; entries: TimelineEntry[] };
	/** What was typed and could not be recorded, and why. */
	typed?: TypedConsent;
	fault?: RecordFault;
	eraseFault?: EraseFault;
}

/** What is shown after an erasure: nothing that names the person. */
export interface ErasedState extends DeskFrame {
	customerId: number;
	counts: Record<string, number>;
	proof: { tables: number; rows: number; left: Array<{ table: string; column: string; row: number | string }>; ofOthers: number };
}
