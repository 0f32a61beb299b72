import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { numberInWords } from '../../web/texts';
import { deskPage } from '../frame';
import type { DeskView } from '../view';
import { deskTexts } from '../words';
import { alertSection } from './alerts';
import { reviewSection } from './reviewPart';
import type { TodayState } from './state';
import { uncertainSection } from './uncertainPart';
import { workList } from './workList';

const TODAY: DeskView = { view: 'today', place: { page: 1 } };

/** Today: what waits for a person, in the order in which it matters, the day in numbers beside it. */
export function renderToday(state: TodayState): Page {
	const { language } = state;
	const texts = deskTexts(language).today;
	const main = html`<div class="intro"><h1>${dayInWords(state.today, language, true)}</h1></div>
<div class="columns">
<aside aria-label="${texts.counts}">${countList(state)}</aside>
<div class="work">
${state.uncertain.length > 0 && uncertainSection(state, TODAY)}
${state.alerts.length > 0 && alertSection(state, state.alerts, TODAY)}
${workList(state)}
${state.review.length > 0 && reviewSection(state, TODAY)}
</div>
</div>`;
	return deskPage(state, texts.title, main);
}

function countList({ language, counts }: TodayState): SafeHtml {
	const texts = deskTexts(language).today;
	const count = (name: string, value: number, tone = '') => html`<div class="${tone}"><dt>${name}</dt><dd>${numberInWords(value, language)}</dd></div>`;
	return html`<dl class="counts">${count(texts.countPending, counts.pending, 'first')}${count(texts.countApproved, counts.approved)}${count(texts.countSent, counts.sentToday)}${count(texts.countFailed, counts.failed, counts.failed > 0 ? 'bad' : '')}</dl>`;
}
