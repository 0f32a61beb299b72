import type { PhoneAction } from '../../../lib/desk/phone/action';
import { LINKED_ALERT, type LinkedWish } from '../../../lib/domain/linkedDevice';
import { phones } from '../../../lib/imports/fields/phone';
import { closeAlert } from '../../../lib/store/alerts';
import { recordDeskLog } from '../../../lib/store/desk/deskLog';
import { findLinkedDevice, resumeLinkedDevice, wishOfLinkedDevice } from '../../../lib/store/linkedDevice/device';
import { LEFT_ALONE, problem, type DeskContext, type Done, type StaffSession } from '../context';
import { showPhone } from '../pages/phone';

const HERE = { view: 'phone', place: { page: 1 } } as const;

/** Does what the lead asks of the shop's phone: the node that keeps its session does it at its next beat. */
export async function actOnPhone(desk: DeskContext, session: StaffSession, action: PhoneAction): Promise<Done> {
	const { store, now } = desk;
	if (session.role !== 'lead') return { page: problem(desk, 'leadOnly') };
	if (action.kind === 'phoneResume') return await resume(desk, session);
	const wish = wishOf(action, store.shop.country);
	if (!wish) return { page: await showPhone(desk, session, HERE, action.kind === 'phoneCode' ? action.number : '') };
	if (!(await wishOfLinkedDevice(store, wish, now))) return { flash: LEFT_ALONE };
	await recordDeskLog(store, { who: session.staff, action: wish.kind === 'unlink' ? 'phoneUnlinked' : 'phoneLinking' }, now);
	return { flash: { code: 'phoneAsked', count: 1 } };
}

/** Undefined where what was typed is no number. */
function wishOf(action: Exclude<PhoneAction, { kind: 'phoneResume' }>, country: string): LinkedWish | undefined {
	if (action.kind === 'phoneConnect') return { kind: 'connect' };
	if (action.kind === 'phoneUnlink') return { kind: 'unlink' };
	const { values } = phones(action.number, country);
	return values.length === 1 ? { kind: 'code', number: values[0].e164 } : undefined;
}

async function resume({ store, now }: DeskContext, { staff }: StaffSession): Promise<Done> {
	const stopped = (await findLinkedDevice(store, now))?.stoppedCode;
	if (stopped === undefined || !(await resumeLinkedDevice(store, now))) return { flash: LEFT_ALONE };
	await closeAlert(store, { kind: LINKED_ALERT, subject: stopped }, now);
	await recordDeskLog(store, { who: staff, action: 'phoneResumed' }, now);
	return { flash: { code: 'phoneResumed', count: 1 } };
}
