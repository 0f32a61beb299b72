import { checkedRefusalUrl } from '../refusalAddress';
import { smsLength } from '../sms';
import { bodyOf, type Composed, type MessageDraft, TextTooLong } from './draft';
import { footerOf } from './footer';

/** More parts than these are no message any more, and dear. Ours. */
const MOST_SEGMENTS = 6;

/** A text message: each sign is paid for, so lines follow each other without a gap, and the footer is the shop's name and a link. */
export function composeSms(draft: MessageDraft): Composed {
	const body = bodyOf(draft).replace(/\n{2,}/g, '\n');
	const text = `${body}\n${footerOf('sms', draft, checkedRefusalUrl(draft))}`;
	const { segments } = smsLength(text);
	if (segments > MOST_SEGMENTS) throw new TextTooLong(`The text would take ${segments} SMS; at most ${MOST_SEGMENTS} are sent.`, 'Make it shorter.');
	return { text };
}
