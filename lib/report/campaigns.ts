import type { Advice, CampaignReport, ReportSettings, Verdict } from '../domain/report';
import type { CampaignFigures, GroupFigures } from '../domain/reportFigures';
import { daysBetween, plusDays, type LocalDate } from '../domain/time';
import { revenueDifference, type Amounts, type Share } from './interval';
import { verdictOf } from './verdict';

/** How many come in in a week is told from so many weeks. */
const RECENT_WEEKS = 12;
/** Who waits for longer than this for an answer should hold out more. Weeks. */
const TOO_LONG_WEEKS = 104;
/** Where fewer of those who were to be contacted got a message, it is the reach that is to be mended first. */
const LEAST_REACH = 0.5;
/** The gate's usual share; as long as so few are assigned that chance may have held nobody out, it is taken for granted. */
const USUAL_SHARE = 0.1;
const FEW_PEOPLE = 60;

/** What was spent on a campaign. */
export interface CampaignCosts {
	campaign: string;
	messages: number;
	/** Thousandths of a euro. */
	mills: number;
	staffSeconds: number;
}

/** What a campaign's figures are looked at with. */
export interface CampaignView {
	today: LocalDate;
	settings: Pick<ReportSettings, 'leastEffect' | 'centsAnHour'>;
	/** Rows of one campaign are added up. */
	costs: readonly CampaignCosts[];
	unsent: ReadonlyArray<{ campaign: string; reason: string; count: number }>;
}

/** From when on assignments tell how many there are in a week. */
export function recentFrom(today: LocalDate): LocalDate {
	return plusDays(today, -7 * RECENT_WEEKS);
}

/** The results of the campaigns: what needs a decision first (harm, nothing brought), then by how many were due. */
export function campaignReports(figures: readonly CampaignFigures[], view: CampaignView): CampaignReport[] {
	const rank: Record<Advice, number> = { 'stop-now': 0, stop: 1, reach: 1, 'hold-out': 2, 'raise-holdout': 2, keep: 3, wait: 4, service: 5 };
	return figures.map((campaign) => campaignReport(campaign, view)).sort((one, other) => rank[one.advice] - rank[other.advice] || other.due - one.due);
}

function campaignReport(figures: CampaignFigures, { today, settings, costs, unsent }: CampaignView): CampaignReport {
	const { campaign, class: ofMessages, contact, holdout, sent, delivered, answered, booked, optedOut } = figures;
	const isService = ofMessages === 'service';
	const result = isService ? undefined : verdictOf({ contact: returnsOf(contact), holdout: returnsOf(holdout), assignmentsPerWeek: perWeek(figures, today), holdoutShare: shareOf(figures), leastEffect: settings.leastEffect });
	const money = revenueDifference(amountsOf(contact), amountsOf(holdout));
	const mine = costs.filter((cost) => cost.campaign === campaign);
	const sum = (of: (cost: CampaignCosts) => number) => mine.reduce((total, cost) => total + of(cost), 0);
	const seconds = sum(({ staffSeconds }) => staffSeconds);
	return {
		campaign,
		...(ofMessages && { class: ofMessages }),
		due: contact.people + holdout.people,
		heldOut: holdout.people,
		sent, delivered, answered, booked, optedOut,
		over: { contact: contact.over, holdout: holdout.over },
		returned: { contact: contact.returned, holdout: holdout.returned },
		revenueCents: { contact: contact.revenueCents, holdout: holdout.revenueCents },
		...(result?.difference && { returnDifference: result.difference }),
		...(!isService && money && { revenueDifference: money }),
		...(result && { verdict: result.verdict }),
		...(result?.moreAssignments !== undefined && { moreAssignments: result.moreAssignments }),
		...(result?.moreWeeks !== undefined && { moreWeeks: result.moreWeeks }),
		advice: result ? adviceOf(result.verdict, sent < contact.people * LEAST_REACH, result.moreWeeks) : 'service',
		messages: sum(({ messages }) => messages),
		staffMinutes: Math.round(seconds / 6) / 10,
		costCents: Math.round(sum(({ mills }) => mills) / 10 + (seconds / 3600) * settings.centsAnHour),
		unsent: unsent.filter((one) => one.campaign === campaign).map(({ reason, count }) => ({ reason, count })),
	};
}

function adviceOf(verdict: Verdict, reachesFew: boolean, moreWeeks: number | undefined): Advice {
	switch (verdict) {
		case 'works':
			return 'keep';
		case 'does-not':
			return reachesFew ? 'reach' : 'stop';
		case 'harms':
			return 'stop-now';
		case 'no-holdout':
			return 'hold-out';
		case 'too-early':
			return moreWeeks === undefined || moreWeeks <= TOO_LONG_WEEKS ? 'wait' : 'raise-holdout';
	}
}

function returnsOf({ returned, over }: GroupFigures): Share {
	return { hits: returned, of: over };
}

function amountsOf({ over, buyers, revenueCents, revenueSquares }: GroupFigures): Amounts {
	return { of: over, buyers, sum: revenueCents, sumOfSquares: revenueSquares };
}

/** Of the last weeks; of those since it began, where these are fewer. */
function perWeek({ recent, firstOn }: CampaignFigures, today: LocalDate): number {
	return recent / Math.min(RECENT_WEEKS, Math.max(1, daysBetween(firstOn, today) / 7));
}

/** The share that is held out, as it has been so far. */
function shareOf({ contact, holdout }: CampaignFigures): number {
	const people = contact.people + holdout.people;
	return holdout.people === 0 && people < FEW_PEOPLE ? USUAL_SHARE : holdout.people / people;
}
