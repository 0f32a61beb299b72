import type { Generated } from 'kysely';

interface MessageTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	occasion_id: number;
	/** Of its occasion, so that what waits is counted without it. */
	kind: Generated<string>;
	contact_point_id: number;
	channel: string;
	class: string;
	intent: string | null;
	language: string;
	template_id: string;
	template_version: number;
	subject: string | null;
	preheader: string | null;
	body: string;
	text: string;
	refusal_url: string | null;
	content_hash: string;
	/** The content hash that somebody approved. */
	approved_hash: string | null;
	decision_id: number | null;
	state: string;
	attempts: number;
	not_before: string | null;
	sending_until: string | null;
	expires_on: string | null;
	provider_id: string | null;
	created_at: string;
	updated_at: string;
	/** The shop's day on which it left, or may have left. */
	sent_on: string | null;
	/** `MessageExtra` as JSON. */
	extra: string | null;
	/** What the recipient was chosen by, as JSON. */
	uses: string | null;
	/** Which provider or account took it, for example `twilio`. */
	provider: string | null;
	/** What it cost outside of the shop, in thousandths of a euro, and the staff's time. Null until it left. */
	cost_mills: number | null;
	staff_seconds: number | null;
	delivered_at: string | null;
	read_at: string | null;
	/** The provider's code of why it failed after it was sent. */
	failure: string | null;
	/** `Rewording` as JSON; the text beside it is what leaves. */
	rewording: string | null;
	/** The staff look at it again on this day. */
	later_on: string | null;
	/** The body as it was before the staff changed it; null where they have not. */
	written: string | null;
	/** When they changed it last. */
	edited_at: string | null;
	/** The approved hash under which it was left for the shop's phone to send. */
	left_hash: string | null;
}

/** A message's mail. */
interface MessageHtmlTable {
	message_id: number;
	html: string;
}

interface MessageHistoryTable {
	id: Generated<number>;
	message_id: number;
	at: string;
	from_state: string | null;
	to_state: string;
	who: string;
	why: string | null;
}

interface OwnTemplateTable {
	id: Generated<number>;
	shop_id: number;
	template_id: string;
	channel: string;
	language: string;
	version: number;
	/** Null gives the place back to the package's own text. */
	source: string | null;
	who: string;
	created_at: string;
}

/** What the staff say of a text that reads badly, or not as its reader would like it. */
interface TextComplaintTable {
	id: Generated<number>;
	shop_id: number;
	message_id: number;
	template_id: string;
	template_version: number;
	channel: string;
	/** `sounds` or `person`. */
	about: string;
	words: string | null;
	who: string;
	at: string;
}

export interface MessageTables {
	messages: MessageTable;
	message_html: MessageHtmlTable;
	message_history: MessageHistoryTable;
	own_templates: OwnTemplateTable;
	text_complaints: TextComplaintTable;
}
