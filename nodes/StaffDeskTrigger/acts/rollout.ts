import type { RolloutAction } from '../../../lib/desk/rollout/action';
import { fallBack, openStep } from '../../../lib/store/rollout/changes';
import { resumeCampaign } from '../../../lib/store/rollout/holds';
import type { Flash } from '../../../lib/desk/view';
import { rolloutState } from '../../shared/rolloutState';
import { LEFT_ALONE, problem, type DeskContext, type Done, type StaffSession } from '../context';
import { showRollout } from '../pages/rollout';

const HERE = { view: 'rollout', place: { page: 1 } } as const;

/** Does what the lead has decided about the rollout; the criteria are looked at once more, and kept with it. */
export async function actOnRollout(desk: DeskContext, session: StaffSession, action: RolloutAction): Promise<Done> {
	const { store, now } = desk;
	if (session.role !== 'lead') return { page: problem(desk, 'leadOnly') };
	const { staff: who } = session;
	const { note } = action;
	if (action.kind !== 'openStep' && note === '') return { page: await showRollout(desk, session, HERE, 'noteMissing') };
	if (action.kind === 'resumeCampaign') return done(await resumeCampaign(store, action.id, who, note, now), 'resumed');
	const { next, ready, criteria } = await rolloutState(store, now);
	if (action.kind === 'fallBack') return done(await fallBack(store, action.step, { who, figures: criteria, note }, now), 'fellBack');
	if (action.step === next && !ready) return { page: await showRollout(desk, session, HERE, 'notReady') };
	return done(await openStep(store, action.step, { who, figures: criteria, note }, now), 'opened');
}

function done(isDone: boolean, code: Flash['code']): Done {
	return { flash: isDone ? { code, count: 1 } : LEFT_ALONE };
}
