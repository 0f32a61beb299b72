import { PAGE_SIZE } from '../../../lib/desk/state';
import { renderTicket } from '../../../lib/desk/tickets/ticketPage';
import { renderTickets } from '../../../lib/desk/tickets/ticketsPage';
import type { DeskTicket, PossibleOwner, TicketPageState } from '../../../lib/desk/tickets/state';
import { TICKET_STATES } from '../../../lib/domain/ticket';
import { findCustomers } from '../../../lib/store/customers/findCustomers';
import { conversation, strangersLines } from '../../../lib/store/replies/inboundMessages';
import { surveyAnswer } from '../../../lib/store/replies/surveys';
import { getTicket, listTickets, type Ticket } from '../../../lib/store/replies/tickets';
import type { Page } from '../../../lib/web/page';
import { WRITTEN } from '../../shared/answerTicket';
import { customerSearch } from '../../shared/customerSearch';
import { problem, type DeskContext, type ShownThing, type ShownView, type StaffSession } from '../context';
import { frameOf } from '../frame';
import { customerNameOf } from '../customerName';

/** What had been typed and could not be sent. */
type Unsent = Required<Pick<TicketPageState, 'answer' | 'fault'>> & Pick<TicketPageState, 'why'>;

/** Lines of the conversation that are shown; older ones are on the customer's page. */
const LINES_SHOWN = 50;

/** The tickets in a state, which the kind of the place names. */
export async function showTickets(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { place } = view;
	const shown = TICKET_STATES.find((state) => state === place.kind) ?? 'open';
	const { tickets, total } = await listTickets(desk.store, shown, { limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE });
	return renderTickets({ ...frameOf(desk, session, view, 'tickets'), place, shown, total, tickets: tickets.map(toDeskTicket) });
}

/** One ticket with its conversation. */
export async function showTicket(desk: DeskContext, session: StaffSession, view: ShownThing, unsent?: Unsent): Promise<Page> {
	const { store } = desk;
	const { place } = view;
	const ticket = await getTicket(store, view.id);
	if (!ticket) return problem(desk, 'notFound');
	const { customerId, channel, sender, messageId, proposedAnswer } = ticket;
	const lines = customerId === undefined ? await strangersLines(store, channel, sender, LINES_SHOWN) : await conversation(store, customerId, channel, LINES_SHOWN);
	const survey = ticket.kind === 'score' && messageId !== undefined ? await surveyAnswer(store, messageId) : undefined;
	const found = customerId === undefined && place.q ? await possibleOwners(desk, place.q) : undefined;
	const page = renderTicket({
		...frameOf(desk, session, view, 'tickets'),
		ticket: { ...toDeskTicket(ticket), ...(customerId !== undefined && { customerId }) },
		lines,
		survey,
		isWritten: WRITTEN.includes(channel),
		answer: proposedAnswer ?? '',
		isProposed: proposedAnswer !== undefined && unsent === undefined,
		place,
		found,
		...unsent,
	});
	return unsent ? { ...page, status: unsent.fault === 'gone' ? 409 : 422 } : page;
}

/** As many as fit on a phone without scrolling for long. */
const FOUND_SHOWN = 8;

async function possibleOwners({ store, now }: DeskContext, text: string): Promise<PossibleOwner[]> {
	const { customers } = await findCustomers(store, customerSearch(text, store.shop, now), { limit: FOUND_SHOWN, offset: 0 });
	return customers.map(({ id, firstName, lastName, birthDate }) => ({ id, name: customerNameOf({ firstName, lastName }), ...(birthDate && { birthDate }) }));
}

function toDeskTicket(ticket: Ticket): DeskTicket {
	const { id, customerId, firstName = '', lastName = '', sender, channel, kind, urgent, state, openedAt, lastText, closedBy, closedAt, note } = ticket;
	return { id, ...(customerId !== undefined && { customerName: customerNameOf({ firstName, lastName }) || sender }), sender, channel, kind, urgent, state, openedAt, lastText, closedBy, closedAt, note };
}
