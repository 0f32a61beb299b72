import { rejectionWhy, type MessageAction, type SeenMessage } from '../../../lib/desk/action';
import type { SaveFault } from '../../../lib/desk/approve/state';
import type { Draft } from '../../../lib/desk/draft';
import type { DeskView, Flash } from '../../../lib/desk/view';
import type { Channel, Formality, Language, MessageClass } from '../../../lib/domain/glossary';
import { shopToday, type Shop } from '../../../lib/domain/shop';
import type { Instant } from '../../../lib/domain/time';
import { compose, composeTyped, type MessageDraft } from '../../../lib/messages/compose';
import { contentHash } from '../../../lib/messages/hash';
import { approveMessages, editMessage, rejectMessages, resolveUncertain, type DecidedMessage } from '../../../lib/store/approval';
import { messageDetail, type ReviewMessageDetail } from '../../../lib/store/review';
import { answerReviewCase, type ReviewAnswer } from '../../../lib/store/reviewCases';
import { LEFT_ALONE, type DeskContext, type Done, type ShownThing, type StaffSession } from '../context';
import { showMessage } from '../pages/message';

/** What a text that was typed on the message page came to: done, or why it was not saved. */
type Saved = Done | { fault: SaveFault };

/** Decides on messages as a member of staff has asked. What somebody else has changed or decided meanwhile is left alone and counted. */
export async function actOnMessages(desk: DeskContext, session: StaffSession, action: MessageAction, back: DeskView): Promise<Done> {
	switch (action.kind) {
		case 'approve':
			return await approve(desk, session, [action.message]);
		case 'approveMany':
			return await approve(desk, session, action.messages);
		case 'reject': {
			const why = rejectionWhy(action);
			const messages = await rejectMessages(desk.store, [action.message], session.staff, why, desk.now);
			return decided('rejected', messages, 1, desk, session, why);
		}
		case 'save':
			return await saveOrShow(desk, session, action, back);
		case 'useOriginal':
			return await useOriginal(desk, session, action.message);
		case 'judge':
			return await judge(desk, session, action);
		case 'resolve': {
			const known = await resolveUncertain(desk.store, action.id, action.arrived, session.staff, desk.now);
			return { flash: known ? { code: action.arrived ? 'arrived' : 'notArrived', count: 1 } : LEFT_ALONE };
		}
	}
}

async function judge({ store, now }: DeskContext, { staff }: StaffSession, action: Extract<MessageAction, { kind: 'judge' }>): Promise<Done> {
	const note = action.note || undefined;
	const answer: ReviewAnswer = action.may
		? { may: true, legalBasis: action.basis, evidence: action.proof, noticeVersion: noticeOf(store.shop, action.notice), note }
		: { may: false, note };
	const ended = await answerReviewCase(store, action.id, answer, staff, now);
	return { flash: ended ? { code: action.may ? 'mayContact' : 'mayNotContact', count: 1 } : LEFT_ALONE };
}

/** Only a notice that the shop has: a form can say anything. */
function noticeOf({ privacyNotices }: Pick<Shop, 'privacyNotices'>, wanted: string): string | undefined {
	return privacyNotices.find(({ version }) => version === wanted)?.version;
}

async function approve(desk: DeskContext, session: StaffSession, seen: SeenMessage[]): Promise<Done> {
	const today = shopToday(desk.store.shop, desk.now);
	const messages = await approveMessages(desk.store, seen, session.staff, today, desk.now, leavesFrom(desk));
	return decided('approved', messages, seen.length, desk, session);
}

/** Saves a text, or shows it again with what is wrong with it: nothing that was typed is lost. */
async function saveOrShow(desk: DeskContext, session: StaffSession, action: Extract<MessageAction, { kind: 'save' }>, back: DeskView): Promise<Done> {
	const saved = await save(desk, session, action);
	if (!('fault' in saved)) return saved;
	const view: ShownThing = { view: 'message', id: action.message.id, place: 'place' in back ? back.place : { page: 1 } };
	return { page: await showMessage(desk, session, view, { draft: action.draft, fault: saved.fault }) };
}

async function save(desk: DeskContext, session: StaffSession, { message, draft, fault, thenApprove }: Extract<MessageAction, { kind: 'save' }>): Promise<Saved> {
	if (fault) return { fault };
	const { store, now } = desk;
	const known = await messageDetail(store, message.id);
	if (!known || known.contentHash !== message.contentHash || known.state !== 'pending') return { fault: 'changed' };
	// What Meta has approved is fixed: another text would be another message.
	if (known.extra?.whatsApp) return { fault: 'fixed' };
	const composed = composeTyped(draftOf(known, draft, store.shop));
	if (composed === 'tooLong') return { fault: 'tooLongHere' };
	const hash = contentHash({ ...composed, recipient: known.recipient, channel: known.channel as Channel });
	const saved = await editMessage(store, message, { ...composed, body: draft.body, contentHash: hash }, session.staff, now);
	if (!saved) return { fault: 'changed' };
	return thenApprove ? await approve(desk, session, [{ id: message.id, contentHash: hash }]) : { flash: { code: 'saved', count: 1 } };
}

/** The text as it was before a language model worded it anew. What somebody else has changed or decided meanwhile is left alone. */
async function useOriginal({ store, now }: DeskContext, { staff }: StaffSession, message: SeenMessage): Promise<Done> {
	const known = await messageDetail(store, message.id);
	if (!known?.rewording) return { flash: LEFT_ALONE };
	const draft = { subject: known.subject, body: known.rewording.original };
	const composed = compose(draftOf(known, draft, store.shop));
	const edited = { ...composed, body: draft.body, contentHash: contentHash({ ...composed, recipient: known.recipient, channel: known.channel as Channel }) };
	return (await editMessage(store, message, edited, staff, now, 'ORIGINAL_TEXT')) ? { flash: { code: 'saved', count: 1 } } : { flash: LEFT_ALONE };
}

/** A stored message with the staff's text, as something to compose. */
export function draftOf(known: ReviewMessageDetail, draft: Draft, shop: Shop): MessageDraft {
	return {
		channel: known.channel as Channel,
		subject: draft.subject ?? known.subject,
		preheader: known.preheader,
		body: draft.body,
		language: known.language as Language,
		formality: (known.formality ?? shop.formality) as Formality,
		class: known.class as MessageClass,
		basis: known.legalBasis,
		shop,
		refusalUrl: known.refusalUrl,
		extra: known.extra,
	};
}

/** What a decision on messages came to: the flash with the way back, and what the workflow hears. */
export function decided(
	code: 'approved' | 'rejected',
	messages: DecidedMessage[],
	asked: number,
	{ now, undoSeconds }: DeskContext,
	{ staff }: StaffSession,
	why?: string,
): Done {
	const left = asked - messages.length;
	const undo = messages.length > 0 && undoSeconds > 0;
	const flash: Flash = { code: messages.length > 0 ? code : 'nothing', count: messages.length, ...(left > 0 && { left }), ...(undo && { undo: Date.parse(now) }) };
	return { flash, decision: { messages, staff, at: now, why } };
}

/** The instant before which nothing leaves that is approved now; absent where it cannot be taken back. */
export function leavesFrom({ now, undoSeconds }: DeskContext): Instant | undefined {
	return undoSeconds > 0 ? new Date(Date.parse(now) + undoSeconds * 1000).toISOString() : undefined;
}
