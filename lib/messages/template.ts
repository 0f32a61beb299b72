import type { Channel, Intent, Language, MessageClass, Purpose } from '../domain/glossary';
import type { CallQuestion } from '../domain/messageExtra';

export const VARIABLE_TYPES = ['text', 'integer', 'date', 'time', 'money', 'url', 'sex', 'formality'] as const;
/**
 * What a variable holds. `date` is a local date `YYYY-MM-DD`, `time` a local time `HH:mm`, `money` whole cents, `url` an http or https
 * address, `sex` F or M, `formality` lei or tu.
 */
export type VariableType = (typeof VARIABLE_TYPES)[number];

export const VARIABLE_GROUPS = ['customer', 'occasion', 'shop', 'appointment', 'order', 'quote', 'offer', 'household', 'link'] as const;
/** The parts of an item that a template may read, and the shop. */
export type VariableGroup = (typeof VARIABLE_GROUPS)[number];

/** A value that a template may use, written `group.field` in its text. */
export interface TemplateVariable {
	/** First half of the name. */
	group: VariableGroup;
	field: string;
	type: VariableType;
	/** A required variable that is missing or empty stops the message. */
	required: boolean;
	/** A made-up value, for tests and previews. */
	example: string | number;
}

export const WHATSAPP_MEDIA = ['image', 'video', 'document'] as const;
export const WHATSAPP_BUTTONS = ['reply', 'url', 'phone'] as const;
/**
 * A button below a WhatsApp template. `reply` sends its label back, `phone` calls the shop, `url` opens an address: one written out, or the
 * declared variable of that name.
 */
export interface WhatsAppButton {
	kind: (typeof WHATSAPP_BUTTONS)[number];
	/** At most 25 characters. */
	label: string;
	/** Of the kind `url` only. */
	url?: string;
}

/** What Meta approves beside the text of a WhatsApp template. Header, footer and labels hold no variables. */
export interface WhatsAppFrame {
	/** Its name at Meta, to which the form of address is added where the text has two: `compleanno` becomes `compleanno_lei` and `compleanno_tu`. */
	name: string;
	category: 'MARKETING' | 'UTILITY';
	/** A line above the text, at most 60 characters. */
	header?: string;
	/** In place of the line: a file above the text, the same for everybody, which Meta fetches when the message is sent. */
	media?: { kind: (typeof WHATSAPP_MEDIA)[number]; link: string };
	/** A line below the text, at most 60 characters: how to refuse, where the message is no service. */
	footer?: string;
	buttons?: WhatsAppButton[];
}

/** What the front matter of a template file says, checked. */
export interface FrontMatter {
	id: string;
	/** Counts from 1; raised with every change of the wording, so that a stored message tells which text it came from. */
	version: number;
	channel: Channel;
	class: MessageClass;
	purpose: Purpose;
	intent: Intent;
	locale: Language;
	/** Only where the channel has subjects: e-mail, letter, push. */
	subject?: string;
	/** The line that a mailbox shows after the subject; e-mail only. */
	preheader?: string;
	/** Calls only: what the staff ask and tick off, worded for the staff. */
	questions?: CallQuestion[];
	/** WhatsApp only, and always there. */
	whatsApp?: WhatsAppFrame;
	/** Push only: the variable with the address that a tap opens. */
	link?: string;
	variables: TemplateVariable[];
	/** Whether an offer may be written into this text. */
	mayHoldOffer: boolean;
}

/** The texts of one message: each empty where the template has none. */
export interface Texts {
	subject: string;
	preheader: string;
	body: string;
}

/** A checked template, ready to render. Its texts hold their placeholders. */
export interface Template extends Omit<FrontMatter, keyof Texts>, Texts {
	/** Where it came from, relative to the templates folder: for error texts. */
	file: string;
	/** Fills in all texts. The values must be cleaned: see `declaredValues`. */
	fill: (values: object) => Texts;
}

/** How an error text names a template. */
export function nameOf(template: FrontMatter): string {
	return `"${template.id}" (${template.channel}, ${template.locale}, version ${template.version})`;
}
