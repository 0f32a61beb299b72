import type { ResultsFault, TypedGoal } from '../../../lib/desk/results/action';
import { drawCharts } from '../../../lib/desk/results/charts';
import { renderResults } from '../../../lib/desk/results/page';
import { REPORT_DEFAULTS } from '../../../lib/domain/report';
import { READY_MADE_NAMES } from '../../../lib/segments/readyMade';
import type { Page } from '../../../lib/web/page';
import { readReport } from '../../shared/report';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** What the campaigns bring, how far the goals are and how the shop is doing, for the lead. */
export async function showResults(desk: DeskContext, session: StaffSession, view: ShownView, said: { fault?: ResultsFault; typed?: TypedGoal } = {}): Promise<Page> {
	const report = await readReport(desk.store, REPORT_DEFAULTS, desk.now);
	const charts = await drawCharts(report, desk.language);
	return renderResults({ ...frameOf(desk, session, view, 'results'), report, charts, segments: READY_MADE_NAMES, ...said });
}
