import { bodyOf, type Composed, type MessageDraft, TextTooLong } from './draft';
import { footerOf } from './footer';

/** Characters of a text message: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
const LONGEST = 4096;

/**
 * A WhatsApp message. One from a template reads as Meta has approved it: nothing can be added. A free text gets a footer of its own; so does
 * every text that leaves from the shop's own phone, where templates do not exist.
 */
export function composeWhatsApp(draft: MessageDraft): Composed {
	const body = bodyOf(draft);
	if (draft.channel === 'whatsapp' && draft.whatsApp) {
		const { header, media, footer, buttons = [] } = draft.whatsApp;
		const labels = buttons.map(({ label }) => `[${label}]`).join(' ');
		const use = draft.extra?.whatsApp;
		return { text: [header ?? media?.link, body, footer, labels].filter(Boolean).join('\n\n'), ...(use && { extra: { whatsApp: use } }) };
	}
	const text = `${body}\n\n${footerOf('whatsapp', draft, undefined)}`;
	if (text.length > LONGEST) throw new TextTooLong(`The text has ${text.length} characters; WhatsApp takes at most ${LONGEST}.`, 'Make it shorter.');
	return { text };
}
