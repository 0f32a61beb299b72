import { composeCall } from './compose/call';
import { type Composed, type MessageDraft, TextTooLong } from './compose/draft';
import { composeLetter } from './compose/letter';
import { composePush } from './compose/push';
import { composeSms } from './compose/sms';
import { composeWhatsApp } from './compose/whatsApp';
import { composeEmail } from './compose/email';

export { TextTooLong, type Composed, type MessageDraft } from './compose/draft';

/**
 * A message as it will arrive on its channel: signature and footer are put around the text, so that nobody can take the shop's name (rule 6)
 * or the way to refuse (rule 4) away. Used after rendering, and again after the staff edited the text.
 *
 * @throws CrmError if a text or a link is missing; TextTooLong if the channel cannot carry it
 */
export function compose(draft: MessageDraft): Composed {
	switch (draft.channel) {
		case 'email':
			return composeEmail({ ...draft, subject: draft.subject ?? '' });
		case 'sms':
			return composeSms(draft);
		case 'whatsapp':
		case 'whatsappLinked':
			return composeWhatsApp(draft);
		case 'letter':
			return composeLetter(draft);
		case 'call':
			return composeCall(draft);
		case 'push':
			return composePush(draft);
	}
}

/**
 * The same for a text that somebody has just typed: that its channel cannot carry it is then an answer.
 * @throws CrmError as `compose`, for all else
 */
export function composeTyped(draft: MessageDraft): Composed | 'tooLong' {
	try {
		return compose(draft);
	} catch (error) {
		if (error instanceof TextTooLong) return 'tooLong';
		throw error;
	}
}
