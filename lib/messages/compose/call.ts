import { bodyOf, type Composed, type MessageDraft } from './draft';
import { footerOf } from './footer';

/** A call: what the staff say, and the questions that they tick off. A link is of no use on the telephone: that one may refuse is part of what is said. */
export function composeCall(draft: MessageDraft): Composed {
	const text = `${bodyOf(draft)}\n\n${footerOf('call', draft, undefined)}\n`;
	const questions = draft.extra?.call?.questions;
	return { text, ...(questions !== undefined && { extra: { call: { questions } } }) };
}
