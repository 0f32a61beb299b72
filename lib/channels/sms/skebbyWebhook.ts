import { DateTime } from 'luxon';
import type { DeliveryEvent, InboundEvent } from '../../domain/inbound';
import type { SkebbySettings } from './settings';
import { fieldsOf, hasToken, momentOf, normalNumber, reply, report, type SmsWebhookRequest, type SmsWebhookResult } from './webhookRequest';

/** Clock of the provider's dates. */
const ZONE = 'Europe/Rome';

/** Its states of a message that are an end or a step; those before sending tell nothing. */
const STATES = new Map<string, DeliveryEvent['state']>([
	['SENT', 'sent'],
	['WAIT4DLVR', 'sent'],
	['DLVRD', 'delivered'],
	...['ERROR', 'TIMEOUT', 'TOOM4USER', 'TOOM4NUM', 'UNKNRCPT', 'UNKNPFX', 'INVALIDDST', 'BLACKLISTED', 'KO', 'INVALIDCONTENTS'].map((state) => [state, 'failed'] as const),
]);
const PERMANENT: readonly string[] = ['UNKNRCPT', 'UNKNPFX', 'INVALIDDST'];

/**
 * Delivery notifications (`order_id`, `status`, `recipient`, `delivery_date`) and received SMS (`sender`, `receiver`, `text`, `timestamp`) of Skebby, to the
 * address that is entered in its panel. They come by GET or POST and are not signed: the address carries the secret.
 */
export function skebbyWebhook(settings: SkebbySettings, request: SmsWebhookRequest): SmsWebhookResult {
	if (!hasToken(settings, request)) return 'forged';
	const fields = fieldsOf(request);
	if (fields.order_id) return notification(fields, request);
	if (!fields.sender || fields.text === undefined) return [];
	const { sender, receiver, text, timestamp } = fields;
	const at = momentOf(/^\d{9,10}$/.test(timestamp ?? '') ? DateTime.fromSeconds(Number(timestamp)) : undefined, request);
	return [reply({ when: timestamp ?? request.receivedAt.slice(0, 13), from: sender, to: receiver, text, at })];
}

function notification({ order_id, status = '', recipient, delivery_date = '' }: Record<string, string>, request: SmsWebhookRequest): InboundEvent[] {
	const value = status.toUpperCase();
	const state = STATES.get(value);
	if (!state) return [];
	const at = momentOf(DateTime.fromFormat(delivery_date, 'yyyyMMddHHmmss', { zone: ZONE }), request);
	const event = report({ providerId: order_id, state, at, code: state === 'failed' ? `SKEBBY_${value}` : undefined, permanent: PERMANENT.includes(value) });
	if (value !== 'BLACKLISTED' || !recipient) return [event];
	return [event, { kind: 'preference', channel: 'sms', eventId: `${order_id}:stop`, from: normalNumber(recipient), marketing: 'stop', at }];
}
