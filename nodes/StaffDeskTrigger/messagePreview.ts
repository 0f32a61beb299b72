import { partsOfText } from '../../lib/channels/letter/letter';
import type { LetterSheet, Shown } from '../../lib/desk/approve/state';
import type { Channel, Language } from '../../lib/domain/glossary';
import { envelopeLines } from '../../lib/domain/postalAddress';
import type { Shop } from '../../lib/domain/shop';
import type { LocalDate } from '../../lib/domain/time';
import { remarksOn } from '../../lib/messages/remarks';
import { smsLength } from '../../lib/messages/sms';
import type { ReviewMessageDetail } from '../../lib/store/review';
import { frameOf } from '../shared/letterBatch';

/** What differs between a stored message and one that is only typed. */
type Text = Pick<ReviewMessageDetail, 'subject' | 'body' | 'text' | 'html'>;

/** A message as it will arrive, with what should be looked at in it. */
export function shownOf(message: ReviewMessageDetail, shop: Shop, today: LocalDate, text: Text = message): Shown {
	const { subject, body, text: whole, html } = text;
	const [channel, language] = [message.channel as Channel, message.language as Language];
	return {
		subject,
		body,
		text: whole,
		hasHtml: html !== undefined,
		...(channel === 'sms' && { sms: smsLength(whole) }),
		...(channel === 'letter' && { sheet: sheetOf(message, whole, shop, today) }),
		remarks: remarksOn({ channel, language, subject, preheader: message.preheader, body, text: whole }, true).map(({ code }) => code),
	};
}

function sheetOf({ title, firstName, lastName, recipient }: ReviewMessageDetail, text: string, shop: Shop, today: LocalDate): LetterSheet {
	const { senderName, senderLines, placeAndDate } = frameOf(shop, today);
	const recipientLines = [[title, firstName, lastName].filter(Boolean).join(' '), ...envelopeLines(recipient, shop.country)];
	return { senderName, senderLines, recipientLines, placeAndDate, ...partsOfText(text) };
}
