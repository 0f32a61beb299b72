import type { Instant } from '../../domain/time';
import type { Channel, Delivery, Outgoing } from '../channel';
import type { Http, HttpAnswer } from '../http';
import { ANSWER_MS, keyOf, later, objectOf, unanswered } from './answers';
import { SIGNATURE_HEADER, signatureOf, TIMESTAMP_HEADER } from './signature';
import type { WebhookSettings } from './settings';

/**
 * App messages to the server of a shop app: one signed POST for each, with a key by which the server knows a second one. It answers 2xx when it has
 * taken the message, 404 or 410 where it does not know the token any more, 429 or 503 (with Retry-After) when it wants it later.
 */
export function webhookChannel({ url, secret }: WebhookSettings, http: Http, clock: () => Instant): Channel {
	return {
		send: async (message) => {
			const body = JSON.stringify(toWebhook(message));
			try {
				return toDelivery(message, await http({ method: 'POST', url, headers: signedHeaders(secret, body, clock(), keyOf(message)), body, timeoutMs: ANSWER_MS }));
			} catch (error) {
				return unanswered(error);
			}
		},
		close: async () => undefined,
	};
}

/** The headers of a signed request. */
export function signedHeaders(secret: string, body: string, now: Instant, key: string): Record<string, string> {
	const seconds = Math.floor(Date.parse(now) / 1000);
	return { 'content-type': 'application/json', 'idempotency-key': key, [TIMESTAMP_HEADER]: String(seconds), [SIGNATURE_HEADER]: signatureOf(secret, seconds, body) };
}

function toWebhook(message: Outgoing) {
	const { recipient, subject, text, class: messageClass, extra, refusalUrl } = message;
	return { type: 'message', key: keyOf(message), token: recipient, ...(subject && { title: subject }), body: text, class: messageClass, ...(extra?.push?.link && { link: extra.push.link }), ...(refusalUrl && { refusalUrl }) };
}

function toDelivery(message: Outgoing, answer: HttpAnswer): Delivery {
	const { status, body } = answer;
	if (status >= 200 && status < 300) {
		const { id } = objectOf(body);
		return { outcome: 'sent', providerId: typeof id === 'string' && id !== '' ? id.slice(0, 200) : keyOf(message) };
	}
	const code = `HTTP_${status}`;
	if (status === 404 || status === 410) return { outcome: 'refused', code, retry: false, unreachable: true };
	if (status === 429 || status === 503) return later(code, answer);
	if (status === 401 || status === 403 || (status >= 300 && status < 400)) return { outcome: 'down', code, alert: true };
	// It failed somewhere on its way: before or after it passed the message on.
	return status >= 500 ? { outcome: 'unknown', code } : { outcome: 'refused', code, retry: false };
}
