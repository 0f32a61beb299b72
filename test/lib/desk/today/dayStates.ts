import type { CallPageState, CallsState } from '../../../../lib/desk/calls/state';
import type { BatchState, DeskLetter, LettersState } from '../../../../lib/desk/letters/state';
import type { DeskTicket, TicketPageState, TicketsState } from '../../../../lib/desk/tickets/state';
import { frame, type Words } from '../states';

const asIs: Words = (plain) => plain;
const AT = '2026-11-22T08:00:00.000Z';

export function calls(words = asIs): CallsState {
	const occasion = { kind: 'recall.vision', dueOn: '2026-11-20' };
	return {
		...frame(words), perDay: 12, madeToday: 2, tomorrow: 3,
		calls: [
			{ id: 1, customerName: words('Ada'), occasion, bestParts: ['evening', 'morning', 'afternoon'], tries: 2, lastTry: { at: AT, outcome: 'notReached' }, promisedAt: AT, isComplaint: true, expiresOn: '2026-11-22' },
			{ id: 2, customerName: words('Bruno'), occasion, bestParts: ['morning', 'evening', 'afternoon'], tries: 0, takenBy: words('Marco'), callableFrom: '2026-11-22T09:30:00.000Z' },
			{ id: 3, customerName: words('Carla'), occasion, bestParts: ['morning', 'evening', 'afternoon'], tries: 0, isMine: true },
		],
		blocked: [{ why: 'RPO_LISTED', count: 2 }, { why: words('X'), count: 1 }],
		refusal: { customerName: words('Dario'), why: words('CALL_HOURS'), retryAt: AT },
	};
}

export function callPage(words = asIs): CallPageState {
	return {
		...frame(words), keptMinutes: 15, earliest: '2026-11-22T09:00', holder: 'me',
		call: {
			id: 1, customerId: 5, state: 'approved', customerName: words('Ada'), occasion: { kind: 'progressive', dueOn: '2026-11-20' }, bestParts: ['evening', 'morning', 'afternoon'],
			phone: words('+39 333 1234567'), tel: 'tel:+393331234567', script: words('Buongiorno'), questions: [{ id: 'near', question: words('Da vicino?'), answers: [words('Sì'), words('No')] }],
			age: 52, since: '2026-11-01', lastVisitOn: '2026-11-01', expiresOn: '2026-11-30', promisedAt: AT, isComplaint: true,
		},
		tries: [{ at: AT, who: words('Chiara'), outcome: 'again', againAt: AT, note: words('in riunione'), answers: { near: words('Sì') } }],
		agreed: { kind: 'again', at: AT },
		typed: { button: 'callBooked', bookedAt: words('2026-11-01T10:00'), againAt: '', ticked: {}, note: words('nota') },
		fault: 'bookedPast',
	};
}

function letter(id: number, words = asIs): DeskLetter {
	return { id, customerId: id + 100, customerName: words('Ada'), occasion: { kind: 'birthday', dueOn: '2026-11-22' }, address: words('Via Roma 1'), state: 'approved', expiresOn: '2026-11-22', position: id, pages: 1 };
}

export function letters(words = asIs): LettersState {
	const batch = { id: 1, madeAt: AT, madeBy: words('Chiara'), letters: 2, pages: 3 };
	return {
		...frame(words), place: { page: 2 }, total: 45, most: 200,
		letters: [{ ...letter(1, words), doubt: 'NO_CAP' }, { ...letter(2, words), doubt: words('NEW') }, { ...letter(3, words), doubt: 'CHARACTERS' }],
		batches: [batch, { ...batch, id: 2, printedAt: AT, printedBy: 'x' }, { ...batch, id: 3, printedAt: AT, postedAt: AT }, { ...batch, id: 4, letters: 0 }],
	};
}

export function batch(words = asIs): BatchState {
	return {
		...frame(words),
		batch: { id: 3, day: '2026-11-22', madeAt: AT, madeBy: words('Chiara'), letters: 2, pages: 3, printedAt: AT, printedBy: words('Marco') },
		letters: [letter(1, words), { ...letter(2, words), state: 'blocked' }],
	};
}

function ticket(id: number, words = asIs): DeskTicket {
	return { id, customerName: words('Ada'), sender: words('+393331234567'), channel: 'sms', kind: 'question', urgent: true, state: 'open', openedAt: AT, lastText: words('A che ora aprite?') };
}

export function tickets(words = asIs): TicketsState {
	return { ...frame(words), place: { page: 1, kind: 'closed' }, shown: 'closed', total: 45, tickets: [ticket(1, words), { ...ticket(2, words), customerName: undefined, state: 'closed', closedBy: words('Chiara'), closedAt: AT, note: words('fatto') }] };
}

export function ticketPage(words = asIs): TicketPageState {
	return {
		...frame(words), ticket: { ...ticket(1, words), customerId: 4 }, isWritten: true, isProposed: true, answer: words('Alle nove.'), place: { page: 1 },
		lines: [{ from: 'customer', at: AT, text: words('A che ora?') }, { from: 'shop', at: AT, text: words('Alle nove.'), state: 'sent' }],
		survey: { score: 3, comment: words('lento') }, fault: 'rules', why: words('OBJECTED'),
	};
}

export function strangerPage(words = asIs): TicketPageState {
	const state = ticketPage(words);
	return { ...state, ticket: ticket(1, words), fault: undefined, place: { page: 1, q: words('rossi') || 'x' }, found: [{ id: 7, name: words('Rossi'), birthDate: '1970-01-01' }] };
}
