import { renderRollout } from '../../../lib/desk/rollout/page';
import type { RolloutPageState } from '../../../lib/desk/rollout/state';
import type { Criterion } from '../../../lib/domain/rolloutCriteria';
import { plusMinutes } from '../../../lib/domain/time';
import { rolloutChanges } from '../../../lib/store/rollout/changes';
import { campaignHolds } from '../../../lib/store/rollout/holds';
import type { Page } from '../../../lib/web/page';
import { rolloutState } from '../../shared/rolloutState';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** Changes that are shown, and for how long a campaign that was resumed is. Minutes. */
const CHANGES_SHOWN = 20;
const RESUMED_SHOWN = 366 * 24 * 60;

/** How far the rollout is, for the lead. */
export async function showRollout(desk: DeskContext, session: StaffSession, view: ShownView, fault?: RolloutPageState['fault']): Promise<Page> {
	const { store, now } = desk;
	const { step, since, next, criteria, ready } = await rolloutState(store, now);
	const changes = await rolloutChanges(store, CHANGES_SHOWN);
	return renderRollout({
		...frameOf(desk, session, view, 'rollout'),
		step, since, next, criteria, ready, fault,
		holds: await campaignHolds(store, plusMinutes(now, -RESUMED_SHOWN)),
		changes: changes.map(({ figures, ...change }) => ({ ...change, criteria: Array.isArray(figures) ? (figures as Criterion[]) : [] })),
	});
}
