import type { Language } from '../../domain/glossary';
import type { LocalDate } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html } from '../../web/html';
import { fill, fillCounted, loadTexts } from '../../web/texts';

/** The words of the notices to the staff. The Italian file is the model. */
export type DigestTexts = typeof import('../../../templates/it/desk-digest.json');

/** What waits on the Desk, in the order in which it matters. */
export const DIGEST_COUNTS = ['alerts', 'uncertain', 'urgentTickets', 'tickets', 'approvals', 'calls', 'letters', 'review'] as const;
export type DigestCounts = Record<(typeof DIGEST_COUNTS)[number], number>;

/** A notice to the staff. Numbers only: a mail account sees no customer in it. */
export interface DigestState {
	language: Language;
	shopName: string;
	today: LocalDate;
	counts: DigestCounts;
	/** True where the mail goes out because of something that cannot wait until tomorrow morning. */
	isUrgent: boolean;
	/** Address of the Desk. */
	deskUrl: string;
}

/** Subject, text and HTML of a notice. */
export function renderDigest({ language, shopName, today, counts, isUrgent, deskUrl }: DigestState): { subject: string; text: string; html: string } {
	const texts = loadTexts<DigestTexts>('desk-digest', language);
	const lines = DIGEST_COUNTS.filter((name) => counts[name] > 0).map((name) => fillCounted(texts.counts[name], counts[name], language));
	const date = dayInWords(today, language, true);
	const subject = fill(isUrgent ? texts.urgentSubject : lines.length > 0 ? texts.subject : texts.quietSubject, { shop: shopName, date });
	const intro = fill(isUrgent ? texts.urgentIntro : lines.length > 0 ? texts.intro : texts.quiet, { date });
	const text = [texts.greeting, '', intro, '', ...lines.map((line) => `- ${line}`), ...(lines.length > 0 ? [''] : []), fill(texts.open, { url: deskUrl }), '', texts.footer].join('\n');
	const document = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body><p>${texts.greeting}</p><p>${intro}</p>${lines.length > 0 && html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}<p><a href="${deskUrl}">${texts.link}</a></p><p><small>${texts.footer}</small></p></body></html>`;
	return { subject, text, html: document.toString() };
}
