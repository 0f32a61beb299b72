import type { Language } from '../../domain/glossary';
import type { CrmReport } from '../../domain/report';
import { html } from '../../web/html';
import { fill } from '../../web/texts';
import { kindInWords } from '../words';
import { adviceInWords, comparedInWords, goalInWords, kpiInWords, KPIS, monthInWords, progressInWords, resultsTexts, segmentInWords, verdictInWords } from './words';

/** The report as a mail to the lead: what wants a decision, in a few lines. Numbers only, no customer. */
export interface ReportMail {
	subject: string;
	text: string;
	html: string;
}

/** @param deskUrl address of the Desk; without one nothing leads there */
export function renderReportMail(report: CrmReport, language: Language, deskUrl?: string): ReportMail {
	const texts = resultsTexts(language);
	const { mail } = texts;
	const last = report.kpis.at(-1);
	const kpis = last ? KPIS.filter((kpi) => last[kpi].value !== undefined).map((kpi) => fill(mail.kpiLine, { name: texts.kpis[kpi].name, value: kpiInWords(kpi, last[kpi].value, language), compared: comparedInWords(last[kpi], language) })) : [];
	const goals = report.goals.map((goal) => fill(mail.goalLine, { segment: `${segmentInWords(goal.segment, language)} (${goalInWords(goal, language)})`, state: texts.goalStates[goal.state], progress: progressInWords(goal, language) }));
	// What is owed to the customer is sent in any case: there is nothing to decide.
	const campaigns = report.campaigns.filter(({ advice }) => advice !== 'service').map((campaign) => fill(mail.campaignLine, { campaign: kindInWords(campaign.campaign, language), verdict: verdictInWords(campaign, language), advice: adviceInWords(campaign, language) }));
	const parts: Array<[string, string[], string]> = [[texts.kpisTitle, kpis, texts.kpisEmpty], [texts.goalsTitle, goals, texts.goalsEmpty], [texts.campaignsTitle, campaigns, texts.campaignsEmpty]];
	const url = deskUrl && `${deskUrl}?view=results`;
	const subject = fill(mail.subject, { shop: report.shop, month: monthInWords(last?.month ?? report.period.to.slice(0, 7), language) });
	const text = [
		mail.greeting, mail.intro, '',
		...parts.flatMap(([title, lines, empty]) => [title, ...(lines.length > 0 ? lines.map((line) => `- ${line}`) : [empty]), '']),
		...(url ? [fill(mail.open, { url }), ''] : []), mail.footer,
	].join('\n');
	const document = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body><p>${mail.greeting}<br>${mail.intro}</p>${parts.map(([title, lines, empty]) => html`<h2>${title}</h2>${lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : html`<p>${empty}</p>`}`)}
${url && html`<p><a href="${url}">${mail.openLink}</a></p>`}<p><small>${mail.footer}</small></p></body></html>`;
	return { subject, text, html: document.toString() };
}
