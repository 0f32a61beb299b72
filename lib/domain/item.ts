import type { DataUse, Decision } from './consent';
import type { Channel, Formality, Intent, Language, MessageClass, MessageState } from './glossary';
import type { MessageExtra } from './messageExtra';
import type { NotReworded, Rewording } from './rewording';
import type { SegmentFacts } from './segmentFacts';
import type { Instant, LocalDate } from './time';

/** The least that the next nodes need of a customer. Addresses and numbers stay in the store. */
export interface ItemCustomer {
	/** Id in the store. */
	id: number;
	/** The shop program's own code. */
	code?: string;
	firstName: string;
	lastName: string;
	/** For example "Dott.ssa"; only where the shop has recorded one. */
	title?: string;
	sex?: 'F' | 'M';
	language: Language;
	formality: Formality;
}

/** A dated reason to contact one customer. (customer, kind, dueOn, stage) is its key. */
export interface ItemOccasion {
	/** Id in the occasion ledger; absent where a consultant's own source made the occasion. */
	id?: number;
	/** For example `birthday` or `campaign.occhiali-da-sole`. */
	kind: string;
	dueOn: LocalDate;
	/** 1 for the first contact, 2 for the first reminder, and so on. */
	stage: number;
	class: MessageClass;
	/** Days from `dueOn` to the shop's today: 0 on the day, positive when late, negative when early. */
	daysLate: number;
	/** The day of the fact that it comes from: of the last exam, the delivery, the last visit. */
	since?: LocalDate;
	/** Why this one: `interval` or `by-hand` (vision check), `rhythm` or `fixed` (dormant), `first-time` or `answered-wrong` (progressive). */
	cause?: string;
	/** `call` where a person of the shop should telephone at this stage, else `message`. Absent where nobody said. */
	by?: 'message' | 'call';
	/** Birthdays: the age that the customer reaches. */
	turns?: number;
	/**
	 * The last day on which a message that is written now may leave: tomorrow "today is your birthday" is no longer true. After it the
	 * message expires, and while the occasion's own window is open the trigger hands it out again for a new text. Absent: no limit.
	 */
	expiresOn?: LocalDate;
	/** Handed out ahead: a message waits for this day, and its text is of that day. A letter leaves at once: it is on its way for days. */
	leavesOn?: LocalDate;
	/** Data about the customer that it goes by: health (RULES 13), a purchase of a day, profiling (RULES 15). */
	uses?: DataUse;
}

/* What a message may speak of besides customer, occasion and shop. Each is optional, and so is each of its fields: a template says which it needs. */

/** The appointment that a message is about. */
export interface ItemAppointment {
	/** What for, in the shop's own words, for example `controllo`. */
	kind?: string;
	/** The moment; templates write it as `appointment.day` and `appointment.time`, in the shop's zone. */
	startsAt?: Instant;
}

/** The order that a message is about. */
export interface ItemOrder {
	/** As a customer would call it, for example `occhiali da sole`; never a prescription. */
	description?: string;
	orderedOn?: LocalDate;
	/** The day from which it can be collected. */
	readyOn?: LocalDate;
	/** Cents. */
	amountCents?: number;
}

/** The quote that a message is about. */
export interface ItemQuote {
	description?: string;
	madeOn?: LocalDate;
	/** The last day on which it holds. */
	validUntil?: LocalDate;
	/** Cents. */
	amountCents?: number;
}

/** What a campaign offers, or an event that it invites to. */
export interface ItemOffer {
	/** A few words, for example `Seconda coppia`. */
	title?: string;
	/** One or two sentences. */
	text?: string;
	/** The last day on which it holds; of an event, its day. */
	validUntil?: LocalDate;
	/** Local time of an event, `HH:mm`. */
	time?: string;
	/** Cents. */
	priceCents?: number;
	/** To be shown at the counter. */
	code?: string;
}

/** Who lives with the customer. */
export interface ItemHousehold {
	/** How many customers of the shop there are in it, this one included. */
	members?: number;
}

/** Web addresses that a message may lead to. */
export interface ItemLinks {
	/** Where an appointment is booked; the shop's own setting when absent. */
	booking?: string;
	/** Where this customer says how satisfied they are. */
	survey?: string;
	/** Where the offer, the event or the news can be read. */
	more?: string;
}

/** In which segments a customer was looked for, and with what. */
export interface ItemSegments {
	/** Those of the segments asked for that the customer is in; `own` stands for own rules. */
	names: string[];
	/**
	 * Whether a fact that concerns health decided, also whether one is among `facts`: choosing recipients by it needs explicit consent for
	 * health data (rule 13). Once true it stays so, whatever later nodes ask.
	 */
	usesHealthData: boolean;
	/** Day of the customer's newest purchase, where facts that come from purchases decided or are among `facts` (RULES 8, 15). Of several nodes the oldest. */
	purchaseOn?: LocalDate;
	/** Whether such a fact judges worth or habits. Once true it stays so. */
	profiling?: true;
	/** The facts that the workflow asked for, by their names in `SEGMENT_FACTS`. */
	facts?: SegmentFacts;
}

/** A text for one customer on one channel. The nodes fill it in from left to right. */
export interface ItemMessage {
	/** Id in the store, once queued. */
	id?: number;
	channel: Channel;
	class: MessageClass;
	intent?: Intent;
	language: Language;
	templateId: string;
	templateVersion: number;
	/** The line above the text, on the channels that have one: e-mail, letter, push. */
	subject?: string;
	/** What a mailbox shows after the subject; e-mail only. */
	preheader?: string;
	/** The personal part, plain text, paragraphs parted by an empty line: what the staff may edit. */
	body: string;
	/** The whole plain text as it will arrive, with signature and footer; of a call, what the staff read. */
	text: string;
	/** The whole HTML as it will arrive; e-mail only. */
	html?: string;
	/** What the channel needs besides the text; see `MessageExtra`. */
	extra?: MessageExtra;
	/** Where this customer can refuse further messages of this purpose. */
	refusalUrl?: string;
	/** Where a language model has worded the text anew. */
	rewording?: Rewording;
	/** Where it should have, why the text is the template's own. */
	notReworded?: NotReworded;
	state?: MessageState;
}

/** A message after it was queued: the text is in the store, the item keeps what later nodes and people need to follow it. */
export interface QueuedMessage extends Pick<ItemMessage, 'channel' | 'class' | 'templateId' | 'templateVersion'> {
	id: number;
	state: MessageState;
	/** True when the occasion already had a message: nothing new was stored. */
	duplicate: boolean;
}

/** What flows between the nodes. Each adds its part and keeps the rest, fields that it does not know included. */
export interface CrmItem {
	customer: ItemCustomer;
	occasion: ItemOccasion;
	segments?: ItemSegments;
	decision?: Decision;
	message?: ItemMessage | QueuedMessage;
	appointment?: ItemAppointment;
	order?: ItemOrder;
	quote?: ItemQuote;
	offer?: ItemOffer;
	household?: ItemHousehold;
	link?: ItemLinks;
	[other: string]: unknown;
}
