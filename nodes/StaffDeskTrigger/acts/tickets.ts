import { TICKET_LIMITS, type TicketAction } from '../../../lib/desk/tickets/action';
import type { AnswerFault } from '../../../lib/desk/tickets/state';
import type { DeskView } from '../../../lib/desk/view';
import { STAFF_ANSWER } from '../../../lib/domain/occasionKinds';
import { shopToday } from '../../../lib/domain/shop';
import { assignTicket, endTicket } from '../../../lib/store/replies/tickets';
import { messageDetail } from '../../../lib/store/review';
import { AnswerRefused, answerTicket } from '../../shared/answerTicket';
import { LEFT_ALONE, type Decision, type DeskContext, type Done, type StaffSession } from '../context';
import { showTicket } from '../pages/tickets';

/** Answers, closes or assigns a ticket. An answer that is not taken is shown again with its words. */
export async function actOnTickets(desk: DeskContext, session: StaffSession, action: TicketAction, back: DeskView): Promise<Done> {
	const { store, now } = desk;
	switch (action.kind) {
		case 'answerTicket':
			return await answer(desk, session, action, back);
		case 'closeTicket': {
			const closed = await endTicket(store, action.id, 'closed', session.staff, action.note || undefined, now);
			return { flash: closed ? { code: 'ticketClosed', count: 1 } : LEFT_ALONE };
		}
		case 'assignTicket': {
			const assigned = await assignTicket(store, action.id, action.customerId, now);
			return { flash: assigned ? { code: 'ticketAssigned', count: 1 } : LEFT_ALONE };
		}
	}
}

async function answer(desk: DeskContext, session: StaffSession, { id, text }: Extract<TicketAction, { kind: 'answerTicket' }>, back: DeskView): Promise<Done> {
	const again = async (fault: AnswerFault, why?: string): Promise<Done> => ({ page: await showTicket(desk, session, { view: 'ticket', id, place: 'place' in back ? back.place : { page: 1 } }, { answer: text, fault, why }) });
	if (text === '') return await again('empty');
	if (text.length > TICKET_LIMITS.answer) return await again('tooLong');
	const queued = await answerTicket(desk.store, id, text, session.staff, desk.now).catch((error: unknown) => {
		if (error instanceof AnswerRefused) return error;
		throw error;
	});
	if (queued instanceof AnswerRefused) return await again(queued.fault, queued.reason);
	return { flash: { code: 'ticketAnswered', count: 1 }, decision: await decisionOn(desk, session, queued.id) };
}

/** The answer is approved by being written: the workflow hears of it as of every approved message, so that it can leave at once. */
async function decisionOn({ store, now }: DeskContext, { staff }: StaffSession, messageId: number): Promise<Decision | undefined> {
	const message = await messageDetail(store, messageId);
	if (message?.state !== 'approved') return undefined;
	const { id, customerId, stage, class: messageClass, channel, templateId, templateVersion, state } = message;
	return { messages: [{ id, customerId, kind: STAFF_ANSWER, dueOn: shopToday(store.shop, now), stage, class: messageClass, channel, templateId, templateVersion, state }], staff, at: now };
}
