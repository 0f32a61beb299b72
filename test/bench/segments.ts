import { conditionsOf, SEGMENT_DEFAULTS } from '../../lib/domain/segment';
import type { Store } from '../../lib/store/open';
import { countSegment, segmentMembers } from '../../lib/store/segments/members';
import { READY_MADE, type ReadyMadeName } from '../../lib/segments/readyMade';
import { segmentScope } from '../../nodes/shared/segment';
import { bulkShop } from './bulkShop';
import { type BenchFigure, sideBySide } from './figure';
import { SegmentSql } from './segmentSql';
import { TODAY } from './shopOfSize';

const CUSTOMERS = 1_000_000;
/** At most two times as long as the best SQL by hand. */
const AT_MOST_TWICE = 0.5;
const TURNS = { clock: 'processor', rounds: 5, warmUps: 1 } as const;

/** Segments of a million customers, from what the panel says to the answer, against the best hand-written SQL on the same file. */
export async function segments(): Promise<BenchFigure[]> {
	const { store, settings } = await bulkShop(CUSTOMERS);
	const byHand = new SegmentSql(settings.file);
	const figures: BenchFigure[] = [];
	try {
		for (const name of ['atRisk', 'firstPlan', 'noSunPair', 'onePair', 'progressiveWearers'] as const) {
			const [ours, theirs] = [await count(store, name), byHand.count(name)];
			if (ours !== theirs) throw new Error(`${name}: ${ours} customers are in the segment, by hand ${theirs}.`);
			figures.push(await sideBySide(`segments-${name}-1m`, async () => await count(store, name), () => byHand.count(name), AT_MOST_TWICE, TURNS));
		}
		const listing = async () => await segmentMembers(store, READY_MADE.atRisk.rule, { today: TODAY, settings: SEGMENT_DEFAULTS });
		figures.push(await sideBySide('segments-list-1m', listing, () => byHand.list('atRisk'), AT_MOST_TWICE, TURNS));
		return figures;
	} finally {
		byHand.close();
	}
}

async function count(store: Store, name: ReadyMadeName): Promise<number> {
	const { rule } = READY_MADE[name];
	return await countSegment(store, rule, await segmentScope(store, conditionsOf(rule), SEGMENT_DEFAULTS, TODAY));
}
