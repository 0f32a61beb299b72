import type { DeskAction } from '../../../lib/desk/action';
import type { ApproveAction } from '../../../lib/desk/approve/action';
import { previewDocument } from '../../../lib/desk/approve/mailDocument';
import { readSampleClaim } from '../../../lib/desk/approve/sampleClaim';
import type { DeskView } from '../../../lib/desk/view';
import { shopToday } from '../../../lib/domain/shop';
import { composeTyped } from '../../../lib/messages/compose';
import { approveSet, putOff, rejectMessages, undoDecisions } from '../../../lib/store/approval';
import { complain } from '../../../lib/store/approve/complaints';
import { changeChannel } from '../../../lib/store/approve/otherChannel';
import { whichMatch } from '../../../lib/store/approve/pending';
import { inTransaction } from '../../../lib/store/open';
import { recordConsents } from '../../../lib/store/recordConsents';
import { messageDetail } from '../../../lib/store/review';
import { LEFT_ALONE, problem, type DeskContext, type Done, type ShownThing, type StaffSession } from '../context';
import { purposeOfMessage, rewrittenFor } from '../otherChannels';
import { filterOf } from '../pages/approve';
import { showMessage } from '../pages/message';
import { shownOf } from '../messagePreview';
import { decided, draftOf, leavesFrom } from './messages';

const KINDS: ReadonlySet<string> = new Set<ApproveAction['kind']>(['look', 'undo', 'putOff', 'changeChannel', 'never', 'approveAll', 'complain']);
/** Afterwards nobody remembers what was taken back. */
const UNDO_WITHIN_MS = 10 * 60_000;

export function isApproveAction(action: DeskAction): action is ApproveAction {
	return KINDS.has(action.kind);
}

/** Does what was asked for while approving. What somebody else has changed or decided meanwhile is left alone and counted. */
export async function actOnApproving(desk: DeskContext, session: StaffSession, action: ApproveAction, back: DeskView): Promise<Done> {
	const { store, now } = desk;
	const { staff } = session;
	switch (action.kind) {
		case 'look':
			return await look(desk, session, action, back);
		case 'undo': {
			const isRecent = Math.abs(Date.parse(now) - action.at) <= UNDO_WITHIN_MS;
			const count = isRecent ? await undoDecisions(store, new Date(action.at).toISOString(), staff, now) : 0;
			return { flash: count > 0 ? { code: 'undone', count } : LEFT_ALONE };
		}
		case 'putOff': {
			const isLater = action.until > shopToday(store.shop, now) && (await putOff(store, action.message, action.until, staff, now));
			return { flash: isLater ? { code: 'putOff', count: 1 } : LEFT_ALONE };
		}
		case 'changeChannel':
			return await toOtherChannel(desk, session, action);
		case 'never':
			return await never(desk, session, action);
		case 'approveAll':
			return await approveAll(desk, session, action);
		case 'complain': {
			const words = action.words || undefined;
			return { flash: (await complain(store, { messageId: action.id, about: action.about, words }, staff, now)) ? { code: 'complained', count: 1 } : LEFT_ALONE };
		}
	}
}

/** What was typed, as it would arrive. Nothing is stored. */
async function look(desk: DeskContext, session: StaffSession, { message, draft, fault, frame }: Extract<ApproveAction, { kind: 'look' }>, back: DeskView): Promise<Done> {
	const { store, now } = desk;
	const view: ShownThing = { view: 'message', id: message.id, place: 'place' in back ? back.place : { page: 1 } };
	const known = await messageDetail(store, message.id);
	if (!known) return { page: problem(desk, 'notFound', draft) };
	if (fault) return { page: await showMessage(desk, session, view, { draft, fault }) };
	if (known.state !== 'pending' || known.contentHash !== message.contentHash) return { page: await showMessage(desk, session, view, { draft, fault: 'changed' }) };
	const composed = composeTyped(draftOf(known, draft, store.shop));
	if (composed === 'tooLong') return { page: await showMessage(desk, session, view, { draft, fault: 'tooLongHere' }) };
	if (frame) return { page: composed.html === undefined ? problem(desk, 'notFound') : previewDocument(composed.html, store.shop.logo) };
	const looked = shownOf(known, store.shop, shopToday(store.shop, now), { ...composed, body: draft.body });
	return { page: await showMessage(desk, session, view, { draft, looked }) };
}

async function toOtherChannel({ store, now }: DeskContext, { staff }: StaffSession, { message, channel }: Extract<ApproveAction, { kind: 'changeChannel' }>): Promise<Done> {
	const known = await messageDetail(store, message.id);
	if (known?.state !== 'pending' || known.contentHash !== message.contentHash) return { flash: LEFT_ALONE };
	const rewritten = await rewrittenFor(store, known, channel, now);
	if (!rewritten) return { flash: { code: 'notOnChannel', count: 1 } };
	return { flash: (await changeChannel(store, message, rewritten, staff, now)) ? { code: 'otherChannel', count: 1 } : LEFT_ALONE };
}

/** The person's no, as told to the staff, and the end of this message; both or none. */
async function never(desk: DeskContext, session: StaffSession, { message, scope, note }: Extract<ApproveAction, { kind: 'never' }>): Promise<Done> {
	const { store, now } = desk;
	const { staff } = session;
	const known = await messageDetail(store, message.id);
	if (!known) return { flash: LEFT_ALONE };
	const ended = await inTransaction(store.db, async (db) => {
		const scoped = { ...store, db };
		const rejected = await rejectMessages(scoped, [message], staff, note ? `NEVER: ${note}` : 'NEVER', now);
		if (rejected.length === 0) return rejected;
		// A service is owed by contract; whoever wants no more of it objects to everything else at least.
		const purpose = purposeOfMessage(known);
		await recordConsents(scoped, [{
			customerId: known.customerId, channel: 'any', purpose: scope === 'all' || purpose === 'service' ? 'any' : purpose, status: scope === 'all' ? 'objected' : 'withdrawn',
			legalBasis: 'consent', capturedAt: now, source: 'desk', method: 'told-staff', operator: staff, withdrawnAt: now, withdrawnHow: 'told-staff', ...(note && { evidence: note }),
		}], now);
		return rejected;
	});
	const { flash, decision } = decided('rejected', ended, 1, { ...desk, undoSeconds: 0 }, session, 'NEVER');
	return { flash: ended.length > 0 ? { code: 'never', count: 1 } : flash, decision };
}

/** All that match and were there when the sample was shown, in one statement; what was changed or came since is left. */
async function approveAll(desk: DeskContext, session: StaffSession, { place, claim }: Extract<ApproveAction, { kind: 'approveAll' }>): Promise<Done> {
	const { store, now } = desk;
	const seen = readSampleClaim(session.token, place, claim, now);
	if (!seen) return { page: problem(desk, 'tooOld') };
	const which = whichMatch(store, filterOf(place), shopToday(store.shop, now), seen);
	const messages = await approveSet(store, which, session.staff, now, leavesFrom(desk));
	return decided('approved', messages, messages.length, desk, session);
}
