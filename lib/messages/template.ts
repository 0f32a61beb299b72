import type { Channel, Intent, Language, MessageClass, Purpose } from '../domain/glossary';

export const VARIABLE_TYPES = ['text', 'integer', 'date', 'sex', 'formality'] as const;
/** What a variable holds. `date` is a local date `YYYY-MM-DD`; `sex` is F or M; `formality` is lei or tu. */
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A value that a template may use, written `group.field` in its text. */
export interface TemplateVariable {
	/** First half of the name: `customer`, `occasion` or `shop`. */
	group: string;
	field: string;
	type: VariableType;
	/** A required variable that is missing or empty stops the message. */
	required: boolean;
	/** A made-up value, for tests and previews. */
	example: string | number;
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
	/** Only where the channel has subjects. */
	subject?: string;
	/** The line that a mailbox shows after the subject. */
	preheader?: string;
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
