import { checkedRefusalUrl } from '../refusalAddress';
import { bodyOf, type Composed, type MessageDraft, subjectOf, TextTooLong } from './draft';
import { footerOf } from './footer';

/** A notification carries 4,096 bytes with everything around the text: https://firebase.google.com/docs/cloud-messaging */
const LONGEST = 1000;

/** A notification of the shop's app: title, text, and the address that a tap opens. */
export function composePush(draft: MessageDraft): Composed {
	const subject = subjectOf(draft);
	const text = `${bodyOf(draft)}\n${footerOf('push', draft, checkedRefusalUrl(draft))}`;
	if (subject.length + text.length > LONGEST) throw new TextTooLong(`The notification has ${subject.length + text.length} characters; at most ${LONGEST} are sent.`, 'Make it shorter.');
	const link = draft.extra?.push?.link;
	return { subject, text, ...(link !== undefined && { extra: { push: { link } } }) };
}
