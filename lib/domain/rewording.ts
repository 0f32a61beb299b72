import type { Instant } from './time';

/** A text that a language model has worded anew: kept with the message, so that the staff see the difference and can go back. */
export interface Rewording {
	/** The personal part as the template has it. */
	original: string;
	/** The model's name, where it tells one. */
	model?: string;
	/** When it was worded anew. */
	at: Instant;
}

/** Why a text stayed as the template has it. */
export type NotRewordedReason =
	// Nothing was asked.
	| 'NO_MODEL' | 'FIXED_TEXT' | 'SPOKEN' | 'LITTLE_LEFT' | 'HEALTH_LEFT' | 'CALLS_USED_UP'
	// There was no answer.
	| 'NO_ANSWER' | 'EMPTY_ANSWER'
	// The answer was refused.
	| 'PLACEHOLDERS' | 'NUMBERS' | 'DATES' | 'ADDRESSES' | 'NAMES' | 'HEALTH_WORDS' | 'OFFER_WORDS' | 'FORM_OF_ADDRESS' | 'LANGUAGE' | 'MARKUP'
	| 'LENGTH' | 'SMS_SEGMENTS' | 'CHANNEL_LIMIT' | 'INCOMPLETE' | 'HEALTH_DETAIL';

/** What the item says instead of a rewording. */
export interface NotReworded {
	reason: NotRewordedReason;
	/** In words; never a word of the answer. */
	remark: string;
}
