import { localDate } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { fill, fillCounted } from '../../web/texts';
import { NOTE_LIMIT } from '../action';
import { postForm } from '../frame';
import { reasonInWords } from '../reason';
import type { DeskView } from '../view';
import { deskTexts, occasionInWords, ownText } from '../words';
import type { DeskReviewCase, TodayState } from './state';

/** The occasions that the rules leave to a person: whom they are about, why, and two ways to answer. */
export function reviewSection(state: TodayState, back: DeskView): SafeHtml {
	const { language } = state;
	const texts = deskTexts(language).review;
	const more = state.counts.review - state.review.length;
	return html`<section class="card uncertain" aria-labelledby="review"><h2 id="review">${texts.title}</h2><p>${texts.intro}</p><ul>${state.review.map((one) => reviewRow(state, one, back))}</ul>${more > 0 && html`<p>${fillCounted(texts.more, more, language)}</p>`}</section>`;
}

function reviewRow(state: TodayState, one: DeskReviewCase, back: DeskView): SafeHtml {
	const { language, today } = state;
	const texts = deskTexts(language);
	const forName = html` <span class="hidden">${fill(texts.today.forCustomer, { name: one.customerName })}</span>`;
	const facts = [occasionInWords(one.occasion, today, language), texts.channels[one.channel]].join(' · ');
	const no = html`${caseField(one)}${noteField(state, `n${one.id}`)}<button name="action" value="mayNotContact">${texts.review.no}${forName}</button>`;
	return html`<li><div><h3>${one.customerName}</h3><p class="soft">${facts}</p><p>${whyReviewed(state, one)}</p></div>
<details><summary class="button">${texts.review.yes}${forName}</summary>${postForm(state, back, yesFields(state, one))}</details>
<details><summary class="button plain">${texts.review.no}${forName}</summary>${postForm(state, back, no)}</details></li>`;
}

function yesFields(state: TodayState, one: DeskReviewCase): SafeHtml {
	const texts = deskTexts(state.language).review;
	const [basis, notice, proof] = [`b${one.id}`, `v${one.id}`, `p${one.id}`];
	const option = (value: string, name: string, chosen: boolean) => html`<option value="${value}"${chosen && html` selected`}>${name}</option>`;
	return html`${caseField(one)}
<div class="field"><label for="${basis}">${texts.basis}</label><select id="${basis}" name="basis">${option('consent', texts.bases.consent, true)}${one.mayBeRequest && option('request', texts.bases.request, false)}</select></div>
<div class="field"><label for="${proof}">${texts.proof}</label><input id="${proof}" name="proof" required maxlength="${NOTE_LIMIT}" autocomplete="off" aria-describedby="h${one.id}"><p class="soft" id="h${one.id}">${texts.proofHint}</p></div>
${one.notices.length > 0 && html`<div class="field"><label for="${notice}">${texts.notice}</label><select id="${notice}" name="notice">${option('', texts.noticeUnknown, one.noticeVersion === undefined)}${one.notices.map((version) => option(version, version, version === one.noticeVersion))}</select></div>`}
${noteField(state, `w${one.id}`)}
<button class="main" name="action" value="mayContact">${texts.yesSubmit}</button>`;
}

function caseField({ id }: DeskReviewCase): SafeHtml {
	return html`<input type="hidden" name="case" value="${id}">`;
}

function noteField({ language }: TodayState, id: string): SafeHtml {
	const { note } = deskTexts(language).review;
	return html`<div class="field"><label for="${id}">${note}</label><input id="${id}" name="note" maxlength="${NOTE_LIMIT}" autocomplete="off"></div>`;
}

/** The reason in words, and what stands in the doubtful record. */
function whyReviewed({ language, timeZone }: TodayState, { reason, recorded }: DeskReviewCase): string {
	const { review, sources } = deskTexts(language);
	const why = reasonInWords(reason, language);
	if (!recorded) return why;
	const date = dayInWords(localDate(recorded.capturedAt, timeZone), language);
	return `${why} ${fill(review.recorded, { basis: recorded.basis, date, source: ownText(sources, recorded.source) ?? recorded.source })}`;
}
