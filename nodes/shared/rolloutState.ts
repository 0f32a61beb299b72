import type { Channel } from '../../lib/domain/glossary';
import { stepAfter, type RolloutStep } from '../../lib/domain/rollout';
import { shopToday } from '../../lib/domain/shop';
import { daysBetween, plusMinutes, type Instant, type LocalDate } from '../../lib/domain/time';
import type { Criterion, StepFigures } from '../../lib/domain/rolloutCriteria';
import { isReady, readiness } from '../../lib/rollout/readiness';
import { dataQualityReport, type FieldRow } from '../../lib/report/dataQuality';
import type { Store } from '../../lib/store/open';
import { stepSince } from '../../lib/store/rollout/changes';
import { sentCounts } from '../../lib/store/rollout/counts';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import { staffFigures } from '../../lib/store/rollout/stepFigures';
import { qualityFigures } from './quality';

/** How far the rollout is, and what the next step asks for. */
export interface RolloutState {
	step: RolloutStep;
	/** Since when; absent for a shop without customers. */
	since?: Instant;
	/** Absent in the last step. */
	next?: RolloutStep;
	/** What must hold before the next step opens. */
	criteria: Criterion[];
	ready: boolean;
	figures: StepFigures;
}

/** Fields that every step asks for; consents are looked at by themselves. */
const FIELDS = ['mobile', 'email', 'birthDate', 'lastExam', 'equipment'];
const CHANNELS: readonly Channel[] = ['email', 'sms', 'whatsapp', 'call', 'letter'];
/** A ticket that is younger has time yet. Minutes. */
const TICKET_MINUTES = 2 * 24 * 60;

/** Reads it; every customer is looked at once, as for the data quality report. */
export async function rolloutState(store: Store, now: Instant): Promise<RolloutState> {
	const { step, holds } = await rolloutStanding(store);
	const begun = await stepSince(store);
	const next = stepAfter(step);
	const figures: StepFigures = { ...(await dataFigures(store, next, now)), ...(await sentFigures(store, begun?.since ?? now, now)), weeks: weeksOf(store, begun?.day, now), holds: holds.length };
	const criteria = next === undefined ? [] : readiness(step, figures, store.shop.rollout);
	return { step, ...(begun && { since: begun.since }), ...(next !== undefined && { next }), criteria, ready: next !== undefined && isReady(criteria), figures };
}

function weeksOf({ shop }: Store, since: LocalDate | undefined, now: Instant): number {
	return since === undefined ? 0 : Math.max(0, Math.floor(daysBetween(since, shopToday(shop, now)) / 7));
}

/** How complete the data are, and how many have answered to what the next step writes. */
async function dataFigures(store: Store, next: RolloutStep | undefined, now: Instant): Promise<Pick<StepFigures, 'completeness' | 'consents'>> {
	const report = dataQualityReport({ ...(await qualityFigures(store, CHANNELS, 0, now)), badFacts: { total: 0, rows: [] } });
	const purpose = next === 'recall' ? 'recall' : 'marketing';
	const shares = (fields: readonly FieldRow[]) => fields.map(({ validShare }) => validShare);
	const known = shares(report.fields.filter(({ field }) => FIELDS.includes(field)));
	// Whoever has answered for one channel has answered: the best of the channels is the least that all of them together can be.
	const consents = shares(report.fields.filter(({ field }) => field.startsWith(`consent.${purpose}.`)));
	return { completeness: known.length === 0 ? 0 : known.reduce((sum, share) => sum + share, 0) / known.length, consents: Math.max(0, ...consents) };
}

async function sentFigures(store: Store, since: Instant, now: Instant): Promise<Pick<StepFigures, 'decided' | 'unchanged' | 'delivered' | 'optOuts' | 'tickets'>> {
	const { decided, unchanged, tickets, answered } = await staffFigures(store, since, plusMinutes(now, -TICKET_MINUTES));
	const counts = await sentCounts(store, { since });
	const total = (of: (count: (typeof counts)[number]) => number) => counts.reduce((sum, count) => sum + of(count), 0);
	const sent = total((count) => count.sent);
	return {
		decided,
		...(decided > 0 && { unchanged: unchanged / decided }),
		...(sent > 0 && { delivered: 1 - total(({ bounced }) => bounced) / sent, optOuts: total(({ optedOut }) => optedOut) / sent }),
		...(tickets > 0 && { tickets: answered / tickets }),
	};
}
