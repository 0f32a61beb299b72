import { DateTime } from 'luxon';
import type { Language } from '../../domain/glossary';
import type { CampaignReport, Compared, Difference, GoalReport, MonthlyKpis } from '../../domain/report';
import type { Month } from '../../domain/reportFigures';
import { dayInWords } from '../../web/dates';
import { fill, fillCounted, loadTexts, numberInWords } from '../../web/texts';
import { reasonInWords } from '../reason';
import { ownText } from '../words';

/** The words of the results. The Italian file is the model. */
export type ResultsTexts = typeof import('../../../templates/it/desk-results.json');

/** The words of the page of results, in one language. */
export function resultsTexts(language: Language): ResultsTexts {
	return loadTexts<ResultsTexts>('desk-results', language);
}

export const KPIS = ['returnFrequency', 'averageBasket', 'concurrentEquipments'] as const satisfies Array<keyof MonthlyKpis>;
export type Kpi = (typeof KPIS)[number];

const WEEKS_A_YEAR = 52;
const MONEY = { it: new Intl.NumberFormat('it', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }), en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }) };
const SMALL_MONEY = { it: new Intl.NumberFormat('it', { style: 'currency', currency: 'EUR' }), en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }) };

/** Whole euros; below ten also the cents. */
export function moneyInWords(cents: number, language: Language): string {
	return (Math.abs(cents) < 1000 ? SMALL_MONEY : MONEY)[language].format(cents / 100);
}

/** A share in percent, with one decimal at most. */
export function shareInWords(share: number, language: Language): string {
	return `${numberInWords(Math.round(share * 1000) / 10, language)}\u00a0%`;
}

/** `ottobre 2026`; short: `ott 26`. */
export function monthInWords(month: Month, language: Language, short = false): string {
	return DateTime.fromISO(`${month}-01`, { zone: 'utc' }).setLocale(language === 'en' ? 'en-GB' : language).toFormat(short ? 'LLL yy' : 'LLLL yyyy');
}

/** A value of one of the three figures. */
export function kpiInWords(kpi: Kpi, value: number | undefined, language: Language): string {
	if (value === undefined) return resultsTexts(language).none;
	return kpi === 'averageBasket' ? moneyInWords(value, language) : numberInWords(Math.round(value * 100) / 100, language);
}

/** How a figure stands to that of a year before: "4 % in più di un anno prima". */
export function comparedInWords({ value, yearBefore }: Compared, language: Language): string {
	const { compared } = resultsTexts(language);
	if (value === undefined || yearBefore === undefined || yearBefore === 0) return compared.unknown;
	const change = Math.round((value / yearBefore - 1) * 1000) / 1000;
	if (change === 0) return compared.same;
	return fill(change > 0 ? compared.more : compared.less, { change: shareInWords(Math.abs(change), language) });
}

/** The name of a ready-made segment. */
export function segmentInWords(segment: string, language: Language): string {
	return ownText<string>(resultsTexts(language).segments, segment) ?? segment;
}

/** What is wanted: "30 % torna entro 6 mesi". */
export function goalInWords({ goal, months = 0, target }: GoalReport, language: Language): string {
	return fill(resultsTexts(language).goalLine[goal], { target: shareInWords(target / 1000, language), months: numberInWords(months, language) });
}

/** How far it is, in two or three sentences. */
export function progressInWords({ state, members, there, permille, startPermille, missing, daysLeft }: GoalReport, language: Language): string {
	const texts = resultsTexts(language);
	if (state === 'nobody') return texts.goalNobody;
	const share = (value = 0) => shareInWords(value / 1000, language);
	return [
		fill(texts.goalProgress, { share: share(permille), there: numberInWords(there, language), members: numberInWords(members, language), start: share(startPermille) }),
		missing > 0 && fillCounted(texts.goalMissing, missing, language),
		daysLeft > 0 && fillCounted(texts.goalDaysLeft, daysLeft, language),
	].filter(Boolean).join(' ');
}

/** Until when a goal runs, and who has set it when. */
export function goalDueInWords({ dueOn, setOn, setBy }: GoalReport, language: Language): string {
	return fill(resultsTexts(language).goalDue, { date: dayInWords(dueOn, language), who: setBy, setOn: dayInWords(setOn, language) });
}

/** The verdict in a word or two. */
export function verdictInWords({ verdict }: CampaignReport, language: Language): string {
	return resultsTexts(language).verdicts[verdict ?? 'service'];
}

/** What to do. */
export function adviceInWords({ advice, moreWeeks }: CampaignReport, language: Language): string {
	const texts = resultsTexts(language);
	if (advice === 'wait') return moreWeeks === undefined ? texts.waitOpen : fillCounted(texts.waitWeeks, moreWeeks, language);
	if (advice === 'raise-holdout') return fillCounted(texts.raiseHoldout, Math.max(1, Math.round((moreWeeks ?? 0) / WEEKS_A_YEAR)), language);
	return texts.advice[advice];
}

/** Where the truth lies, as more or fewer of a hundred. */
export function intervalInWords({ low, high }: Difference, language: Language): string {
	return rangeInWords(resultsTexts(language).interval, low, high, (value) => pointsInWords(value, language));
}

/** The same of what each spends. */
export function revenueInWords({ low, high }: Difference, language: Language): string {
	return rangeInWords(resultsTexts(language).revenue, low, high, (value) => moneyInWords(value, language));
}

/** Points of a hundred, with one decimal at most. */
export function pointsInWords(share: number, language: Language): string {
	return numberInWords(Math.round(share * 1000) / 10, language);
}

function rangeInWords(texts: ResultsTexts['interval'], low: number, high: number, written: (value: number) => string): string {
	const [less, more] = [written(Math.abs(low)), written(Math.abs(high))];
	if (low > 0) return fill(texts.more, { low: less, high: more });
	if (high < 0) return fill(texts.less, { low: more, high: less });
	return fill(texts.either, { low: less, high: more });
}

/** The most frequent reasons for which nobody wrote. */
export function unsentInWords({ unsent }: CampaignReport, language: Language, most = 3): string | undefined {
	const texts = resultsTexts(language);
	if (unsent.length === 0) return undefined;
	const reason = (code: string) => ownText<string>(texts.unsentStates, code) ?? reasonInWords(code, language);
	return fill(texts.unsent, { reasons: unsent.slice(0, most).map((one) => fill(texts.unsentReason, { count: numberInWords(one.count, language), reason: reason(one.reason) })).join(' ') });
}
