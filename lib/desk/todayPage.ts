import { dayInWords } from '../web/dates';
import { html, type SafeHtml } from '../web/html';
import type { Page } from '../web/page';
import { fillCounted, numberInWords } from '../web/texts';
import { deskPage } from './frame';
import { reviewSection } from './reviewCases';
import type { TodayState } from './state';
import { uncertainSection } from './uncertain';
import { deskAddress, type DeskView } from './view';
import { deskTexts } from './words';

const TODAY: DeskView = { view: 'today', place: { page: 1 } };
const APPROVE: DeskView = { view: 'approve', place: { page: 1 } };

/** Today: what waits for a person, in the order in which it matters, the day in numbers beside it. */
export function renderToday(state: TodayState): Page {
	const { language, counts } = state;
	const texts = deskTexts(language).today;
	const main = html`<div class="intro"><h1>${dayInWords(state.today, language, true)}</h1></div>
<div class="columns">
<aside aria-label="${texts.counts}">${countList(state)}</aside>
<div class="work">
${state.uncertain.length > 0 && uncertainSection(state, TODAY)}
${state.review.length > 0 && reviewSection(state, TODAY)}
<section class="card stack" aria-labelledby="pending"><h2 id="pending">${texts.pending}</h2>
<p>${counts.pending > 0 ? fillCounted(texts.summary, counts.pending, language) : texts.summaryNone}</p>
${counts.pending > 0 && html`<a class="button main" href="${deskAddress(APPROVE)}">${texts.pending}</a>`}</section>
</div>
</div>`;
	return deskPage(state, texts.title, main);
}

function countList({ language, counts }: TodayState): SafeHtml {
	const texts = deskTexts(language).today;
	const count = (name: string, value: number, tone = '') => html`<div class="${tone}"><dt>${name}</dt><dd>${numberInWords(value, language)}</dd></div>`;
	return html`<dl class="counts">${count(texts.countPending, counts.pending, 'first')}${count(texts.countApproved, counts.approved)}${count(texts.countSent, counts.sentToday)}${count(texts.countFailed, counts.failed, counts.failed > 0 ? 'bad' : '')}</dl>`;
}
