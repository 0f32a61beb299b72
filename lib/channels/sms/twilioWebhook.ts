import { createHmac } from 'node:crypto';
import type { DeliveryEvent, InboundEvent, PreferenceEvent } from '../../domain/inbound';
import type { TwilioSettings } from './settings';
import { TWILIO_OPTED_OUT, TWILIO_UNREACHABLE } from './twilio';
import { normalNumber, reply, report, sameSecret, type SmsWebhookRequest, type SmsWebhookResult } from './webhookRequest';

/** Those of Twilio's states that change something for us; the others come before the first. */
const STATES = new Map<string, DeliveryEvent['state']>([['sent', 'sent'], ['delivered', 'delivered'], ['read', 'read'], ['undelivered', 'failed'], ['failed', 'failed'], ['canceled', 'failed']]);

/**
 * Status callbacks and incoming messages of Twilio, signed with the account's token.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status, https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function twilioWebhook(settings: TwilioSettings, request: SmsWebhookRequest): SmsWebhookResult {
	const form = new URLSearchParams(request.rawBody.toString('utf8'));
	if (!isSigned(settings, request, form)) return 'forged';
	const sid = form.get('MessageSid') ?? form.get('SmsSid');
	if (!sid) return [];
	return form.has('Body') || form.get('SmsStatus') === 'received' ? incoming(sid, form, request) : status(sid, form, request);
}

/** https://www.twilio.com/docs/usage/security#validating-requests: the address as it was called and the sorted fields, by HMAC-SHA1. */
function isSigned({ authToken, webhookUrl }: TwilioSettings, { query, headers }: SmsWebhookRequest, form: URLSearchParams): boolean {
	const signature = headers['x-twilio-signature'];
	// The public address is taken from the settings: behind a proxy, what the request says of itself may differ.
	if (!authToken || !webhookUrl || !signature) return false;
	const search = query.replace(/^\?/, '');
	const url = webhookUrl.replace(/[?#].*$/, '') + (search && `?${search}`);
	const fields = [...new Set(form.keys())].sort().map((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value).join('')).join('');
	// It may sign with or without the port that everybody leaves out.
	return withAndWithoutPort(url).map((one) => sameSecret(signature, createHmac('sha1', authToken).update(one + fields).digest('base64'))).includes(true);
}

function withAndWithoutPort(url: string): string[] {
	const [, origin, port, rest] = /^(https?:\/\/[^/:?]+)(:\d+)?(.*)$/i.exec(url) ?? [];
	if (!origin) return [url];
	return port ? [url, origin + rest] : [url, `${origin}:${/^https/i.test(url) ? 443 : 80}${rest}`];
}

function status(sid: string, form: URLSearchParams, { receivedAt }: SmsWebhookRequest): InboundEvent[] {
	const state = STATES.get(form.get('MessageStatus') ?? form.get('SmsStatus') ?? '');
	if (!state) return [];
	const error = Number(form.get('ErrorCode'));
	const event = report({ providerId: sid, state, at: receivedAt, code: error ? `TWILIO_${error}` : undefined, permanent: TWILIO_UNREACHABLE.includes(error) });
	return error === TWILIO_OPTED_OUT ? [event, preference(sid, form.get('To'), 'stop', receivedAt)] : [event];
}

/** An SMS of a customer; where Twilio itself has acted on STOP or START, that too. */
function incoming(sid: string, form: URLSearchParams, { receivedAt }: SmsWebhookRequest): InboundEvent[] {
	const event = reply({ id: sid, when: receivedAt, from: form.get('From'), to: form.get('To'), text: form.get('Body') ?? '', at: receivedAt });
	const optOut = form.get('OptOutType');
	if (optOut !== 'STOP' && optOut !== 'START') return [event];
	return [event, preference(sid, form.get('From'), optOut === 'STOP' ? 'stop' : 'resume', receivedAt)];
}

function preference(sid: string, number: string | null, marketing: PreferenceEvent['marketing'], at: string): PreferenceEvent {
	return { kind: 'preference', channel: 'sms', eventId: `${sid}:${marketing}`, from: normalNumber(number), marketing, at };
}
