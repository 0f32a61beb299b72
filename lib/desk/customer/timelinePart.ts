import { dayOfWord } from '../../domain/time';
import type { TimelineEntry } from '../../domain/timeline';
import { dayInWords, momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { storyInWords } from '../approve/words';
import { beginningOf } from '../beginning';
import { callTexts } from '../calls/words';
import { pager } from '../pager';
import { ticketTexts } from '../tickets/words';
import { deskAddress, type DeskView } from '../view';
import { deskTexts, kindInWords, ownText } from '../words';
import { channelsInWords, purposesInWords } from './consentPart';
import type { CustomerPageState } from './state';
import { hereOf } from './whoPart';
import { customerTexts } from './words';

/** Everything from and to the customer, newest first. */
export function timelinePart(state: CustomerPageState): SafeHtml {
	const { language, timeline, place, customer } = state;
	const texts = customerTexts(language).timeline;
	const first = deskAddress({ ...hereOf(state), place: { ...place, page: 1 } } as DeskView);
	const empty = timeline.total > 0 ? html`<p>${texts.emptyPage}</p><a class="button" href="${first}#timeline">${texts.firstPage}</a>` : html`<p class="soft">${texts.none}</p>`;
	return html`<section class="work" id="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">${texts.title}</h2>
${timeline.entries.length > 0 ? html`<ol class="history">${timeline.entries.map((line) => lineRow(state, line))}</ol>` : empty}
${pager(state, { view: 'customer', id: customer.id }, place, timeline.total, '#timeline')}</section>`;
}

function lineRow(state: CustomerPageState, line: TimelineEntry): SafeHtml {
	const { language, timeZone } = state;
	const { at, type, text, who } = line;
	const isDay = at.length === 10;
	const when = isDay ? dayInWords(at, language) : type === 'consent' ? dayInWords(dayOfWord(at, timeZone), language) : momentInWords(at, timeZone, language);
	const page = pageOf(line);
	const [what, status] = inWords(state, line);
	return html`<li><time datetime="${at}">${when}</time> ${page ? html`<a href="${deskAddress(page)}">${what}</a>` : html`<strong>${what}</strong>`}${status && html` <span class="soft">${status}</span>`}${who && html` <span class="soft">${who}</span>`}${text && html`<br><span class="soft">${beginningOf(text)}</span>`}</li>`;
}

/** The page that tells more, where there is one. */
function pageOf({ type, id, linkId }: TimelineEntry): DeskView | undefined {
	if (type === 'message') return { view: 'message', id, place: { page: 1 } };
	if (linkId === undefined) return undefined;
	if (type === 'call') return { view: 'call', id: linkId, place: { page: 1 } };
	return type === 'ticket' || type === 'reply' ? { view: 'ticket', id: linkId, place: { page: 1 } } : undefined;
}

/** What it was, and how it stands. */
function inWords(state: CustomerPageState, line: TimelineEntry): [string, string?] {
	const { language } = state;
	const { timeline: texts, consents } = customerTexts(language);
	const { channels, states } = deskTexts(language);
	const { type, kind = '', details = '', state: status = '' } = line;
	const channelOf = (name: string) => ownText<string>(channels, name) ?? name;
	switch (type) {
		case 'message':
			return [fill(details === 'letter' ? texts.letter : texts.message, { kind: kindInWords(kind, language) }), [details !== 'letter' && channelOf(details), ownText<string>(states, status) ?? status].filter(Boolean).join(' · ')];
		case 'call':
			return [fill(texts.call, { outcome: ownText<string>(callTexts(language).outcomes, kind) ?? kind })];
		case 'reply':
			return [fill(texts.reply, { channel: channelOf(kind) })];
		case 'ticket':
			return [fill(texts.ticket, { kind: ownText<string>(ticketTexts(language).kinds, kind) ?? kind }), ownText<string>(ticketTexts(language).states, status) ?? status];
		case 'survey':
			return [fill(texts.survey, { score: kind })];
		case 'consent':
			return [fill(texts.consent, { status: ownText<string>(consents.statuses, kind) ?? kind, purpose: purposesInWords(state, [status]), channel: channelsInWords(state, [details]) })];
		case 'merge':
			return [fill(texts.merge, { number: details })];
		case 'appointment':
			return [storyInWords({ day: line.at, what: type, kind, details: status }, language)];
		case 'purchase':
			return [storyInWords({ day: line.at, what: type, kind, details }, language), status === 'returned' ? texts.returned : undefined];
		case 'exam':
		case 'quote':
			return [storyInWords({ day: line.at, what: type, kind, details }, language)];
	}
}
