import { replyMeaning } from '../../lib/consent/replyWords';
import type { NewConsent } from '../../lib/domain/consent';
import type { ComplaintEvent, DeliveryEvent, InboundEvent, PreferenceEvent, ReplyEvent } from '../../lib/domain/inbound';
import { PURPOSE_OF_CLASS, type Channel, type Purpose } from '../../lib/domain/glossary';
import { shopToday } from '../../lib/domain/shop';
import type { TicketKind } from '../../lib/domain/ticket';
import { localDate, type Instant } from '../../lib/domain/time';
import { readReply, type Meaning } from '../../lib/replies/meaning';
import { proposedAnswer, questionsOf } from '../../lib/replies/questions';
import { recordAnswers, type Answer } from '../../lib/store/answers';
import { inTransaction, type Store } from '../../lib/store/open';
import { recordConsents } from '../../lib/store/recordConsents';
import { applyDeliveries } from '../../lib/store/replies/deliveries';
import { orderStates, ownQuestions } from '../../lib/store/replies/frequentQuestions';
import { saveInbound } from '../../lib/store/replies/inboundMessages';
import { freshEvents } from '../../lib/store/replies/providerEvents';
import { possibleSenders, recipientsOf, senderKey, type PossibleSender } from '../../lib/store/replies/senders';
import { LOW_SCORE, recordSurveyAnswers } from '../../lib/store/replies/surveys';
import { noteSigns } from '../../lib/store/signsOfLife';
import { openTickets, type NewTicket } from '../../lib/store/replies/tickets';
import { takeInWhatsAppEvents } from './whatsAppEvents';

/** What a workflow hears of an event: ids and codes; the words themselves stay in the store. */
export interface HeardEvent {
	customer?: { id: number };
	message?: { id: number; state?: string };
	reply: { kind: 'delivery' | 'reply' | 'refusal' | 'complaint' | 'alert'; channel: Channel; at: Instant; meaning?: Meaning; score?: number; ticketId?: number; code?: string; [detail: string]: unknown };
}

/** Meanings that need a person, with the kind of their ticket. */
const TICKET_OF: Partial<Record<Meaning, TicketKind>> = {
	unclearRefusal: 'refusal', problem: 'problem', callback: 'callback', booking: 'booking', question: 'question', other: 'other',
};

/** What a reply means for the course of contacts that it answers. */
const ANSWER_OF: Partial<Record<Meaning, Answer>> = { problem: 'wrong', fine: 'fine' };

/**
 * Takes in what providers tell, in one transaction: each event once, whatever its order. Deliveries move messages on; a refusal withdraws consent for
 * everybody who has that number or address, because nobody can tell them apart; every other reply ends the stages of what it answers,
 * is kept, and becomes a ticket where a person is needed.
 */
export async function receiveEvents(given: Store, events: readonly InboundEvent[], now: Instant): Promise<HeardEvent[]> {
	if (events.length === 0) return [];
	return await inTransaction(given.db, async (db) => {
		const store = { ...given, db };
		const fresh = await freshEvents(store, events, now);
		await noteSigns(store, fresh.map(({ channel, kind }) => ({ what: 'heard', name: `${channel} ${kind}` })), now);
		const ofKind = <Event extends InboundEvent>(kind: Event['kind']) => fresh.filter((event): event is Event => event.kind === kind);
		const alerts = await takeInWhatsAppEvents(store, fresh, now);
		const delivered = await applyDeliveries(store, ofKind<DeliveryEvent>('delivery'), now);
		return [
			...delivered.map(({ id, customerId, state, code }): HeardEvent => ({ customer: { id: customerId }, message: { id, state }, reply: { kind: 'delivery', channel: channelOf(fresh), at: now, ...(code && { code }) } })),
			...(await replies(store, ofKind<ReplyEvent>('reply'), now)),
			...(await objections(store, [...ofKind<PreferenceEvent>('preference'), ...ofKind<ComplaintEvent>('complaint')], now)),
			...alerts.map((alert): HeardEvent => ({ reply: { kind: 'alert', channel: 'whatsapp', at: now, ...alert } })),
		];
	});
}

/** Events of one call are of one channel. */
function channelOf(events: readonly InboundEvent[]): Channel {
	return events[0].channel;
}

interface Read {
	event: ReplyEvent;
	sharers: PossibleSender[];
	sender?: PossibleSender;
	meaning: Meaning;
	score?: number;
}

async function replies(store: Store, events: readonly ReplyEvent[], now: Instant): Promise<HeardEvent[]> {
	if (events.length === 0) return [];
	const senders = await possibleSenders(store, events);
	const recipients = await recipientsOf(store, events.flatMap(({ inReplyTo }) => inReplyTo ?? []));
	const read = events.map((event): Read => {
		const sharers = senders.get(senderKey(event.channel, event.from)) ?? [];
		const sender = (event.inReplyTo === undefined ? undefined : recipients.get(event.inReplyTo)) ?? sharers[0];
		return { event, sharers, sender, ...readReply(event.text, { kind: sender?.message?.kind, refusal: replyMeaning(event.text) }) };
	});
	await recordConsents(store, read.filter(({ meaning }) => meaning === 'refusal').flatMap(withdrawals), now);
	await recordAnswers(store, read.flatMap((entry) => answersOf(entry, store)), now);
	await recordSurveyAnswers(store, read.flatMap(({ event, sender, score }) => (score === undefined || !sender ? [] : [{ customerId: sender.customerId, messageId: sender.message?.id, score, at: event.at }])));
	const tickets = await openTickets(store, await ticketsFor(store, read, now), now);
	const ticketOf = ({ event, ...entry }: Read) => (ticketKindOf(entry) ? tickets.get(senderKey(event.channel, event.from)) : undefined);
	await saveInbound(store, read.map((entry) => ({ ...lineOf(entry), ticketId: ticketOf(entry) })), now);
	return read.map((entry): HeardEvent => {
		const { event, sender, meaning, score } = entry;
		const ticketId = ticketOf(entry);
		return {
			...(sender && { customer: { id: sender.customerId } }),
			...(sender?.message && { message: { id: sender.message.id } }),
			reply: { kind: meaning === 'refusal' ? 'refusal' : 'reply', channel: event.channel, at: event.at, meaning, ...(score !== undefined && { score }), ...(ticketId !== undefined && { ticketId }) },
		};
	});
}

function lineOf({ event: { channel, from, text, at }, sender, meaning }: Read) {
	return { customerId: sender?.customerId, channel, sender: from, text, meaning, at, messageId: sender?.message?.id };
}

/** Marketing on this channel, and what the answered message was for (RULES 41). */
function withdrawals({ event: { channel, at }, sharers, sender }: Read): NewConsent[] {
	const people = new Map([...sharers, ...(sender ? [sender] : [])].map((person) => [person.customerId, person]));
	return [...people.values()].flatMap(({ customerId, message }) => {
		const purposes = new Set<Purpose>(['marketing', ...(message && message.class !== 'service' ? [PURPOSE_OF_CLASS[message.class]] : []), ...(message?.kind === 'survey' ? (['survey'] as const) : [])]);
		return [...purposes].map((purpose): NewConsent => ({ customerId, channel, purpose, status: 'withdrawn', legalBasis: 'consent', capturedAt: at, source: 'reply', method: channel, withdrawnAt: at, withdrawnHow: 'reply' }));
	});
}

function answersOf({ event, sender, meaning, score }: Read, { shop }: Store) {
	if (!sender?.message || meaning === 'refusal') return [];
	const answer: Answer = score === undefined ? (ANSWER_OF[meaning] ?? 'other') : score <= LOW_SCORE ? 'wrong' : 'fine';
	const [on, today] = [localDate(event.at, shop.timeZone), shopToday(shop, event.at)];
	// In a rehearsal the shop lives on another day.
	return [{ customerId: sender.customerId, kind: sender.message.kind, answer, answeredOn: shop.rehearsalDate ? today : on }];
}

function ticketKindOf({ meaning, score }: Pick<Read, 'meaning' | 'score'>): TicketKind | undefined {
	return score !== undefined && score <= LOW_SCORE ? 'score' : TICKET_OF[meaning];
}

async function ticketsFor(store: Store, read: readonly Read[], now: Instant): Promise<NewTicket[]> {
	const waiting = read.filter((entry) => ticketKindOf(entry) !== undefined);
	if (waiting.length === 0) return [];
	const own = await ownQuestions(store);
	const orders = await orderStates(store, waiting.flatMap(({ sender }) => sender?.customerId ?? []), shopToday(store.shop, now));
	return waiting.map((entry): NewTicket => {
		const { event: { channel, from, text, at }, sender, meaning } = entry;
		const language = sender?.language ?? store.shop.language;
		const order = (sender && orders.get(sender.customerId)) ?? 'none';
		const proposal = meaning === 'question' || meaning === 'other' ? proposedAnswer(text, questionsOf(language, own), store.shop, order) : undefined;
		return { customerId: sender?.customerId, channel, sender: from, kind: ticketKindOf(entry) as TicketKind, messageId: sender?.message?.id, proposedAnswer: proposal?.answer, at };
	});
}

/** What somebody set in the provider's own app, and complaints: an objection to marketing on this channel (RULES 28 and 34). A "resume" is no consent. */
async function objections(store: Store, events: ReadonlyArray<PreferenceEvent | ComplaintEvent>, now: Instant): Promise<HeardEvent[]> {
	const stops = events.filter((event) => event.kind === 'complaint' || event.marketing === 'stop');
	if (stops.length === 0) return [];
	const senders = await possibleSenders(store, stops);
	const said = stops.flatMap((event) => (senders.get(senderKey(event.channel, event.from)) ?? []).map(({ customerId }) => ({ event, customerId })));
	const consents = said.map(({ event: { kind, channel, at }, customerId }): NewConsent => ({
		customerId, channel, purpose: 'marketing', status: kind === 'complaint' ? 'objected' : 'withdrawn', legalBasis: 'consent', capturedAt: at, source: 'provider', method: kind, withdrawnAt: at, withdrawnHow: kind,
	}));
	await recordConsents(store, consents, now);
	return said.map(({ event: { kind, channel, at }, customerId }): HeardEvent => ({ customer: { id: customerId }, reply: { kind: kind === 'complaint' ? 'complaint' : 'refusal', channel, at } }));
}
