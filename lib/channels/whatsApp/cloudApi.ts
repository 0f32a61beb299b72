import type { WhatsAppParameter, WhatsAppTemplateUse } from '../../domain/messageExtra';
import type { Channel, Delivery, Outgoing } from '../channel';
import { NoAnswer, type Http, type HttpAnswer } from '../http';
import { whatsAppFailure } from './errors';
import { graphUrl, type WhatsAppSettings } from './settings';

/** Longest wait for an answer. Shorter than the lease of a message in `sending`. */
const ANSWER_SECONDS = 30;
/** A free text is cut by nobody: longer ones are refused. Characters. */
const LONGEST_TEXT = 4096;

/**
 * WhatsApp's official Cloud API: a template filled in for one customer, or a free text inside the window of 24 hours.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and .../templates/overview
 * @param http adds the access token
 */
export function whatsAppChannel(settings: WhatsAppSettings, http: Http): Channel {
	const url = graphUrl(settings, settings.phoneNumberId, 'messages');
	return {
		send: async (message) => {
			if (!message.extra?.whatsApp && message.text.length > LONGEST_TEXT) return { outcome: 'refused', code: 'TEXT_TOO_LONG', retry: false };
			try {
				return deliveryOf(await http({ method: 'POST', url, json: messageBody(message), timeoutMs: ANSWER_SECONDS * 1000 }), message.attempt);
			} catch (error) {
				// There is no key against doubles: what may have left is never sent again by itself (RULES 36).
				if (error instanceof NoAnswer) return error.mayHaveLeft ? { outcome: 'unknown', code: error.code } : { outcome: 'down', code: error.code };
				throw error;
			}
		},
		close: async () => undefined,
	};
}

/** What is sent to Meta for a message. The key comes back with every status of it. */
function messageBody({ id, attempt, key, recipient, text, extra }: Outgoing): object {
	return {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		// Without the plus, Meta would put the country of the shop's own number in front.
		to: recipient.startsWith('+') ? recipient : `+${recipient}`,
		biz_opaque_callback_data: key ?? `ocrm-${id}-${attempt}`,
		...(extra?.whatsApp ? { type: 'template', template: templateOf(extra.whatsApp) } : { type: 'text', text: { preview_url: false, body: text } }),
	};
}

function templateOf({ name, language, header, body, buttons = [] }: WhatsAppTemplateUse): object {
	const components = [
		...(header ? [{ type: 'header', parameters: header.kind === 'text' ? header.parameters.map(textOf) : [{ type: header.kind, [header.kind]: { link: header.link } }] }] : []),
		...(body.length > 0 ? [{ type: 'body', parameters: body.map(textOf) }] : []),
		...buttons.map(({ index, kind, parameter }) => ({
			type: 'button',
			sub_type: kind,
			index: String(index),
			parameters: [kind === 'url' ? { type: 'text', text: parameter } : { type: 'payload', payload: parameter }],
		})),
	];
	return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

function textOf({ name, text }: WhatsAppParameter): object {
	return { type: 'text', ...(name !== undefined && { parameter_name: name }), text };
}

interface Answer {
	messages?: Array<{ id?: string; message_status?: string }>;
	error?: { code?: number };
}

/** What an answer of the Cloud API says of the message that was sent with it. */
function deliveryOf({ status, body }: HttpAnswer, attempt: number): Delivery {
	const { messages, error } = (typeof body === 'object' && body !== null ? body : {}) as Answer;
	if (typeof error?.code === 'number') return whatsAppFailure(error.code, attempt);
	const [taken] = messages ?? [];
	if (status < 300 && taken?.id) {
		// `held_for_quality_assessment` is taken: a status tells later whether it left.
		if (taken.message_status === 'paused') return { outcome: 'refused', code: 'META_PAUSED', retry: false, stopTemplate: true };
		return { outcome: 'sent', providerId: taken.id };
	}
	const code = `HTTP_${status}`;
	if (status === 401 || status === 403) return { outcome: 'down', code, alert: true };
	if (status === 429) return { outcome: 'down', code, backOff: true };
	return status >= 400 && status < 500 ? { outcome: 'refused', code, retry: false } : { outcome: 'unknown', code };
}
