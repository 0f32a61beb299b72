import { cleanText } from '../clean';
import { contactOf } from '../contact';
import { checkedRefusalUrl } from '../refusalAddress';
import { bodyOf, type Composed, type MessageDraft, subjectOf } from './draft';
import { footerOf } from './footer';

/** A letter: its subject line, and the text with signature and, below a line of two dashes, the foot of the last page. Letterhead, address and date are put on the sheet when it is printed. */
export function composeLetter(draft: MessageDraft): Composed {
	const signature = cleanText(draft.shop.signature ?? '') || contactOf(draft.shop).name;
	return { subject: subjectOf(draft), text: `${bodyOf(draft)}\n\n${signature}\n\n--\n${footerOf('letter', draft, checkedRefusalUrl(draft))}\n` };
}
