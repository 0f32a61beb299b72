import { detailsOf, titleOf } from './errors';

/* Payloads as Meta documents them: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference */

/** Whose webhooks they are. */
export interface Sender {
	wabaId: string;
	phoneNumberId: string;
	/** Digits only. */
	displayNumber: string;
}

export interface StatusOptions {
	/** Seconds since 1970. */
	at: number;
	code?: number;
	/** What the message was sent with. */
	opaque?: string;
	category?: string;
}

/** A message of ours is on its way. */
export function statusWebhook(sender: Sender, id: string, to: string, status: string, { at, code, opaque, category = 'marketing' }: StatusOptions): object {
	return ofMessages(sender, {
		statuses: [{
			id, status, timestamp: String(at), recipient_id: to.replace('+', ''),
			...(opaque && { biz_opaque_callback_data: opaque }),
			...(status === 'sent' && { pricing: { billable: category !== 'service', pricing_model: 'PMP', type: category === 'service' ? 'free_customer_service' : 'regular', category } }),
			...(code !== undefined && { errors: [{ code, title: titleOf(code), message: titleOf(code), error_data: { details: detailsOf(code) }, href: '/documentation/business-messaging/whatsapp/support/error-codes' }] }),
		}],
	});
}

/** A customer writes. `message` holds its type and the field of that name. */
export function messageWebhook(sender: Sender, from: string, id: string, at: number, message: object, inReplyTo?: string): object {
	const waId = from.replace('+', '');
	return ofMessages(sender, {
		contacts: [{ profile: { name: 'Giulia' }, wa_id: waId }],
		messages: [{ ...(inReplyTo && { context: { from: sender.displayNumber, id: inReplyTo } }), from: waId, id, timestamp: String(at), ...message }],
	});
}

/** A customer stops or resumes marketing in the app's own settings. */
export function preferenceWebhook(sender: Sender, from: string, value: 'stop' | 'resume', at: number): object {
	const wa_id = from.replace('+', '');
	return ofMessages(sender, { contacts: [{ wa_id }], user_preferences: [{ wa_id, detail: `User requested to ${value} marketing messages`, category: 'marketing_messages', value, timestamp: at }] }, 'user_preferences');
}

/** Something about templates or the account. */
export function accountWebhook({ wabaId }: Pick<Sender, 'wabaId'>, field: string, value: object, at: number): object {
	return { entry: [{ id: wabaId, time: at, changes: [{ value, field }] }], object: 'whatsapp_business_account' };
}

function ofMessages({ wabaId, phoneNumberId, displayNumber }: Sender, value: object, field = 'messages'): object {
	const metadata = { display_phone_number: displayNumber, phone_number_id: phoneNumberId };
	return { object: 'whatsapp_business_account', entry: [{ id: wabaId, changes: [{ value: { messaging_product: 'whatsapp', metadata, ...value }, field }] }] };
}
