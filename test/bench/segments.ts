import { conditionsOf, SEGMENT_DEFAULTS } from '../../lib/domain/segment';
import type { Store } from '../../lib/store/open';
import { countSegment, segmentMembers } from '../../lib/store/segments/members';
import { READY_MADE, type ReadyMadeName } from '../../lib/segments/readyMade';
import { segmentScope } from '../../nodes/shared/segment';
import { bulkShop } from './bulkShop';
import { type BenchFigure, sideBySide } from './figure';
import { SegmentSql } from './segmentSql';
import { TODAY } from './shopOfSize';

const NAMES = ['atRisk', 'firstPlan', 'noSunPair', 'onePair', 'progressiveWearers'] as const satisfies readonly ReadyMadeName[];
export const SEGMENT_FIGURES = [...NAMES, 'list'].map((name) => `segments-${name}`);
/** At most two times as long as the best SQL by hand. */
const AT_MOST_TWICE = 0.5;
const TURNS = { clock: 'processor', rounds: 5, warmUps: 1 } as const;

/** Segments of so many customers, from what the panel says to the answer, against the best hand-written SQL on the same file. */
export async function segments(customers: number, label: string): Promise<BenchFigure[]> {
	const { store, settings } = await bulkShop(customers);
	const byHand = new SegmentSql(settings.file);
	const figures: BenchFigure[] = [];
	try {
		for (const name of NAMES) {
			const [ours, theirs] = [await count(store, name), byHand.count(name)];
			if (ours !== theirs) throw new Error(`${name}: ${ours} customers are in the segment, by hand ${theirs}.`);
			figures.push(await sideBySide(`segments-${name}-${label}`, async () => await count(store, name), () => byHand.count(name), AT_MOST_TWICE, TURNS));
		}
		const listing = async () => await segmentMembers(store, READY_MADE.atRisk.rule, { today: TODAY, settings: SEGMENT_DEFAULTS });
		figures.push(await sideBySide(`segments-list-${label}`, listing, () => byHand.list('atRisk'), AT_MOST_TWICE, TURNS));
		return figures;
	} finally {
		byHand.close();
	}
}

async function count(store: Store, name: ReadyMadeName): Promise<number> {
	const { rule } = READY_MADE[name];
	return await countSegment(store, rule, await segmentScope(store, conditionsOf(rule), SEGMENT_DEFAULTS, TODAY));
}
