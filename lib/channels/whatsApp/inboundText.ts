/** A message of a customer, as the webhook brings it; each type has a field of its own name. */
export type InboundMessage = { type?: string } & Record<string, unknown>;

/** What the message says, and to which message of ours it belongs. */
export interface Said {
	text: string;
	inReplyTo?: string;
	/** A reaction or a note of the system opens no window. */
	opensWindow?: false;
}

/** What stands for something that is no text: the same in all languages. */
const SIGNS: Record<string, string> = { image: '📷', video: '🎞️', audio: '🎤', sticker: '🏷️', document: '📄' };

/**
 * A customer's message as text, whatever its type; undefined for what says nothing, such as a reaction taken back or a message deleted.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function saidIn(message: InboundMessage): Said | undefined {
	const type = text(message.type);
	const content = fields(message[type]);
	const inReplyTo = text(fields(message.context).id);
	const answer = (said: string, more: Partial<Said> = {}): Said => ({ text: said, ...(inReplyTo && { inReplyTo }), ...more });
	switch (type) {
		case 'text':
			return answer(text(content.body));
		case 'button':
			return answer(text(content.text) || text(content.payload));
		case 'interactive':
			return answer(choiceIn(content));
		case 'image':
		case 'video':
		case 'audio':
		case 'sticker':
		case 'document':
			return answer(joined(SIGNS[type], text(content.filename), text(content.caption)));
		case 'location':
			return answer(joined('📍', text(content.name), text(content.address)) + placeIn(content));
		case 'contacts':
			return answer(joined('👤', ...(Array.isArray(message.contacts) ? message.contacts.map((each) => text(fields(fields(each).name).formatted_name)) : [])));
		case 'order':
			return answer(joined('🛒', text(content.text)));
		case 'reaction':
			return content.emoji ? { text: text(content.emoji), ...(content.message_id ? { inReplyTo: text(content.message_id) } : {}), opensWindow: false } : undefined;
		case 'edit':
			return edited(fields(content.message));
		case 'system':
			return content.wa_id ? { text: `📱 +${text(content.wa_id)}`, opensWindow: false } : undefined;
		case 'revoke':
			return undefined;
		default:
			return answer('❔');
	}
}

/** The new wording of a message that the customer has corrected. */
function edited(message: InboundMessage): Said | undefined {
	const said = message.type === 'edit' ? undefined : saidIn({ ...message, context: undefined });
	return said && { ...said, text: `✏️ ${said.text}` };
}

function choiceIn(content: Record<string, unknown>): string {
	const { button_reply: button, list_reply: item, nfm_reply: form } = content;
	return text(fields(button).title) || joined(text(fields(item).title), text(fields(item).description)) || text(fields(form).body) || '❔';
}

function placeIn({ latitude, longitude }: Record<string, unknown>): string {
	return typeof latitude === 'number' && typeof longitude === 'number' ? ` (${latitude}, ${longitude})` : '';
}

function joined(...parts: string[]): string {
	return parts.filter((part) => part !== '').join(' ');
}

/** The fields of an object, none where it is something else. */
export function fields(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A text or a number as text; nothing where it is something else. */
export function text(value: unknown): string {
	return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
