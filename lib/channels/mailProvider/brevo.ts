import type { InboundEvent } from '../../domain/inbound';
import { sameSecret } from '../sms/webhookRequest';
import { complaint, delivery, fields, momentOf, objects, parsed, statusCode, text, unsubscribed, type MailWebhookRequest, type MailWebhookResult, type Told } from './events';
import type { MailProviderSettings } from './settings';

/**
 * The header by which a mail finds its way back: Brevo gives its value back with each event, while it may write a Message-ID of its own.
 * https://developers.brevo.com/docs/transactional-webhooks
 */
export const BREVO_HEADER = 'X-Mailin-custom';

/** Failures, and whether the address will never work. What Brevo has on its own list of refusals is refused for reasons that it does not tell. */
const FAILURES = new Map<string, boolean>([['hard_bounce', true], ['invalid_email', true], ['soft_bounce', false], ['blocked', false], ['error', false]]);

/**
 * Events of transactional e-mails, one or several in a call. Brevo signs nothing: it sends the token that its webhook was made with, as
 * `Authorization: Bearer`, or the address carries it. https://developers.brevo.com/docs/secured-webhooks
 */
export function brevoMailWebhook({ reportSecret = '' }: MailProviderSettings, request: MailWebhookRequest): MailWebhookResult {
	const { query, headers, rawBody } = request;
	const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? new URLSearchParams(query).get('token') ?? '';
	if (!reportSecret || !sameSecret(given, reportSecret)) return 'forged';
	const body = parsed(rawBody.toString('utf8'));
	return (Array.isArray(body) ? objects(body) : [fields(body)]).flatMap((event) => eventsOf(event, request));
}

function eventsOf(event: Record<string, unknown>, request: MailWebhookRequest): InboundEvent[] {
	const [name, mail] = [text(event.event), text(event['message-id'])];
	const told: Told = {
		eventId: `brevo:${mail}:${name}:${text(event.ts_event)}`,
		quoted: `${quotedIn(event)} ${mail}`,
		recipient: text(event.email),
		at: momentOf(event.ts_event, request),
	};
	if (name === 'delivered') return delivery(told, 'delivered');
	if (name === 'spam' || name === 'complaint') return complaint(told);
	if (name === 'unsubscribed') return unsubscribed(told);
	const permanent = FAILURES.get(name);
	return permanent === undefined ? [] : delivery(told, 'failed', { code: statusCode(event.reason) ?? `BREVO_${name}`, permanent });
}

/** Whoever carries a mail may write the name of a header in other letters. */
function quotedIn(event: Record<string, unknown>): string {
	return text(Object.entries(event).find(([name]) => name.toLowerCase() === BREVO_HEADER.toLowerCase())?.[1]);
}
