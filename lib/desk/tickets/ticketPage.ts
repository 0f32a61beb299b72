import { dayInWords, momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { backLink } from '../backLink';
import { customerLink } from '../customer/link';
import { deskPage, postForm } from '../frame';
import { reasonInWords } from '../reason';
import { searchForm } from '../searchForm';
import type { DeskView } from '../view';
import { deskTexts, ownText } from '../words';
import { TICKET_LIMITS } from './action';
import type { PossibleOwner, TicketLine, TicketPageState } from './state';
import { ticketFacts } from './ticketsPage';
import { ticketTexts } from './words';

/** One ticket: the conversation, the answer, whose it is, and how to close it. */
export function renderTicket(state: TicketPageState): Page {
	const { language, ticket, lines } = state;
	const texts = ticketTexts(language).page;
	const title = ticket.customerName === undefined ? fill(texts.titleStranger, { sender: ticket.sender }) : fill(texts.title, { name: ticket.customerName });
	const main = html`${backLink(listOf(state), texts.back)}
<div class="intro"><h1>${ticket.customerName ?? ticket.sender}</h1>${ticketFacts(state, ticket)}${ticket.customerId !== undefined && html`<p>${customerLink(state, ticket.customerId)}</p>`}</div>
<div class="columns letter">
<section class="work" aria-labelledby="lines"><h2 id="lines">${texts.conversation}</h2>
${state.survey && html`<p class="card"><strong>${fill(texts.survey, { score: state.survey.score })}</strong>${state.survey.comment && html`<br>${state.survey.comment}`}</p>`}
${lines.length > 0 ? html`<ol class="talk">${lines.map((line) => lineRow(state, line))}</ol>` : html`<p class="soft">${texts.noLines}</p>`}</section>
<div class="work">${ticket.state === 'open' ? html`${ticket.customerId === undefined && owner(state)}${answering(state)}${closing(state)}` : ended(state)}</div>
</div>`;
	return deskPage(state, title, main);
}

function listOf({ place }: TicketPageState): DeskView {
	return { view: 'tickets', place: { ...place, q: undefined } };
}

function pageOf({ ticket, place }: TicketPageState): DeskView {
	return { view: 'ticket', id: ticket.id, place: { ...place, q: undefined } };
}

function lineRow({ language, timeZone }: TicketPageState, { from, at, text, state }: TicketLine): SafeHtml {
	const texts = ticketTexts(language).page;
	const stands = state !== undefined && ownText<string>(deskTexts(language).states, state);
	return html`<li class="${from === 'shop' ? 'ours' : 'theirs'}"><p class="soft">${from === 'customer' ? texts.customer : texts.shop}, <time datetime="${at}">${momentInWords(at, timeZone, language)}</time>${stands && html` · ${stands}`}</p><div class="whole">${text}</div></li>`;
}

function faultInWords({ language, fault, why }: TicketPageState): SafeHtml | undefined {
	if (!fault) return undefined;
	const words = fill(ticketTexts(language).page.faults[fault], { limit: TICKET_LIMITS.answer, why: why ? reasonInWords(why, language) : '' });
	return html`<p class="note bad" id="fault" role="alert">${words}</p>`;
}

function answering(state: TicketPageState): SafeHtml {
	const { language, ticket, isWritten, isProposed, answer, fault } = state;
	const texts = ticketTexts(language).page;
	const head = html`<h2 id="answer-title">${texts.answer}</h2>${faultInWords(state)}`;
	if (!isWritten) return html`<section class="card stack" aria-labelledby="answer-title">${head}<p>${texts.notWritten}</p></section>`;
	const hint = fill(texts.answerHint, { channel: deskTexts(language).channels[ticket.channel], sender: ticket.sender });
	// A line end directly after <textarea> is dropped by browsers: ours is given up so that the text keeps its own.
	const field = html`<input type="hidden" name="ticket" value="${ticket.id}">
<div class="field"><label for="text">${texts.answerLabel} <small id="text-hint">${hint}</small></label><textarea class="short" id="text" name="text" maxlength="${TICKET_LIMITS.answer}" required aria-describedby="${fault ? 'fault' : 'text-hint'}"${fault && html` aria-invalid="true"`}>
${answer}</textarea></div>
${isProposed && html`<p class="note warn">${texts.proposed}</p>`}
<button class="main" name="action" value="answerTicket">${texts.send}</button>`;
	const isNobodys = ticket.customerId === undefined;
	return html`<section class="card stack" aria-labelledby="answer-title">${head}${isNobodys ? html`<p>${texts.assignFirst}</p>` : postForm(state, listOf(state), field, 'stack')}</section>`;
}

function owner(state: TicketPageState): SafeHtml {
	const { language, place, found } = state;
	const texts = ticketTexts(language).page;
	return html`<section class="card stack" id="owner" aria-labelledby="owner-title"><h2 id="owner-title">${texts.assign}</h2>
${searchForm(pageOf(state), { label: texts.search, submit: texts.searchSubmit, q: place.q })}
${found && (found.length > 0 ? html`<ul class="plain-list">${found.map((one) => ownerRow(state, one))}</ul>` : html`<p role="status">${texts.nobodyFound}</p>`)}</section>`;
}

function ownerRow(state: TicketPageState, { id, name, birthDate }: PossibleOwner): SafeHtml {
	const { language, ticket } = state;
	const texts = ticketTexts(language).page;
	const fields = html`<input type="hidden" name="ticket" value="${ticket.id}"><input type="hidden" name="customer" value="${id}"><button name="action" value="assignTicket">${fill(texts.isTheirs, { name })}</button>`;
	return html`<li>${postForm(state, pageOf(state), fields)}${birthDate && html`<span class="soft">${fill(texts.born, { date: dayInWords(birthDate, language) })}</span>`}</li>`;
}

function closing(state: TicketPageState): SafeHtml {
	const texts = ticketTexts(state.language).page;
	const fields = html`<input type="hidden" name="ticket" value="${state.ticket.id}"><div class="field"><label for="note">${texts.closeNote} <small>${texts.closeHint}</small></label><input id="note" name="note" maxlength="${TICKET_LIMITS.note}" autocomplete="off"></div>
<button name="action" value="closeTicket">${texts.closeSubmit}</button>`;
	return html`<section class="card"><details><summary class="button plain">${texts.close}</summary>${postForm(state, listOf(state), fields, 'stack')}</details></section>`;
}

/** Somebody has seen to it; what had been typed meanwhile is shown to be copied. */
function ended(state: TicketPageState): SafeHtml {
	const { language, timeZone, ticket, fault, answer } = state;
	const texts = ticketTexts(language).page;
	const done = ticket.closedAt && html`<p>${fill(texts.closed, { who: ticket.closedBy ?? '', moment: momentInWords(ticket.closedAt, timeZone, language) })}</p>`;
	return html`<section class="card stack">${faultInWords(state)}${done}${fault && html`<p class="whole">${answer}</p>`}</section>`;
}
