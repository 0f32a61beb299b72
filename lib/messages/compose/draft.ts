import { CrmError } from '../../domain/errors';
import type { Channel } from '../../domain/glossary';
import type { MessageExtra } from '../../domain/messageExtra';
import { cleanLine, cleanText } from '../clean';
import type { EmailDraft } from './email';
import type { WhatsAppFrame } from '../template';

/** The parts of a message that are written for one customer, on any channel. */
export interface MessageDraft extends Omit<EmailDraft, 'subject'> {
	channel: Channel;
	/** Only where the channel has a line above the text. */
	subject?: string;
	/** The legal basis of the decision to write; where it is known, the footer of a letter tells it. */
	basis?: string;
	/** What the channel needs besides the text: the questions of a call, the template of a WhatsApp message, the link of a push notification. */
	extra?: MessageExtra;
	/** What stands around the text of a WhatsApp template; without one it is a free text. */
	whatsApp?: WhatsAppFrame;
}

/** A message as it will arrive. */
export interface Composed {
	subject?: string;
	/** The whole text, with signature and footer; of a call, what the staff read. */
	text: string;
	/** E-mail only. */
	html?: string;
	extra?: MessageExtra;
}

/** A text that its channel cannot carry. */
export class TextTooLong extends CrmError {}

/** The personal text, cleaned. @throws CrmError if it is empty */
export function bodyOf({ body }: MessageDraft): string {
	const text = cleanText(body);
	if (text === '') throw new CrmError('The message has no text.', 'Write a text, or reject the message.');
	return text;
}

/** The line above the text, cleaned. @throws CrmError if it is empty */
export function subjectOf({ subject }: MessageDraft): string {
	const line = cleanLine(subject ?? '');
	if (line === '') throw new CrmError('The message has no subject.', 'Write a subject.');
	return line;
}
