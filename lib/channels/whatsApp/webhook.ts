import type { DeliveryEvent, InboundEvent, PreferenceEvent, ReplyEvent } from '../../domain/inbound';
import { instantOf, type Instant } from '../../domain/time';
import { changeTold } from './accountEvents';
import { codeOf, whatsAppFailure } from './errors';
import { fields, saidIn, text, type InboundMessage } from './inboundText';
import type { WhatsAppSettings } from './settings';
import { isGenuine } from './signature';

/** What of the account is needed to read its webhooks. */
export type WebhookAccount = Pick<WhatsAppSettings, 'phoneNumberId' | 'wabaId'> & { appSecret: string };

const STATES = new Map<string, DeliveryEvent['state']>([['sent', 'sent'], ['delivered', 'delivered'], ['read', 'read'], ['played', 'read'], ['failed', 'failed']]);

/**
 * What Meta tells by a webhook, or `forged` where it is not Meta who tells it (`WEBHOOK_BAD_SIG`). An app may serve several accounts: what is about
 * another number or account is left out, and so is everything of groups.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview and the pages below it
 * @param rawBody the bytes as they came
 * @param signature the header `X-Hub-Signature-256`
 */
export function readWhatsAppWebhook(rawBody: Buffer, signature: string | undefined, account: WebhookAccount): InboundEvent[] | 'forged' {
	if (!isGenuine(rawBody, signature, account.appSecret)) return 'forged';
	return objects(parsed(rawBody).entry).flatMap((entry) => objects(entry.changes).flatMap((change) => eventsOf(entry, change, account)));
}

function eventsOf(entry: Record<string, unknown>, change: Record<string, unknown>, { phoneNumberId, wabaId }: WebhookAccount): InboundEvent[] {
	const [field, value] = [text(change.field), fields(change.value)];
	if (text(entry.id) !== wabaId) return [];
	if (field !== 'messages' && field !== 'user_preferences') {
		const told = changeTold(field, value);
		const at = instantAt(entry.time);
		return told && at ? [{ kind: 'template', channel: 'whatsapp', eventId: `${field}:${at}:${JSON.stringify(told)}`, account: wabaId, ...told, at }] : [];
	}
	const metadata = fields(value.metadata);
	if (text(metadata.phone_number_id) !== phoneNumberId) return [];
	return [
		...objects(value.statuses).flatMap(statusEvents),
		...objects(value.messages).flatMap((message) => replyOf(message, text(metadata.display_phone_number))),
		...objects(value.user_preferences).flatMap(preferenceOf),
	];
}

/** A status of a message of ours; where the customer has stopped marketing, that too. */
function statusEvents(status: Record<string, unknown>): Array<DeliveryEvent | PreferenceEvent> {
	const [id, state, at] = [text(status.id), STATES.get(text(status.status)), instantAt(status.timestamp)];
	if (!id || !state || !at || status.recipient_type === 'group') return [];
	const [error] = objects(status.errors);
	const code = typeof error?.code === 'number' ? error.code : undefined;
	const meaning = code === undefined ? undefined : whatsAppFailure(code, 1);
	const refused = meaning?.outcome === 'refused' ? meaning : undefined;
	const key = text(status.biz_opaque_callback_data);
	const rate = rateOf(fields(status.pricing));
	const eventId = `${id}:${state}`;
	const delivery: DeliveryEvent = {
		kind: 'delivery', channel: 'whatsapp', providerId: id, eventId, state, at,
		...(code !== undefined && { code: codeOf(code) }),
		...(refused?.unreachable && { permanent: true }),
		...(refused?.retry && refused.afterMinutes !== undefined && { againAfterMinutes: refused.afterMinutes }),
		...(key && { key }),
		...(rate && { rate }),
	};
	const from = numberOf(status.recipient_id, status.recipient_user_id);
	return refused?.withdraw && from ? [delivery, { kind: 'preference', channel: 'whatsapp', eventId: `${eventId}:stop`, from, marketing: 'stop', at }] : [delivery];
}

function rateOf({ type, category, billable }: Record<string, unknown>): string {
	const isFree = text(type).startsWith('free_') || billable === false;
	return isFree ? 'free' : text(category);
}

function replyOf(message: InboundMessage, display: string): ReplyEvent[] {
	const [id, at, from] = [text(message.id), instantAt(message.timestamp), numberOf(message.from, message.from_user_id)];
	const said = saidIn(message);
	if (!id || !at || !from || !said || message.group_id !== undefined) return [];
	const to = numberOf(display);
	return [{ kind: 'reply', channel: 'whatsapp', eventId: id, from, ...(to && { to }), ...said, at }];
}

function preferenceOf({ wa_id, user_id, category, value, timestamp }: Record<string, unknown>): PreferenceEvent[] {
	const [from, at] = [numberOf(wa_id, user_id), instantAt(timestamp)];
	if (!from || !at || category !== 'marketing_messages' || (value !== 'stop' && value !== 'resume')) return [];
	return [{ kind: 'preference', channel: 'whatsapp', eventId: `preference:${from}:${value}:${at}`, from, marketing: value, at }];
}

/**
 * A number as E.164. Somebody who hides the number behind a user name is known by an id of Meta's, which finds no customer but keeps the message.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
function numberOf(number: unknown, userId?: unknown): string {
	const digits = text(number).replace(/\D/g, '');
	return digits ? `+${digits}` : text(userId);
}

/** Seconds since 1970, as text or number. */
function instantAt(seconds: unknown): Instant | undefined {
	const count = Number(text(seconds));
	return count > 0 && count < 1e11 ? instantOf(new Date(count * 1000)) : undefined;
}

function objects(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.map(fields) : [];
}

function parsed(rawBody: Buffer): Record<string, unknown> {
	try {
		return fields(JSON.parse(rawBody.toString('utf8')));
	} catch {
		return {};
	}
}
