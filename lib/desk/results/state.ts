import type { CrmReport } from '../../domain/report';
import type { DeskFrame } from '../state';
import type { ResultsFault, TypedGoal } from './action';
import type { Kpi } from './words';

/** A chart as images, `data:` addresses, for light and dark screens. */
export interface ChartImage {
	light: string;
	dark: string;
	width: number;
	height: number;
}

/** The charts of a report; one that has nothing to show is absent. */
export interface ResultCharts {
	kpis: Partial<Record<Kpi, ChartImage>>;
	campaigns?: ChartImage;
}

/** The page of the results, for the lead. */
export interface ResultsPageState extends DeskFrame {
	report: CrmReport;
	charts: ResultCharts;
	/** Names of the segments that can have a goal. */
	segments: readonly string[];
	/** Why the goal was not saved, and what was typed. */
	fault?: ResultsFault;
	typed?: TypedGoal;
}
