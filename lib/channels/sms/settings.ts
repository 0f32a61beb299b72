/** What the credential "Optical SMS" holds, whoever the provider is. Texts that were not entered are empty or absent. */
interface Common {
	/** Of the provider's API, where it is not its own public one. */
	baseUrl?: string;
	/** A number that can receive answers; SMS come from it instead of the shop's alias. */
	senderNumber?: string;
	/** Public address to which delivery reports and answers are sent. */
	webhookUrl?: string;
	/** Proves that a report comes from the provider: the `token` in the query of that address. */
	webhookSecret?: string;
	/** What one part of an SMS costs, in euro cents. */
	centsPerSegment?: number;
}

export interface TwilioSettings extends Common {
	provider: 'twilio';
	accountSid: string;
	/** Also signs the webhooks. */
	authToken: string;
	messagingServiceSid?: string;
	/** US dollars for one message. */
	maxPrice?: number;
}

export interface SkebbySettings extends Common {
	provider: 'skebby';
	user: string;
	password: string;
	/** GP with delivery report, TI without, SI without a sender of one's own. */
	quality: 'GP' | 'TI' | 'SI';
}

export interface SmshostingSettings extends Common {
	provider: 'smshosting';
	authKey: string;
	authSecret: string;
	/** Everything is checked, and nothing is sent. */
	sandbox?: boolean;
}

export interface BrevoSettings extends Common {
	provider: 'brevo';
	apiKey: string;
}

/** A provider that is described by fields. Lists are separated by commas; a path leads into an answer: `data.0.id`. */
export interface GenericSmsSettings extends Common {
	provider: 'generic';
	method: 'GET' | 'POST' | 'PUT';
	/** May hold placeholders, as `fields` may. */
	url: string;
	sendAs: 'json' | 'form' | 'query';
	/** JSON object whose texts may hold `{{to}}`, `{{toDigits}}`, `{{text}}`, `{{from}}`, `{{id}}`, `{{callback}}`. */
	fields: string;
	headerName?: string;
	headerValue?: string;
	/** HTTP statuses that mean taken; empty: 200, 201, 202. */
	acceptedStatuses?: string;
	/** Where an answer of such a status tells whether the message was taken, and the values that mean yes. */
	okPath?: string;
	okValues?: string;
	idPath?: string;
	errorPath?: string;
	/** Error codes of numbers that will never work. */
	unreachableCodes?: string;
	reportIdPath?: string;
	reportStatusPath?: string;
	deliveredValues?: string;
	failedValues?: string;
	/** Those of the failures that mean that the number does not work. */
	permanentValues?: string;
	replyFromPath?: string;
	replyTextPath?: string;
	replyToPath?: string;
	replyIdPath?: string;
	/** Address that answers 200 to a right login, for the credential's test. */
	testUrl?: string;
}

export type SmsSettings = TwilioSettings | SkebbySettings | SmshostingSettings | BrevoSettings | GenericSmsSettings;
export type SmsProvider = SmsSettings['provider'];

/** Public addresses of the providers' APIs. */
export const SMS_BASE_URLS: Record<Exclude<SmsProvider, 'generic'>, string> = {
	twilio: 'https://api.twilio.com',
	skebby: 'https://api.skebby.it',
	smshosting: 'https://api.smshosting.it',
	brevo: 'https://api.brevo.com',
};

/** An address of the provider's API. */
export function apiUrl({ provider, baseUrl }: Exclude<SmsSettings, GenericSmsSettings>, path: string): string {
	return `${(baseUrl || SMS_BASE_URLS[provider]).replace(/\/+$/, '')}${path}`;
}

/** Where the provider sends reports on a message; undefined where the shop wants none. Twilio signs its requests, the others carry the secret. */
export function callbackUrl({ provider, webhookUrl, webhookSecret }: SmsSettings): string | undefined {
	if (!webhookUrl || (provider !== 'twilio' && !webhookSecret)) return undefined;
	const url = new URL(webhookUrl);
	if (provider !== 'twilio') url.searchParams.set('token', webhookSecret as string);
	return url.toString();
}

/** The values of a list as a person types it. */
export function listOf(text: string | undefined): string[] {
	return (text ?? '').split(',').map((value) => value.trim()).filter((value) => value !== '');
}
