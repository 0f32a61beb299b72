import { momentOf, OUTCOME_BUTTONS, type CallAction, type TypedCall } from '../../../lib/desk/calls/action';
import { CrmError } from '../../../lib/domain/errors';
import { releaseCall } from '../../../lib/store/calls';
import { messageDetail } from '../../../lib/store/review';
import { recordCalls, takeCall, type MadeCall } from '../../shared/calls';
import { problem, type DeskContext, type Done, type StaffSession } from '../context';
import { showCall } from '../pages/call';
import { showCalls } from '../pages/calls';
import { customerNameOf } from '../customerName';

/** Takes a call, gives it back, or records how it went. What was typed and cannot be recorded is shown again. */
export async function actOnCalls(desk: DeskContext, session: StaffSession, action: CallAction): Promise<Done> {
	switch (action.kind) {
		case 'takeCall':
			return await take(desk, session, action.id);
		case 'releaseCall':
			await releaseCall(desk.store, action.id, session.staff);
			return { flash: { code: 'callReleased', count: 1 } };
		case 'recordCall':
			return await record(desk, session, action.id, action.typed);
	}
}

async function take(desk: DeskContext, session: StaffSession, id: number): Promise<Done> {
	const taken = await takeCall(desk.store, id, session.staff, desk.now);
	if (taken.taken) return {};
	const { who, why, retryAt } = taken;
	const message = await messageDetail(desk.store, id);
	const refusal = { ...(message && { customerName: customerNameOf(message) }), who, why, retryAt };
	return { page: await showCalls(desk, session, { view: 'calls', place: { page: 1 } }, refusal) };
}

async function record(desk: DeskContext, session: StaffSession, id: number, typed: TypedCall): Promise<Done> {
	const { store, now, settings } = desk;
	const { at, fault } = momentOf(typed, store.shop.timeZone, now);
	const again = async (why: NonNullable<typeof fault>): Promise<Done> => ({ page: await showCall(desk, session, { view: 'call', id, place: { page: 1 } }, { typed, fault: why }) });
	if (fault) return await again(fault);
	const { outcome, ...more }: Pick<MadeCall, 'outcome' | 'refuses'> = OUTCOME_BUTTONS[typed.button];
	const made: MadeCall = {
		messageId: id, outcome, ...more, ticked: typed.ticked,
		...(typed.note && { note: typed.note }),
		...(outcome === 'booked' && { appointmentAt: at }),
		...(outcome === 'again' && { againAt: at }),
	};
	const [recorded] = await recordCalls(store, [made], session.staff, settings.calls, now);
	// The form itself says nothing else: ticks that no question offers are none of ours.
	if (recorded instanceof CrmError) return { page: problem(desk, 'badForm', typed.note ? { body: typed.note } : undefined) };
	return recorded ? { flash: { code: 'callRecorded', count: 1 } } : await again('gone');
}
