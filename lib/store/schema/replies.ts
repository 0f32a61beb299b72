import type { Generated } from 'kysely';

/** Something that a customer wrote or said, and that waits for the staff. One for each sender and channel is open at a time. */
interface TicketTable {
	id: Generated<number>;
	shop_id: number;
	/** Null while nobody knows who it is. */
	customer_id: number | null;
	channel: string;
	/** Number or address that it came from. */
	sender: string;
	kind: string;
	urgent: number;
	state: string;
	/** Our message that is answered. */
	message_id: number | null;
	proposed_answer: string | null;
	opened_at: string;
	updated_at: string;
	closed_at: string | null;
	closed_by: string | null;
	note: string | null;
}

/** What customers wrote. */
interface InboundMessageTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number | null;
	channel: string;
	sender: string;
	body: string;
	meaning: string;
	at: string;
	received_at: string;
	message_id: number | null;
	ticket_id: number | null;
}

interface SurveyAnswerTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	message_id: number | null;
	/** 0 to 10. */
	score: number;
	comment: string | null;
	answered_at: string;
}

interface FrequentQuestionTable {
	id: Generated<number>;
	shop_id: number;
	language: string;
	name: string;
	/** A JSON list. */
	phrases: string;
	answer: string;
	updated_at: string;
}

export interface ReplyTables {
	tickets: TicketTable;
	inbound_messages: InboundMessageTable;
	survey_answers: SurveyAnswerTable;
	frequent_questions: FrequentQuestionTable;
}
