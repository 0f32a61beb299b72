import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { deskPage } from '../frame';
import { goalSection } from './goals';
import { campaignSection, kpiSection } from './sections';
import type { ResultsPageState } from './state';
import { resultsTexts } from './words';

/** What the campaigns bring, how far the goals are and how the shop is doing, for the lead. */
export function renderResults(state: ResultsPageState): Page {
	const { report, charts, language } = state;
	const main = html`${resultsIntro(state)}
${kpiSection(report, charts, language)}
${goalSection(state)}
${campaignSection(report, charts, language)}`;
	return deskPage(state, resultsTexts(language).title, main);
}

/** The title with the period. */
export function resultsIntro({ report: { period }, language }: Pick<ResultsPageState, 'report' | 'language'>): SafeHtml {
	const texts = resultsTexts(language);
	return html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${fill(texts.intro, { from: dayInWords(period.from, language), to: dayInWords(period.to, language) })}</p></div>`;
}
