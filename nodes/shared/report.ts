import type { CampaignReport, CrmReport, GoalReport, MonthlyKpis, ReportSettings } from '../../lib/domain/report';
import { SEGMENT_DEFAULTS, conditionsOf } from '../../lib/domain/segment';
import { shopToday } from '../../lib/domain/shop';
import { plusMonths, type Instant, type LocalDate } from '../../lib/domain/time';
import { campaignReports, recentFrom } from '../../lib/report/campaigns';
import { goalDay, goalProgress } from '../../lib/report/goals';
import { kpisByMonth, monthsOfKpis } from '../../lib/report/kpis';
import { READY_MADE, type ReadyMadeName } from '../../lib/segments/readyMade';
import type { Store } from '../../lib/store/open';
import { campaignFigures, unsentReasons } from '../../lib/store/report/campaigns';
import { campaignCosts } from '../../lib/store/report/costs';
import { goalCounts, openGoals, setGoal, type NewGoal } from '../../lib/store/report/goals';
import { monthFigures } from '../../lib/store/report/kpis';
import { segmentScope } from './segment';

const { lapsedMonths, usefulMonths } = SEGMENT_DEFAULTS;

/** The first day of the month that lies a number of months before a day's own. */
export function monthsBefore(day: LocalDate, months: number): LocalDate {
	return plusMonths(`${day.slice(0, 8)}01`, -months);
}

/** The three figures of the shop by month. */
export async function readKpis(store: Store, { months }: Pick<ReportSettings, 'months'>, today: LocalDate): Promise<MonthlyKpis[]> {
	return kpisByMonth(await monthFigures(store, { months: monthsOfKpis(today, months), lapsedMonths, usefulMonths }));
}

/** What the campaigns brought of those who were assigned in the months that are looked back on. */
export async function readCampaigns(store: Store, settings: ReportSettings, today: LocalDate): Promise<CampaignReport[]> {
	const from = periodOf(settings, today).from;
	const figures = await campaignFigures(store, { from, today, recentFrom: recentFrom(today), windowDays: settings.windowDays });
	return campaignReports(figures, { today, settings, costs: await campaignCosts(store, from), unsent: await unsentReasons(store, { from, today }) });
}

/** How far the open goals are. A few statements for each goal, whatever the number of customers. */
export async function readGoals(store: Store, today: LocalDate): Promise<GoalReport[]> {
	const goals: GoalReport[] = [];
	for (const goal of await openGoals(store)) goals.push({ ...goal, ...goalProgress(goal, await goalCounts(store, goal, goalDay(goal, today), usefulMonths), today) });
	return goals;
}

/** All of it. */
export async function readReport(store: Store, settings: ReportSettings, now: Instant): Promise<CrmReport> {
	const today = shopToday(store.shop, now);
	return {
		shop: store.shop.name,
		madeAt: now,
		period: periodOf(settings, today),
		settings,
		kpis: await readKpis(store, settings, today),
		campaigns: await readCampaigns(store, settings, today),
		goals: await readGoals(store, today),
	};
}

function periodOf({ months }: Pick<ReportSettings, 'months'>, today: LocalDate): CrmReport['period'] {
	return { from: monthsBefore(today, months - 1), to: today };
}

/** Sets the goal of a ready-made segment, for whoever is in it today. @returns its id; undefined where there is no such segment */
export async function setSegmentGoal(store: Store, goal: Omit<NewGoal, 'rule' | 'scope' | 'setOn'>, now: Instant): Promise<number | undefined> {
	if (!Object.hasOwn(READY_MADE, goal.segment)) return undefined;
	const { rule } = READY_MADE[goal.segment as ReadyMadeName];
	const setOn = shopToday(store.shop, now);
	const scope = await segmentScope(store, conditionsOf(rule), SEGMENT_DEFAULTS, setOn);
	return await setGoal(store, { ...goal, setOn, rule, scope }, now);
}
