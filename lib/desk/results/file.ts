import type { Language } from '../../domain/glossary';
import type { CrmReport } from '../../domain/report';
import { momentInWords } from '../../web/dates';
import { html } from '../../web/html';
import { page } from '../../web/page';
import { fill } from '../../web/texts';
import { DESK_SHEET } from '../frame';
import { goalsToRead } from './goals';
import { resultsIntro } from './page';
import { campaignSection, kpiSection } from './sections';
import type { ResultCharts } from './state';
import { resultsTexts } from './words';

/** The report as one HTML file that needs nothing else: to be mailed, kept or printed. */
export function renderReportFile({ report, charts, language, timeZone }: { report: CrmReport; charts: ResultCharts; language: Language; timeZone: string }): string {
	const texts = resultsTexts(language);
	const body = html`<main class="wide">${resultsIntro({ report, language })}
${kpiSection(report, charts, language)}
${goalsToRead({ report, language })}
${campaignSection(report, charts, language)}
<p class="soft">${report.shop}. ${fill(texts.madeAt, { date: momentInWords(report.madeAt, timeZone, language) })}</p></main>`;
	return page({ language, title: `${texts.title} · ${report.shop}`, style: DESK_SHEET, body }).body;
}
