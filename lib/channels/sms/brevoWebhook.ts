import { DateTime } from 'luxon';
import type { DeliveryEvent, InboundEvent } from '../../domain/inbound';
import type { BrevoSettings } from './settings';
import { hasToken, jsonObjects, momentOf, normalNumber, reply, report, type SmsWebhookRequest, type SmsWebhookResult } from './webhookRequest';

/** Clock of the field `date`, by the documentation. */
const ZONE = 'Europe/Paris';

const STATES = new Map<string, DeliveryEvent['state']>([
	['accepted', 'sent'],
	['sent', 'sent'],
	['delivered', 'delivered'],
	...['soft_bounce', 'hard_bounce', 'blocked', 'rejected', 'skipped'].map((state) => [state, 'failed'] as const),
]);

/**
 * Events of transactional SMS, sent to the `webUrl` of a message or to a webhook of the account, one or a list of them. Not signed: the address carries the
 * secret. https://developers.brevo.com/docs/transactional-webhooks
 */
export function brevoWebhook(settings: BrevoSettings, request: SmsWebhookRequest): SmsWebhookResult {
	if (!hasToken(settings, request)) return 'forged';
	return jsonObjects(request).flatMap((event) => toEvents(event, request));
}

function toEvents(event: Record<string, unknown>, request: SmsWebhookRequest): InboundEvent[] {
	const providerId = String(event.messageId ?? '');
	const status = String(event.msg_status ?? '');
	if (providerId === '') return [];
	const at = momentOf(timeOf(event), request);
	if (typeof event.reply === 'string' && event.reply !== '') {
		const when = String(event.ts_event ?? event.date ?? request.receivedAt.slice(0, 13));
		return [reply({ when: `${providerId} ${when}`, from: event.to, text: event.reply, at, inReplyTo: providerId })];
	}
	if (/^(unsubscri|blacklist)/.test(status)) return [{ kind: 'preference', channel: 'sms', eventId: `${providerId}:stop`, from: normalNumber(event.to), marketing: 'stop', at }];
	const state = STATES.get(status);
	if (!state) return [];
	return [report({ providerId, state, at, code: state === 'failed' ? `BREVO_${status}` : undefined, permanent: status === 'hard_bounce' })];
}

function timeOf({ ts_event, date }: Record<string, unknown>): DateTime | undefined {
	if (typeof ts_event === 'number') return DateTime.fromSeconds(ts_event);
	return typeof date === 'string' ? DateTime.fromSQL(date, { zone: ZONE }) : undefined;
}
