import type { Books, HistoryRow, MessageRow } from '../plugs/books/books';
import { BOOK_RULES, checkBooks } from '../plugs/books/check';

const NOW = '2026-11-30T12:00:00.000Z';
const CHANGES: Array<[string | null, string]> = [[null, 'pending'], ['pending', 'approved'], ['approved', 'sending'], ['sending', 'sent']];

/** A birthday greeting that was sent, an offer a week later that was sent too, and one who was not to be written to. */
function goodBooks(): Books {
	const message = (id: number, customer: number, changes: Partial<MessageRow>): MessageRow => ({
		id, customer_id: customer, occasion_id: id, channel: 'sms', class: 'relational', kind: 'birthday', state: 'sent', recipient: '+393331234567', content_hash: `h${id}`, approved_hash: `h${id}`,
		sent_on: '2026-11-20', not_before: null, expires_on: null, ...changes,
	});
	const history = [1, 2].flatMap((id) => CHANGES.map(([from_state, to_state], index): HistoryRow => ({ id: id * 10 + index, message_id: id, at: '2026-11-20T10:00:00.000Z', from_state, to_state, who: 'x', why: null })));
	const occasion = { due_on: '2026-11-20', stage: 1, state: 'settled', outcome: 'message', reason: null, claims: 1, leased_until: null };
	return {
		now: NOW,
		today: '2026-11-30',
		clockMoved: false,
		bookings: [1, 2].map((messageId) => ({ messageId, attempt: 1, recipient: '+393331234567' })),
		acknowledged: [{ done: 'approved', messageId: 1 }, { done: 'consent', customerId: 2, channel: 'sms', purpose: 'marketing', status: 'withdrawn', at: '2026-11-20T11:00:00.000Z' }],
		expected: [{ customerId: 1, kind: 'birthday' }],
		occasions: [
			{ ...occasion, id: 1, customer_id: 1, kind: 'birthday' },
			{ ...occasion, id: 2, customer_id: 1, kind: 'campaign.offer' },
			{ ...occasion, id: 3, customer_id: 2, kind: 'birthday', outcome: 'blocked', reason: 'OBJECTED' },
		],
		messages: [message(1, 1, {}), message(2, 1, { class: 'promotional', kind: 'campaign.offer', sent_on: '2026-11-27' })],
		history,
		decisions: [...[1, 2].map((occasion_id) => ({ customer_id: 1, occasion_id, moment: 'send', outcome: 'allow' })), { customer_id: 2, occasion_id: 3, moment: 'plan', outcome: 'block' }],
		consents: [{ customer_id: 2, sequence: 1, channel: 'sms', purpose: 'marketing', status: 'withdrawn' }],
		brokenChains: [],
	};
}

/** Changes what the first change of a message from or to this state says. */
const change = (books: Books, of: (row: HistoryRow) => boolean, changes: Partial<HistoryRow>) => Object.assign(books.history.find(of) as HistoryRow, changes);
const last = (row: HistoryRow) => row.message_id === 1 && row.to_state === 'sent';

/** How books are spoiled, and the rule that must find it, with the id that it names. */
const SPOILS: Array<[rule: string, what: string, names: RegExp, spoil: (books: Books) => unknown]> = [
	['sent-once', 'taken twice in one attempt', /message 1 /, (books) => (books.bookings = [...books.bookings, books.bookings[0]])],
	['sent-once', 'taken again in a second attempt', /message 1 .*attempts 1, 2/, (books) => (books.bookings = [...books.bookings, { ...books.bookings[0], attempt: 2 }])],
	['sent-is-booked', 'sent, and nobody took it', /message 1 .*nobody/, (books) => (books.bookings = books.bookings.slice(1))],
	['sent-is-booked', 'went to another number', /message 2 .*somebody else/, (books) => (books.messages[1].recipient = '+393339999999')],
	['booked-is-known', 'taken, and called failed', /message 1 .*failed/, (books) => {
		books.messages[0].state = 'failed';
		change(books, last, { to_state: 'failed' });
	}],
	['booked-is-known', 'taken, and unknown', /message 9 .*unknown/, (books) => (books.bookings = [...books.bookings, { messageId: 9, attempt: 1, recipient: '+393331234567' }])],
	['approved-text', 'another text than the approved one', /message 1 /, (books) => (books.messages[0].content_hash = 'other')],
	['approved-text', 'sent without an approval', /message 2 /, (books) => (books.messages[1].approved_hash = null)],
	['acknowledged-decisions', 'a yes that is gone', /message 7 .*approved/, (books) => (books.acknowledged = [{ done: 'approved', messageId: 7 }])],
	['acknowledged-decisions', 'a no that is gone', /message 1 .*rejected/, (books) => (books.acknowledged = [{ done: 'rejected', messageId: 1 }])],
	['whole-history', 'no history', /message 1 has no history/, (books) => (books.history = books.history.filter(({ message_id }) => message_id !== 1))],
	['whole-history', 'a change is missing', /message 1: change 2 comes from approved/, (books) => (books.history = books.history.filter(({ message_id, to_state }) => message_id !== 1 || to_state !== 'approved'))],
	['whole-history', 'ends with another state', /message 1 is sent, .*uncertain/, (books) => change(books, last, { to_state: 'uncertain' })],
	['whole-history', 'begins with nothing before', /message 1: change 1/, (books) => change(books, ({ from_state }) => from_state === null, { from_state: 'expired' })],
	['legal-changes', 'sent without sending', /message 1: pending to sending/, (books) => change(books, ({ from_state }) => from_state === 'approved', { from_state: 'pending' })],
	['legal-changes', 'uncertain and sent again', /uncertain to approved/, (books) => books.history.push({ id: 99, message_id: 1, at: NOW, from_state: 'uncertain', to_state: 'approved', who: 'sender', why: null })],
	['nothing-under-way', 'still on its way', /message 1 is still/, (books) => (books.messages[0].state = 'sending')],
	['nothing-under-way', 'approved and left lying', /message 1 is approved/, (books) => (books.messages[0].state = 'approved')],
	['nothing-under-way', 'its hour is over', /message 1 is approved/, (books) => Object.assign(books.messages[0], { state: 'approved', not_before: '2026-11-30T11:00:00.000Z' })],
	['decision-before-sending', 'left without a fresh decision', /message 1 /, (books) => (books.decisions[0].moment = 'plan')],
	['occasions-accounted', 'handed out and left lying', /occasion 3 .*nobody went on/, (books) => Object.assign(books.occasions[2], { state: 'leased', outcome: null, leased_until: '2026-11-30T11:00:00.000Z' })],
	['occasions-accounted', 'a message that does not exist', /occasion 3 .*does not exist/, (books) => (books.occasions[2].outcome = 'message')],
	['occasions-accounted', 'blocked without a decision', /occasion 3 .*without a decision/, (books) => books.decisions.pop()],
	['occasions-accounted', 'put off without a decision', /occasion 3 .*put off/, (books) => Object.assign(books.occasions[2], { state: 'leased', outcome: 'deferred', leased_until: '2026-12-30T11:00:00.000Z' })],
	['occasions-accounted', 'dropped without a reason', /occasion 3 .*without a reason/, (books) => Object.assign(books.occasions[2], { outcome: 'dropped', reason: null })],
	['occasions-accounted', 'settled otherwise beside its message', /occasion 1 .*beside its message/, (books) => (books.occasions[0].outcome = 'dropped')],
	['occasions-accounted', 'handed out again beside its message', /occasion 1 .*beside its message/, (books) => Object.assign(books.occasions[0], { state: 'leased', outcome: null, leased_until: '2026-12-30T11:00:00.000Z' })],
	['nothing-forgotten', 'not noticed', /customer 2 .*campaign/, (books) => (books.expected = [{ customerId: 2, kind: 'campaign.offer' }])],
	['one-of-each', 'two occasions of one key', /two occasions: 1 birthday/, (books) => books.occasions.push({ ...books.occasions[0], id: 4, outcome: 'dropped', reason: 'WINDOW_CLOSED' })],
	['one-of-each', 'two messages for one occasion', /two messages for occasion 1/, (books) => (books.messages[1].occasion_id = 1)],
	['consent-chains', 'a chain that does not hold', /record 3/, (books) => (books.brokenChains = ['customer 1, record 3: hash'])],
	['acknowledged-consents', 'a refusal that is gone', /customer 2 said withdrawn/, (books) => (books.consents = [])],
	['nothing-after-refusal', 'a marketing message begins after the refusal', /message 2 /, (books) => {
		books.messages[1].customer_id = 2;
		change(books, ({ message_id, to_state }) => message_id === 2 && to_state === 'sending', { at: '2026-11-20T11:00:00.001Z' });
	}],
	['caps-held', 'two in a week', /customer 1 .*1 in 7 days/, (books) => (books.messages[1].sent_on = '2026-11-26')],
	['caps-held', 'three in a month', /customer 1 .*2 in 30 days/, (books) => {
		books.messages.push({ ...books.messages[1], id: 3, occasion_id: 4, sent_on: '2026-12-19' });
	}],
	['caps-held', 'one of them may have left', /customer 1 /, (books) => Object.assign(books.messages[1], { state: 'uncertain', sent_on: '2026-11-21' })],
];

it('books that are in order break no rule', () => expect(checkBooks(goodBooks())).toEqual([]));

it.each(SPOILS)('%s: %s', (rule, _, names, spoil) => {
	const books = goodBooks();
	spoil(books);
	expect(checkBooks(books).find((broken) => broken.rule === rule)?.breaches.join('\n') ?? 'found nothing').toMatch(names);
});

it('every rule was seen to find something', () => expect([...new Set(SPOILS.map(([rule]) => rule))].sort()).toEqual(BOOK_RULES.map(({ name }) => name).sort()));

it.each<[string, (books: Books) => unknown]>([
	['what was refused before it left, where the clock was moved', (books) => {
		books.clockMoved = true;
		books.messages[1].customer_id = 2;
		change(books, ({ message_id, to_state }) => message_id === 2 && to_state === 'sending', { at: '2026-11-20T11:00:00.001Z' });
	}],
	['an approved message that waits for its hour', (books) => {
		Object.assign(books.messages[0], { state: 'approved', not_before: '2026-12-01T09:00:00.000Z' });
		books.history = books.history.filter(({ message_id, to_state }) => message_id !== 1 || !['sending', 'sent'].includes(to_state));
		books.bookings = books.bookings.slice(1);
	}],
	['an uncertain message that was not taken', (books) => {
		books.messages[0].state = 'uncertain';
		change(books, last, { to_state: 'uncertain' });
		books.bookings = books.bookings.slice(1);
	}],
	['two marketing messages, one of which did not leave', (books) => {
		Object.assign(books.messages[1], { state: 'failed', sent_on: '2026-11-21' });
		change(books, (row) => row.message_id === 2 && row.to_state === 'sent', { to_state: 'failed' });
		books.bookings = books.bookings.slice(0, 1);
	}],
	['an occasion that was handed out again after its text had expired, and came to nothing', (books) => {
		Object.assign(books.messages[0], { state: 'expired' });
		Object.assign(books.occasions[0], { outcome: 'dropped', reason: 'WINDOW_CLOSED' });
		books.history = [...books.history.filter(({ message_id }) => message_id !== 1), { id: 1, message_id: 1, at: NOW, from_state: null, to_state: 'pending', who: 'workflow', why: null }, { id: 2, message_id: 1, at: NOW, from_state: 'pending', to_state: 'expired', who: 'clock', why: null }];
		books.bookings = books.bookings.slice(1);
		books.acknowledged = books.acknowledged.slice(1);
	}],
	['a text that expired and was written anew', (books) => {
		books.history.splice(0, 0, { id: 1, message_id: 1, at: NOW, from_state: null, to_state: 'pending', who: 'workflow', why: null }, { id: 2, message_id: 1, at: NOW, from_state: 'pending', to_state: 'expired', who: 'clock', why: null });
	}],
])('is in order: %s', (_, spoil) => {
	const books = goodBooks();
	spoil(books);
	expect(checkBooks(books)).toEqual([]);
});
