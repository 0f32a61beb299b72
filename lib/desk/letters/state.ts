import type { MessageState } from '../../domain/glossary';
import type { Instant, LocalDate } from '../../domain/time';
import type { DeskFrame, DeskMessage } from '../state';
import type { Place } from '../view';

/** A letter of a list. */
export interface DeskLetter extends Pick<DeskMessage, 'id' | 'customerName' | 'occasion' | 'expiresOn'> {
	customerId: number;
	/** On one line. */
	address: string;
	/** Why it is not printed: a doubt about the address, or `CHARACTERS`. */
	doubt?: string;
	state: MessageState;
	/** In its batch. */
	position?: number;
	pages?: number;
}

/** Letters that are printed together. */
export interface DeskBatch {
	id: number;
	madeAt: Instant;
	madeBy: string;
	letters: number;
	pages: number;
	printedAt?: Instant;
	printedBy?: string;
	postedAt?: Instant;
	postedBy?: string;
}

/** The letters that wait, and the batches that were made. */
export interface LettersState extends DeskFrame {
	place: Place;
	/** Letters that wait, on all pages. */
	total: number;
	letters: DeskLetter[];
	/** How many of one batch at the most. */
	most: number;
	/** Newest first. */
	batches: DeskBatch[];
}

/** One batch with its letters. */
export interface BatchState extends DeskFrame {
	batch: DeskBatch & { day: LocalDate };
	letters: DeskLetter[];
}
