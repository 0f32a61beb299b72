import { createHmac } from 'node:crypto';
import { sameSecret } from '../sms/webhookRequest';
import { complaint, delivery, fields, momentOf, parsed, statusCode, text, unsubscribed, type MailWebhookRequest, type MailWebhookResult, type Told } from './events';
import type { MailProviderSettings } from './settings';

/** Mailgun tries again for eight hours. A signature that is older, or from later than now, is a copy. Seconds. */
const OLDEST = 12 * 3600;
const AHEAD = 300;

/**
 * An event of Mailgun, one in each call, with a signature beside it. The signature does not cover the event: so its token is the event's id, and whoever copies it can
 * say nothing new with it. https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
export function mailgunWebhook({ reportSecret = '' }: MailProviderSettings, request: MailWebhookRequest): MailWebhookResult {
	const body = fields(parsed(request.rawBody.toString('utf8')));
	const { timestamp, token, signature } = fields(body.signature);
	if (!reportSecret || !isSigned([text(timestamp), text(token), text(signature)], reportSecret, request)) return 'forged';
	const event = fields(body['event-data']);
	const told: Told = {
		eventId: `mailgun:${text(token)}`,
		quoted: text(fields(fields(event.message).headers)['message-id']),
		recipient: text(event.recipient),
		at: momentOf(event.timestamp, request),
	};
	switch (event.event) {
		case 'delivered':
			return delivery(told, 'delivered');
		case 'failed':
			return event.severity === 'permanent' ? delivery(told, 'failed', failureOf(event)) : [];
		case 'rejected':
			return delivery(told, 'failed', { code: 'MAILGUN_rejected' });
		case 'complained':
			return complaint(told);
		case 'unsubscribed':
			return unsubscribed(told);
		default:
			return [];
	}
}

function isSigned([timestamp, token, signature]: string[], secret: string, { receivedAt }: MailWebhookRequest): boolean {
	const age = Date.parse(receivedAt) / 1000 - Number(timestamp);
	const isNow = timestamp !== '' && token !== '' && age <= OLDEST && age >= -AHEAD;
	return isNow && sameSecret(signature, createHmac('sha256', secret).update(timestamp + token).digest('hex'));
}

/** A mail that Mailgun gave up on is "permanent" too: whether the address is, its server has said, or Mailgun remembers it from before. */
function failureOf(event: Record<string, unknown>) {
	const [reason, status] = [text(event.reason), fields(event['delivery-status'])];
	const code = Number(status.code);
	const isOfServer = code >= 500 && code < 600 && reason !== 'old' && !reason.startsWith('suppress-');
	return { code: statusCode(status['enhanced-code']) ?? statusCode(status.message) ?? `MAILGUN_${reason || 'failed'}`, permanent: isOfServer || reason === 'suppress-bounce' };
}
