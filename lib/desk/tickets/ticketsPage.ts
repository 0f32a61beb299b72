import { TICKET_STATES } from '../../domain/ticket';
import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted } from '../../web/texts';
import { beginningOf } from '../beginning';
import { deskPage } from '../frame';
import { pager } from '../pager';
import { deskAddress, type DeskView } from '../view';
import { deskTexts } from '../words';
import type { DeskTicket, TicketsState } from './state';
import { ticketTexts } from './words';

/** What customers wrote and what waits for the staff, the urgent ones first. */
export function renderTickets(state: TicketsState): Page {
	const { language, total, shown, tickets, place } = state;
	const texts = ticketTexts(language);
	const main = html`<div class="intro"><h1>${texts.title}</h1>${shown === 'open' && total > 0 && html`<p class="soft">${fillCounted(texts.count, total, language)}</p>`}</div>
<div class="work">
${stateFilter(state)}
${tickets.length > 0 ? html`<ul class="rows">${tickets.map((ticket) => ticketRow(state, ticket))}</ul>` : empty(state)}
${pager(state, 'tickets', place, total)}
</div>`;
	return deskPage(state, texts.title, main);
}

function stateFilter({ language, shown }: TicketsState): SafeHtml {
	const texts = ticketTexts(language);
	const view = (kind: string): DeskView => ({ view: 'tickets', place: { page: 1, ...(kind !== 'open' && { kind }) } });
	return html`<nav class="filter" aria-label="${texts.filter}">${TICKET_STATES.map((one) => html`<a class="button" href="${deskAddress(view(one))}"${one === shown && html` aria-current="page"`}>${texts.states[one]}</a>`)}</nav>`;
}

function ticketRow(state: TicketsState, ticket: DeskTicket): SafeHtml {
	const { language, place } = state;
	const texts = ticketTexts(language);
	const { id, sender, customerName, lastText } = ticket;
	const page = deskAddress({ view: 'ticket', id, place: { ...place, at: id } });
	return html`<li class="card row" id="m${id}"><div>
<h2><a href="${page}">${customerName ?? sender}</a></h2>
${ticketFacts(state, ticket)}
${lastText && html`<p>${beginningOf(lastText)}</p>`}
</div><a class="button" href="${page}">${texts.open} <span class="hidden">${customerName ?? sender}</span></a></li>`;
}

/** What a ticket is about, and since when. */
export function ticketFacts({ language, timeZone }: Pick<TicketsState, 'language' | 'timeZone'>, { kind, urgent, state, channel, openedAt, closedBy, closedAt, customerName, note }: DeskTicket): SafeHtml {
	const texts = ticketTexts(language);
	const received = fill(texts.received, { channel: deskTexts(language).channels[channel], moment: momentInWords(openedAt, timeZone, language) });
	const ended = closedAt && `${texts.states[state]}: ${fill(texts.closedBy, { who: closedBy ?? '', moment: momentInWords(closedAt, timeZone, language) })}`;
	return html`<p class="facts"><strong>${texts.kinds[kind]}</strong>${urgent && state === 'open' && html` <span class="last">${texts.urgent}</span>`}${customerName === undefined && html` <span class="last">${texts.stranger}</span>`}</p>
<p class="soft">${received}</p>${ended && html`<p class="soft">${ended}</p>`}${note && html`<p class="soft">${note}</p>`}`;
}

function empty({ language, total, shown }: TicketsState): SafeHtml {
	const texts = ticketTexts(language);
	if (total > 0) return html`<div class="card empty"><p>${texts.emptyPage}</p><a class="button" href="${deskAddress({ view: 'tickets', place: { page: 1 } })}">${texts.firstPage}</a></div>`;
	if (shown !== 'open') return html`<div class="card empty"><p>${texts.emptyState}</p></div>`;
	return html`<div class="card empty"><p><strong>${texts.emptyTitle}</strong></p><p class="soft">${texts.emptyText}</p></div>`;
}
