import { DateTime } from 'luxon';
import type { SmshostingSettings } from './settings';
import { fieldsOf, hasToken, momentOf, reply, report, type SmsWebhookRequest, type SmsWebhookResult } from './webhookRequest';

/**
 * The `statusCallback` of smshosting (`id`, `transactionId`, `to`, `status`, `notificationDate`), and the GET with `number` and `text` by which it forwards
 * received SMS. Neither is signed: the address carries the secret. https://www.smshosting.it/en/docs/web-sms/inbound-mo
 */
export function smshostingWebhook(settings: SmshostingSettings, request: SmsWebhookRequest): SmsWebhookResult {
	if (!hasToken(settings, request)) return 'forged';
	const { id, status, notificationDate, number, text } = fieldsOf(request);
	// It gives no id and no time: the same words in the same hour are the same SMS, come twice.
	if (number && text !== undefined) return [reply({ when: request.receivedAt.slice(0, 13), from: number, text, at: request.receivedAt })];
	if (!id) return [];
	const at = momentOf(DateTime.fromISO(notificationDate ?? ''), request);
	if (status === 'DELIVERED') return [report({ providerId: id, state: 'delivered', at })];
	// Why, it does not say: the telephone may have been off.
	if (status === 'NOTDELIVERED' || status === 'NOSENT') return [report({ providerId: id, state: 'failed', at, code: `SMSHOSTING_${status}` })];
	return [];
}
