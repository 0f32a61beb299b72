import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { fill, fillCounted } from '../../web/texts';
import { postForm } from '../frame';
import type { DeskView } from '../view';
import { deskTexts } from '../words';
import type { TodayState } from './state';

/** The messages that may or may not have arrived: only a person can tell, and says so with one of two buttons. */
export function uncertainSection(state: TodayState, back: DeskView): SafeHtml {
	const { language, timeZone } = state;
	const texts = deskTexts(language);
	const more = state.counts.uncertain - state.uncertain.length;
	const row = ({ id, customerName: name, channel, subject, since }: TodayState['uncertain'][number]) => {
		const forName = html` <span class="hidden">${fill(texts.today.forCustomer, { name })}</span>`;
		const buttons = html`<input type="hidden" name="uncertain" value="${id}">
<button name="action" value="arrived">${texts.today.arrived}${forName}</button><button name="action" value="notArrived">${texts.today.notArrived}${forName}</button>`;
		return html`<li><div><h3>${name}</h3><p class="soft">${[texts.channels[channel], subject].filter(Boolean).join(' · ')}</p>${since && html`<p class="soft">${fill(texts.today.uncertainSince, { date: momentInWords(since, timeZone, language) })}</p>`}</div>${postForm(state, back, buttons, 'two')}</li>`;
	};
	return html`<section class="card uncertain" aria-labelledby="uncertain"><h2 id="uncertain">${texts.today.uncertain}</h2><p>${texts.today.uncertainIntro}</p><ul>${state.uncertain.map(row)}</ul>${more > 0 && html`<p>${fillCounted(texts.today.uncertainMore, more, language)}</p>`}</section>`;
}
