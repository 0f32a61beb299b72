/** The words of the trade that the store, the nodes and the pages share: the one place that fixes their spelling. */

export const CHANNELS = ['email', 'sms', 'whatsapp', 'whatsappLinked', 'letter', 'call', 'push'] as const;
/** A way to reach a customer. `whatsapp` is the official Cloud API, `whatsappLinked` the shop's own phone. */
export type Channel = (typeof CHANNELS)[number];

export const CONTACT_POINT_KINDS = ['email', 'phone', 'address', 'push'] as const;
/** What a contact point is: an e-mail address, an E.164 number, a postal address, an app token. */
export type ContactPointKind = (typeof CONTACT_POINT_KINDS)[number];

export const MESSAGE_CLASSES = ['service', 'relational', 'recall', 'promotional'] as const;
/** What a message is for; decides the legal basis it needs and the rollout step that opens it. */
export type MessageClass = (typeof MESSAGE_CLASSES)[number];

export const INTENTS = ['institutional', 'qualifying', 'incentive'] as const;
/** The shop's own word for the aim: loyalty, personal bond and brand, or an offer. */
export type Intent = (typeof INTENTS)[number];

export const PURPOSES = ['service', 'recall', 'marketing', 'survey', 'health', 'profiling'] as const;
/** What a consent is given for. */
export type Purpose = (typeof PURPOSES)[number];

export const LANGUAGES = ['it', 'en'] as const;
/** The languages in which templates and pages exist. */
export type Language = (typeof LANGUAGES)[number];

export const FORMALITIES = ['lei', 'tu'] as const;
/** How the shop addresses this customer. */
export type Formality = (typeof FORMALITIES)[number];

/** The contact point that a channel writes to. */
export const CONTACT_POINT_OF_CHANNEL: Record<Channel, ContactPointKind> = {
	email: 'email',
	sms: 'phone',
	whatsapp: 'phone',
	whatsappLinked: 'phone',
	letter: 'address',
	call: 'phone',
	push: 'push',
};

/** What a channel calls the line above the text; the others have none. */
const SUBJECT_OF_CHANNEL = { email: 'subject', letter: 'subject', push: 'title' } as const satisfies Partial<Record<Channel, string>>;

/** Whether messages of this channel have a line above the text. */
export function hasSubject(channel: Channel): boolean {
	return Object.hasOwn(SUBJECT_OF_CHANNEL, channel);
}

/** The consent that a class of message asks for. Source: RULES, table "Legal basis by purpose and channel". */
export const PURPOSE_OF_CLASS: Record<MessageClass, Purpose> = {
	service: 'service',
	recall: 'recall',
	relational: 'marketing',
	promotional: 'marketing',
};

export const MESSAGE_STATES = [
	'pending', 'approved', 'rejected', 'expired', 'sending', 'sent', 'delivered', 'read', 'failed', 'uncertain', 'blocked',
] as const;
/** Where a message is on its way. `uncertain`: it may or may not have left; only a person decides. */
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Who changes a state where no person does. */
export const AUTOMATIC: readonly string[] = ['policy', 'workflow', 'sender', 'clock'];

/** Which state may follow which. `sending -> approved` only where the provider is known not to have taken the message. */
export const NEXT_STATES: Record<MessageState, readonly MessageState[]> = {
	pending: ['approved', 'rejected', 'expired', 'blocked'],
	approved: ['sending', 'rejected', 'expired', 'blocked', 'pending'],
	sending: ['sent', 'failed', 'uncertain', 'approved', 'blocked'],
	sent: ['delivered', 'read', 'failed', 'approved'],
	delivered: ['read'],
	read: [],
	failed: [],
	uncertain: ['sent', 'failed'],
	rejected: [],
	expired: [],
	blocked: [],
};
