import type { Generated } from 'kysely';

/** Letters that are printed together. */
interface LetterBatchTable {
	id: Generated<number>;
	shop_id: number;
	/** The shop's day. */
	day: string;
	made_by: string;
	made_at: string;
	/** Of all its letters. */
	pages: number;
	/** What a page and the postage of a letter cost, in thousandths of a euro, and what a letter takes of the staff's time. */
	page_mills: number;
	postage_mills: number;
	staff_seconds: number;
	printed_at: string | null;
	printed_by: string | null;
	posted_at: string | null;
	posted_by: string | null;
}

interface LetterTable {
	message_id: number;
	batch_id: number;
	/** In the file, from 1. */
	position: number;
	pages: number;
}

export interface LetterTables {
	letter_batches: LetterBatchTable;
	letters: LetterTable;
}
