/** A call of a client, read. */
export interface SmsCall {
	method: string;
	path: string;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	query: URLSearchParams;
	/** Fields of a form; none for other bodies. */
	form: URLSearchParams;
	/** Parsed where the body is JSON. */
	json: Record<string, unknown>;
}

export interface SmsAnswer {
	status: number;
	/** Sent as JSON; a text as it is. */
	body: unknown;
}

/** What a client wants to have sent. */
export interface NewSms {
	to: string;
	from: string;
	text: string;
	/** The id that the client gives it, where the protocol lets it. */
	id?: string;
	/** Where reports on it go. */
	callback?: string;
}

/** The SMS as the stand-in keeps it. */
export interface StandinSms extends NewSms {
	id: string;
	provider: string;
	at: string;
	state: 'sent' | 'delivered' | 'failed';
}

/** How one provider speaks: documented requests, answers, errors and webhooks. */
export interface StandinProvider {
	/**
	 * Answers a call of this provider's API; undefined for an address of another.
	 * @param send keeps the SMS
	 */
	handle(call: SmsCall, send: (sms: NewSms) => StandinSms): SmsAnswer | undefined;
	/** The request by which a report goes to the callback address. */
	report(sms: StandinSms, state: 'delivered' | 'failed'): WebhookOut;
	/** The request by which an SMS of a customer is handed over. */
	reply(from: string, to: string, text: string, latest: StandinSms | undefined): WebhookOut;
}

/** A request to a webhook; `sign` adds headers that depend on the address. */
export interface WebhookOut {
	method: 'GET' | 'POST';
	form?: Record<string, string>;
	json?: unknown;
	sign?: (url: string) => Record<string, string>;
}

/** Numbers that misbehave as on the real service: one that is none, one that has refused, one of an account without credit. */
export const STANDIN_NUMBERS = { invalid: '+390000000000', refused: '+393330000001', noCredit: '+393330000002' } as const;

export function basicIs({ headers }: SmsCall, user: string, password: string): boolean {
	return headers.authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** With its plus, however the client writes it. */
export function withPlus(number: string): string {
	return number.startsWith('+') ? number : `+${number}`;
}
