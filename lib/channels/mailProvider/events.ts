import type { ComplaintEvent, DeliveryEvent, InboundEvent, PreferenceEvent } from '../../domain/inbound';
import { instantOf, type Instant } from '../../domain/time';
import { ourMessageId } from '../messageId';

/** A call of a mail provider, as it came in. */
export interface MailWebhookRequest {
	/** Of the address as it was called, with or without its question mark. */
	query: string;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	/** The exact bytes. */
	rawBody: Buffer;
	receivedAt: Instant;
}

/** What a call tells, or that it does not come from the provider. What is about mails of others, and what nobody waits for, tells nothing. */
export type MailWebhookResult = InboundEvent[] | 'forged';

/** What every provider tells of one mail, in its own words. */
export interface Told {
	/** Tells this event from every other one. */
	eventId: string;
	/** Our Message-ID, wherever the provider gives it back. */
	quoted: string;
	recipient: string;
	at: Instant;
}

/** The mail has arrived, or has not. Empty where it is none of ours. */
export function delivery({ eventId, quoted, at }: Told, state: 'delivered' | 'failed', failure: { code?: string; permanent?: boolean } = {}): DeliveryEvent[] {
	const providerId = ourMessageId(quoted);
	if (!providerId) return [];
	return [{ kind: 'delivery', channel: 'email', providerId, eventId, state, at, ...(state === 'failed' && { code: failure.code ?? 'BOUNCE', permanent: failure.permanent ?? false }) }];
}

/** The reader has reported the mail as spam (RULES 28). */
export function complaint({ eventId, quoted, recipient, at }: Told): ComplaintEvent[] {
	const providerId = ourMessageId(quoted);
	return recipient ? [{ kind: 'complaint', channel: 'email', eventId, from: recipient.toLowerCase(), ...(providerId && { providerId }), at }] : [];
}

/** The reader has unsubscribed at the provider. */
export function unsubscribed({ eventId, recipient, at }: Told): PreferenceEvent[] {
	return recipient ? [{ kind: 'preference', channel: 'email', eventId, from: recipient.toLowerCase(), marketing: 'stop', at }] : [];
}

/** A status of RFC 3463 such as `5.1.1`, where there is one. */
export function statusCode(text: unknown): string | undefined {
	return typeof text === 'string' ? /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] : undefined;
}

/** Seconds since 1970. The moment of the call where they tell none, or one that is still to come. */
export function momentOf(seconds: unknown, { receivedAt }: MailWebhookRequest): Instant {
	const count = Number(seconds);
	if (!(count > 0 && count < 1e11)) return receivedAt;
	const at = instantOf(new Date(count * 1000));
	return at > receivedAt ? receivedAt : at;
}

/** An object of a body; empty where it is none. */
export function fields(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The items of a list as objects; none where it is no list. */
export function objects(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.map(fields) : [];
}

/** A text, or a number as text; empty where it is neither. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A body of JSON; undefined where it is none. */
export function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
