import type { Delivery } from '../channel';

type Failure = Exclude<Delivery, { outcome: 'sent' }>;
/** What an error means, without its code. */
type Meaning = Failure extends infer Each ? (Each extends unknown ? Omit<Each, 'code'> : never) : never;

/** Nothing leaves until a person has mended the account. */
const ACCOUNT: Meaning = { outcome: 'down', alert: true };
/** Nothing leaves for a while. */
const LATER: Meaning = { outcome: 'down', backOff: true };
/** Only this message, and it would fare no better a second time. */
const NEVER: Meaning = { outcome: 'refused', retry: false };
/** Every message from this template would be refused. */
const TEMPLATE: Meaning = { outcome: 'refused', retry: false, stopTemplate: true };

const A_DAY_IN_MINUTES = 1440;

/**
 * Meta's errors and what they mean for a message: from the first code to the last of each row. The rows that RULES names come first, the others
 * are read from Meta's own page, as of September 2026. A code that no row holds stops only its message.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const WHATSAPP_ERRORS: ReadonlyArray<[from: number, to: number, meaning: Meaning]> = [
	// The number has no WhatsApp, or one that is too old.
	[131026, 131026, { outcome: 'refused', retry: false, unreachable: true }],
	// The window is closed: only a template could leave.
	[131047, 131047, NEVER],
	[470, 470, NEVER],
	// Meta's own limit for each person; once more after a day, see `whatsAppFailure`.
	[131049, 131049, { outcome: 'refused', retry: true, afterMinutes: A_DAY_IN_MINUTES }],
	// The customer has stopped marketing from this business.
	[131050, 131050, { outcome: 'refused', retry: false, withdraw: true }],
	// Left out by an experiment of Meta's.
	[130472, 130472, NEVER],
	// Too many were blocked or reported; the account was restricted.
	[131048, 131048, ACCOUNT],
	[368, 368, ACCOUNT],
	// Too fast: for the number, for the account.
	[130429, 130429, LATER],
	[80007, 80007, LATER],
	// Too fast for this one recipient: others need not wait.
	[131056, 131056, { outcome: 'refused', retry: true, afterMinutes: 1 }],
	// Templates: count or format of parameters, missing, paused, disabled.
	[132000, 132016, TEMPLATE],

	// Token, permissions, payment, registration, restrictions.
	[0, 0, ACCOUNT],
	[3, 3, ACCOUNT],
	[10, 10, ACCOUNT],
	[33, 33, ACCOUNT],
	[104, 104, ACCOUNT],
	[190, 190, ACCOUNT],
	[200, 299, ACCOUNT],
	[131005, 131005, ACCOUNT],
	[131031, 131031, ACCOUNT],
	[131037, 131037, ACCOUNT],
	[131042, 131042, ACCOUNT],
	[131045, 131045, ACCOUNT],
	[131064, 131064, ACCOUNT],
	[133006, 133006, ACCOUNT],
	[133010, 133010, ACCOUNT],
	[134011, 134011, ACCOUNT],
	// Meta's servers, or its limits for all calls of the app.
	[2, 2, LATER],
	[4, 4, LATER],
	[131016, 131016, LATER],
	[131057, 131057, LATER],
	[133004, 133004, LATER],
	// "Message failed to send due to an unknown error. Try again."
	[131000, 131000, { outcome: 'refused', retry: true }],
	// No messages to this country.
	[130497, 130497, { outcome: 'refused', retry: false, unreachable: true }],
	// Marketing templates are switched off; parameters that Meta's check refuses; a flow that is blocked.
	[131063, 131063, TEMPLATE],
	[132018, 132018, TEMPLATE],
	[132068, 132069, TEMPLATE],
];

/** How a code of Meta's is recorded. */
export function codeOf(code: number): string {
	return `META_${code}`;
}

/**
 * What an error of Meta's means for a message.
 * @param code of the error object, from the answer or from a status that came later
 * @param attempt how often sending was begun, this time included
 */
export function whatsAppFailure(code: number, attempt: number): Failure {
	const [, , meaning] = WHATSAPP_ERRORS.find(([from, to]) => code >= from && code <= to) ?? [code, code, NEVER];
	const once = code === 131049 && attempt > 1 ? { retry: false, afterMinutes: undefined } : {};
	return { ...meaning, ...once, code: codeOf(code) } as Failure;
}
