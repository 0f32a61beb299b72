import type { Language } from '../../domain/glossary';
import type { CampaignReport, CrmReport } from '../../domain/report';
import { html, type HtmlValue, type SafeHtml } from '../../web/html';
import { fill, numberInWords } from '../../web/texts';
import { kindInWords } from '../words';
import { comparedCampaigns } from './charts';
import type { ChartImage, ResultCharts } from './state';
import {
	adviceInWords, comparedInWords, intervalInWords, kpiInWords, KPIS, moneyInWords, monthInWords, pointsInWords, resultsTexts, revenueInWords, shareInWords, unsentInWords, verdictInWords, type Kpi,
} from './words';

/** The three figures: what they are now, how they were, a chart of each, and the same as a table. */
export function kpiSection({ kpis }: CrmReport, charts: ResultCharts, language: Language): SafeHtml {
	const texts = resultsTexts(language);
	const known = KPIS.filter((kpi) => kpis.some((month) => month[kpi].value !== undefined));
	const part = (kpi: Kpi) => {
		const { name, what } = texts.kpis[kpi];
		const [first, last] = [kpis.find((month) => month[kpi].value !== undefined), kpis.findLast((month) => month[kpi].value !== undefined)];
		if (!first || !last) return undefined;
		const written = (month: CrmReport['kpis'][number]) => kpiInWords(kpi, month[kpi].value, language);
		const trend = fill(texts.chartTrend, { first: written(first), firstMonth: monthInWords(first.month, language), last: written(last), lastMonth: monthInWords(last.month, language) });
		return html`<div class="figure"><h3>${name}</h3><p class="big">${written(last)}</p><p>${fill(texts.kpiNow, { month: monthInWords(last.month, language), value: comparedInWords(last[kpi], language) })}</p><p class="soft">${what}</p>
${picture(charts.kpis[kpi], fill(texts.chartLabel, { name, trend }))}</div>`;
	};
	const row = (month: CrmReport['kpis'][number]) => html`<tr><th scope="row">${monthInWords(month.month, language, true)}</th>${known.map((kpi) => html`<td>${kpiInWords(kpi, month[kpi].value, language)}</td><td>${kpiInWords(kpi, month[kpi].yearBefore, language)}</td>`)}</tr>`;
	return html`<section class="card stack" aria-labelledby="kpis"><h2 id="kpis">${texts.kpisTitle}</h2>
${known.length === 0 ? html`<p class="soft">${texts.kpisEmpty}</p>` : html`<div class="figures">${known.map(part)}</div>
${table(texts.tableSummary, texts.kpisTitle, html`<thead><tr><td></td>${known.map((kpi) => html`<th scope="colgroup" colspan="2">${texts.kpis[kpi].name}</th>`)}</tr>
<tr><th scope="col">${texts.month}</th>${known.map(() => html`<th scope="col">${texts.thisYear}</th><th scope="col">${texts.yearBefore}</th>`)}</tr></thead><tbody>${kpis.map(row)}</tbody>`)}`}</section>`;
}

/** What each campaign brought, what that means and what to do; those that want a decision come first. */
export function campaignSection({ campaigns, settings }: CrmReport, charts: ResultCharts, language: Language): SafeHtml {
	const texts = resultsTexts(language);
	const compared = comparedCampaigns(campaigns);
	const said = ({ campaign, returnDifference: { low, difference, high } }: (typeof compared)[number]) => ({ campaign: kindInWords(campaign, language), value: pointsInWords(difference, language), low: pointsInWords(low, language), high: pointsInWords(high, language) });
	const row = (campaign: (typeof compared)[number]) => {
		const words = said(campaign);
		return html`<tr><th scope="row">${words.campaign}</th><td>${words.value}</td><td>${words.low}</td><td>${words.high}</td></tr>`;
	};
	return html`<section class="stack" aria-labelledby="campaigns"><h2 id="campaigns">${texts.campaignsTitle}</h2>
${campaigns.length === 0 ? html`<p class="soft">${texts.campaignsEmpty}</p>` : html`<p class="soft">${fill(texts.campaignsIntro, { days: numberInWords(settings.windowDays, language) })}</p>`}
${compared.length > 0 && html`<div class="card stack"><h3>${texts.intervalChart}</h3><p class="soft">${texts.intervalWhat}</p>
${picture(charts.campaigns, fill(texts.intervalLabel, { rows: compared.map((campaign) => fill(texts.intervalRow, said(campaign))).join('; ') }))}
${table(texts.tableSummary, texts.intervalChart, html`<thead><tr><th scope="col">${texts.campaign}</th><th scope="col">${texts.difference}</th><th scope="col">${texts.from}</th><th scope="col">${texts.to}</th></tr></thead><tbody>${compared.map(row)}</tbody>`)}</div>`}
${campaigns.length > 0 && html`<ul class="rows beside">${campaigns.map((campaign) => campaignCard(campaign, settings.windowDays, language))}</ul>`}</section>`;
}

const MOOD: Record<NonNullable<CampaignReport['verdict']> | 'service', string> = { works: 'state', 'does-not': 'state failed', harms: 'state failed', 'too-early': 'state expired', 'no-holdout': 'state expired', service: 'state' };

function campaignCard(campaign: CampaignReport, windowDays: number, language: Language): SafeHtml {
	const texts = resultsTexts(language);
	const { due, heldOut, verdict, returnDifference, revenueDifference, revenueCents, over } = campaign;
	const number = (value: number) => numberInWords(value, language);
	const path: Array<[string, number]> = [
		[texts.path.due, due - heldOut], [texts.path.sent, campaign.sent], [texts.path.delivered, campaign.delivered], [texts.path.answered, campaign.answered], [texts.path.booked, campaign.booked], [texts.path.optedOut, campaign.optedOut],
		...(heldOut > 0 ? [[texts.path.heldOut, heldOut] as [string, number]] : []),
	];
	const head = (group: 'contact' | 'holdout') => moneyInWords(revenueCents[group] / over[group], language);
	const sentences = [
		returnDifference && intervalInWords(returnDifference, language),
		returnedInWords(campaign, windowDays, language),
		revenueDifference && revenueInWords(revenueDifference, language),
		over.contact > 0 && over.holdout > 0 && fill(texts.revenueHead, { contact: head('contact'), holdout: head('holdout') }),
		costInWords(campaign, language),
		unsentInWords(campaign, language),
	];
	return html`<li class="card stack"><div><h3>${kindInWords(campaign.campaign, language)}</h3><p><span class="${MOOD[verdict ?? 'service']}">${verdictInWords(campaign, language)}</span></p></div>
<p><strong>${adviceInWords(campaign, language)}</strong></p>
<dl class="path">${path.map(([name, value]) => html`<div><dt>${name}</dt><dd>${number(value)}</dd></div>`)}</dl>
${sentences.map((sentence) => sentence && html`<p>${sentence}</p>`)}</li>`;
}

function returnedInWords({ over, returned }: CampaignReport, windowDays: number, language: Language): string {
	const texts = resultsTexts(language);
	const [of, share] = [(group: 'contact' | 'holdout') => `${numberInWords(returned[group], language)}/${numberInWords(over[group], language)}`, (group: 'contact' | 'holdout') => shareInWords(over[group] === 0 ? 0 : returned[group] / over[group], language)];
	if (over.contact + over.holdout === 0) return fill(texts.notOver, { days: numberInWords(windowDays, language) });
	if (over.holdout === 0) return fill(texts.returnedOnly, { contact: of('contact'), contactShare: share('contact') });
	return fill(texts.returned, { contact: of('contact'), contactShare: share('contact'), holdout: of('holdout'), holdoutShare: share('holdout') });
}

function costInWords({ costCents, staffMinutes, sent }: CampaignReport, language: Language): string {
	const texts = resultsTexts(language);
	if (costCents === 0) return texts.costNone;
	return fill(texts.cost, { total: moneyInWords(costCents, language), each: moneyInWords(costCents / Math.max(1, sent), language), hours: numberInWords(Math.round(staffMinutes / 6) / 10, language) });
}

/** A chart as an image that follows light and dark; what it shows is said in words for whoever does not see it. */
function picture(chart: ChartImage | undefined, words: string): HtmlValue {
	return chart && html`<picture><source media="(prefers-color-scheme: dark)" srcset="${chart.dark}"><img class="chart" src="${chart.light}" width="${chart.width}" height="${chart.height}" alt="${words}"></picture>`;
}

/** A table that can be opened; where it is too wide it scrolls by itself. */
function table(summary: string, name: string, rows: SafeHtml): SafeHtml {
	return html`<details><summary class="button">${summary}<span class="hidden">: ${name}</span></summary><div class="scroll" tabindex="0" role="region" aria-label="${summary}: ${name}"><table>${rows}</table></div></details>`;
}
