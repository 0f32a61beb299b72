import { createHash, timingSafeEqual } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { DeliveryEvent, InboundEvent, ReplyEvent } from '../../domain/inbound';
import type { Instant } from '../../domain/time';
import type { SmsSettings } from './settings';

/** A call of a provider, as it came in. */
export interface SmsWebhookRequest {
	/** Of the address as it was called, with or without its question mark. */
	query: string;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	/** The exact bytes. */
	rawBody: Buffer;
	receivedAt: Instant;
}

/** What a call tells, or that it does not come from the provider. What cannot be read, and what nobody waits for, tells nothing. */
export type SmsWebhookResult = InboundEvent[] | 'forged';

/** Whether the query carries the credential's secret: what providers that do not sign are known by. Without a secret, nobody is. */
export function hasToken({ webhookSecret }: SmsSettings, { query }: SmsWebhookRequest): boolean {
	return !!webhookSecret && sameSecret(new URLSearchParams(query).get('token') ?? '', webhookSecret);
}

/** Compares in a time that tells nothing of where two texts differ or how long they are. */
export function sameSecret(one: string, other: string): boolean {
	return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}

/** The fields of a form, and of the query. */
export function fieldsOf({ query, rawBody }: SmsWebhookRequest): Record<string, string> {
	return { ...Object.fromEntries(new URLSearchParams(query)), ...Object.fromEntries(new URLSearchParams(rawBody.toString('utf8'))) };
}

/** The JSON objects of a body: one, or several in a list. */
export function jsonObjects({ rawBody }: SmsWebhookRequest): Array<Record<string, unknown>> {
	try {
		const body: unknown = JSON.parse(rawBody.toString('utf8'));
		return (Array.isArray(body) ? body : [body]).filter((entry) => typeof entry === 'object' && entry !== null) as Array<Record<string, unknown>>;
	} catch {
		return [];
	}
}

/** A number in the store's form, from `39333…`, `0039333…` or `+39333…`. A short code or a name stays as it is. */
export function normalNumber(value: unknown): string {
	const text = String(value ?? '').trim();
	const bare = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
	return /^\+?\d{8,15}$/.test(bare) ? `+${bare.replace(/^\+/, '')}` : text;
}

/** The moment that a provider names, or else the moment at which the call came in. */
export function momentOf(time: DateTime | undefined, { receivedAt }: SmsWebhookRequest): Instant {
	return (time?.isValid ? time.toUTC().toISO() : undefined) ?? receivedAt;
}

/** A report on a message. Its id is made of message and state: the same report sent twice is one. */
export function report(fields: Pick<DeliveryEvent, 'providerId' | 'state' | 'at'> & { code?: string; permanent?: boolean }): DeliveryEvent {
	const { providerId, state, at, code, permanent } = fields;
	return { kind: 'delivery', channel: 'sms', providerId, eventId: `${providerId}:${code ?? state}`, state, at, ...(state === 'failed' && { code, permanent: permanent ?? false }) };
}

/**
 * An SMS of a customer.
 * @param id of the provider; where it gives none, `when` tells an SMS from the next with the same words
 */
export function reply(fields: { id?: string; when: string; from: unknown; to?: unknown; text: string; at: Instant; inReplyTo?: string }): ReplyEvent {
	const { id, when, text, at, inReplyTo } = fields;
	const from = normalNumber(fields.from);
	const eventId = id ?? createHash('sha256').update(JSON.stringify([from, when, text])).digest('base64url');
	return { kind: 'reply', channel: 'sms', eventId, from, ...(fields.to ? { to: normalNumber(fields.to) } : {}), text, at, ...(inReplyTo && { inReplyTo }) };
}
