import type { ResultsAction, ResultsFault } from '../../../lib/desk/results/action';
import { shopToday } from '../../../lib/domain/shop';
import { goalFault } from '../../../lib/report/goals';
import { recordDeskLog } from '../../../lib/store/desk/deskLog';
import { endGoal } from '../../../lib/store/report/goals';
import { setSegmentGoal } from '../../shared/report';
import { LEFT_ALONE, problem, type DeskContext, type Done, type StaffSession } from '../context';
import { showResults } from '../pages/results';

const HERE = { view: 'results', place: { page: 1 } } as const;

/** Sets and ends the goals of segments, for the lead; a goal that cannot be is shown again with what was typed. */
export async function actOnResults(desk: DeskContext, session: StaffSession, action: ResultsAction): Promise<Done> {
	const { store, now } = desk;
	if (session.role !== 'lead') return { page: problem(desk, 'leadOnly') };
	const { staff: who } = session;
	if (action.kind === 'endGoal') {
		if (!(await endGoal(store, action.id, now))) return { flash: LEFT_ALONE };
		await recordDeskLog(store, { who, action: 'goalEnded', subject: `goal ${action.id}` }, now);
		return { flash: { code: 'goalEnded', count: 1 } };
	}
	const again = async (fault: ResultsFault): Promise<Done> => ({ page: await showResults(desk, session, HERE, { fault, typed: action.typed }) });
	if (!action.wanted) return await again(action.fault ?? 'segment');
	const fault = goalFault({ ...action.wanted, setOn: shopToday(store.shop, now) });
	if (fault) return await again(fault);
	const id = await setSegmentGoal(store, { ...action.wanted, setBy: who }, now);
	if (id === undefined) return await again('segment');
	await recordDeskLog(store, { who, action: 'goalSet', subject: `goal ${id}` }, now);
	return { flash: { code: 'goalSet', count: 1 } };
}
