import { bestParts, nextTry, type DayPart } from '../../lib/calls/bestHour';
import { consequenceOf, type SaidOutcome } from '../../lib/calls/consequence';
import { telLink } from '../../lib/calls/calendarEntry';
import { orderCalls } from '../../lib/calls/order';
import { callSpanFrom } from '../../lib/consent/time/clocks';
import type { NewConsent } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import { PURPOSE_OF_CLASS, type MessageClass } from '../../lib/domain/glossary';
import { shopToday } from '../../lib/domain/shop';
import { localDate, startOfLocalDay, localDayBounds, type Instant, type LocalDate } from '../../lib/domain/time';
import { recordAnswers, type Answer } from '../../lib/store/answers';
import { callsSince, leaseCall, releaseCall, waitingCalls, type StoredCall } from '../../lib/store/calls';
import type { Store } from '../../lib/store/open';
import { recordConsents } from '../../lib/store/recordConsents';
import { saveAppointments } from '../../lib/store/records/appointments';
import { recordTries, type CallRecord, type RecordedCall } from '../../lib/store/recordTries';
import { senderTurn } from '../../lib/store/senders';
import { outgoingMessages, recordTaken, takeApproved } from '../../lib/store/sending';
import { decideFreshly } from './freshDecision';

/** How a shop telephones. */
export interface CallSettings {
	/** Calls that a day has room for; what was tried today counts. */
	perDay: number;
	/** Tries in vain, after which a call is given up. */
	mostTries: number;
}

export const USUAL_CALLS: CallSettings = { perDay: 12, mostTries: 3 };

/** A call of today's list. */
export interface ListedCall extends StoredCall {
	tel: string;
	/** Nobody may ring before; absent: now. */
	callableFrom?: Instant;
	/** When this person is likeliest to answer, best first. */
	bestParts: DayPart[];
}

export interface CallsToday {
	calls: ListedCall[];
	/** How many calls were tried today already. */
	madeToday: number;
	/** Calls for which today has no room, or the law no hour: they come again tomorrow, by their importance. */
	tomorrow: number;
	/** What the rules do not let be called: never shown to whoever telephones. */
	blocked: Array<{ messageId: number; customerId: number; why: string }>;
}

/** Messages that are decided about at once, until the day is full. */
const CHUNK = 50;
/** For so long a call belongs to whoever took it. Minutes. */
export const CALL_MINUTES = 15;
/** What a call takes of the staff's time, where nobody says so. */
const USUAL_SECONDS = { spoken: 180, inVain: 60 };

/**
 * The calls of today in the order in which to make them, each after a fresh look at the rules (19 and 20 too). Only a look: nothing is changed.
 */
export async function callsToday(store: Store, { perDay }: CallSettings, now: Instant): Promise<CallsToday> {
	const { shop } = store;
	const today = shopToday(shop, now);
	const { to: until } = localDayBounds(localDate(now, shop.timeZone), shop.timeZone);
	const waiting = orderCalls(await waitingCalls(store, { today, until, now }), until);
	const madeToday = await callsSince(store, startOfLocalDay(now, shop.timeZone));
	const room = Math.max(0, perDay - madeToday);
	const listed: CallsToday = { calls: [], madeToday, tomorrow: 0, blocked: [] };
	for (let from = 0; from < waiting.length && listed.calls.length < room; from += CHUNK) {
		const chunk = waiting.slice(from, from + CHUNK);
		const decisions = await decideFreshly(store, await outgoingMessages(store, chunk.map(({ messageId }) => messageId)), today, now, false);
		const byId = new Map(decisions.map(({ message, result }) => [message.id, result]));
		for (const call of chunk) {
			const result = byId.get(call.messageId);
			if (!result) continue;
			const later = laterOf(call.notBefore, result.notBefore);
			if (result.to === 'blocked' || result.to === 'pending') listed.blocked.push({ messageId: call.messageId, customerId: call.customerId, why: result.why ?? '' });
			else if (later !== undefined && later >= until) continue;
			else if (listed.calls.length < room) listed.calls.push({ ...call, tel: telLink(call.phone), ...(later !== undefined && later > now && { callableFrom: later }), bestParts: bestParts([...call.history, ...call.tries], shop.timeZone) });
		}
	}
	listed.tomorrow = waiting.length - listed.calls.length - listed.blocked.length;
	return listed;
}

function laterOf(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
	return one === undefined ? other : other === undefined || one > other ? one : other;
}

/** What became of taking a call. */
export type TakenCall =
	| { taken: true; call: ListedCall }
	/** `who`: somebody else is on it. `why`: what the rules say, and from when on it may be tried again. */
	| { taken: false; who?: string; why?: string; retryAt?: Instant };

/** Takes a call for one member of staff, after a fresh decision that is recorded: from now on nobody else gets it, for some minutes. */
export async function takeCall(store: Store, messageId: number, who: string, now: Instant): Promise<TakenCall> {
	const today = shopToday(store.shop, now);
	return await store.db.transaction().execute(async (transaction) => {
		const scope = { ...store, db: transaction };
		await senderTurn(transaction, store);
		const holder = await leaseCall(scope, messageId, who, CALL_MINUTES, now);
		if (holder === undefined) return { taken: false };
		if (holder !== who) return { taken: false, who: holder };
		const [call] = await waitingCalls(scope, { today, until: '9999', now, ids: [messageId] });
		const taken = await takeApproved(transaction, store, { channels: ['call'], ids: [messageId], limit: 1, today }, now);
		const [decided] = await decideFreshly(scope, taken, today, now);
		const allowed = decided?.result.to === 'sending';
		if (decided) await recordTaken(transaction, [allowed ? { id: messageId, to: 'approved', why: 'CALL_TAKEN' } : decided.result], now);
		if (!allowed || !call) {
			await releaseCall(scope, messageId, who);
			const retryAt = decided?.result.notBefore ?? call?.notBefore;
			return { taken: false, ...(decided?.result.why && { why: decided.result.why }), ...(retryAt && { retryAt }) };
		}
		return { taken: true, call: { ...call, tel: telLink(call.phone), bestParts: bestParts([...call.history, ...call.tries], store.shop.timeZone) } };
	});
}

/** What somebody says of a call that was made. */
export interface MadeCall extends SaidOutcome {
	messageId: number;
	/** What the customer said about what was asked; `other` where it is not said. */
	answer?: Answer;
	/** The answers that were ticked, by the ids of the questions. */
	ticked?: Record<string, string>;
	note?: string;
	/** What the appointment is for. */
	appointmentKind?: string;
	/** With `refuses`: no calls of this kind, or nothing of this kind on any channel. */
	refuses?: 'calls' | 'everything';
	seconds?: number;
}

/** What was recorded of a call; undefined where somebody else has ended it, or is on it. */
export type RecordedOutcome = RecordedCall & { to: CallRecord['to']; notBefore?: Instant; appointmentId?: number };

/**
 * Records what became of calls, in one transaction and a number of statements that does not grow with theirs: the try, the message, the answer to
 * the occasion, an appointment, a wrong number, and what the customer does not want any more.
 * @returns for each call, in the order given, what was recorded; an error where its outcome lacks its time, or a ticked answer is none of the question's
 */
export async function recordCalls(store: Store, calls: readonly MadeCall[], who: string, { mostTries }: Pick<CallSettings, 'mostTries'>, now: Instant): Promise<Array<RecordedOutcome | CrmError | undefined>> {
	const { shop } = store;
	const today = shopToday(shop, now);
	return await store.db.transaction().execute(async (transaction) => {
		const scope = { ...store, db: transaction };
		const known = new Map((await waitingCalls(scope, { today, until: '9999', now, ids: calls.map(({ messageId }) => messageId) })).map((call) => [call.messageId, call]));
		const errors = new Map<number, CrmError>();
		// Of two things said of one call in one go, the first counts.
		const records = [...new Map(calls.toReversed().map((made) => [made.messageId, made])).values()].flatMap((made): CallRecord[] => {
			const call = known.get(made.messageId);
			const record = call && toRecord(made, call, shop, mostTries, now);
			if (record instanceof CrmError) errors.set(made.messageId, record);
			return record && !(record instanceof CrmError) ? [record] : [];
		});
		const recorded = new Map((await recordTries(scope, records, who, today, now)).map((one) => [one.messageId, one]));
		const done = calls.flatMap((made, position) => {
			const call = calls.findIndex(({ messageId }) => messageId === made.messageId) === position ? recorded.get(made.messageId) : undefined;
			return call ? [{ made, call, record: records.find(({ messageId }) => messageId === made.messageId) as CallRecord }] : [];
		});
		const answers = done.filter(({ record }) => record.to === 'read');
		await recordAnswers(scope, answers.map(({ made, call }) => ({ customerId: call.customerId, kind: call.kind, answer: made.answer ?? 'other', answeredOn: today })), now);
		const booked = done.filter(({ made }) => made.appointmentAt !== undefined);
		const appointments = await saveAppointments(scope, booked.map(({ made, call }) => ({ customerId: call.customerId, kind: made.appointmentKind ?? '', startsAt: made.appointmentAt, status: 'booked' as const })), now);
		const refusals = done.filter(({ made }) => made.outcome === 'refuses');
		if (refusals.length > 0) await recordConsents(scope, refusals.map(({ made, call }) => refusalOf(made, call, who, now)), now);
		const appointmentOf = new Map(booked.map(({ call }, index) => [call.messageId, appointments[index]]));
		return calls.map((made) => {
			const { messageId } = made;
			const found = done.find((one) => one.made === made);
			const appointment = appointmentOf.get(messageId);
			if (!found) return errors.get(messageId);
			return {
				...found.call, to: found.record.to,
				...(found.record.notBefore && { notBefore: found.record.notBefore }),
				...(appointment && 'id' in appointment && { appointmentId: appointment.id }),
			};
		});
	});
}

function toRecord(made: MadeCall, call: StoredCall, shop: Store['shop'], mostTries: number, now: Instant): CallRecord | CrmError {
	const { outcome, againAt, note, ticked } = made;
	const all = [...call.history, ...call.tries, { at: now, outcome }];
	const next = outcome === 'notReached' ? nextTry(now, all, shop.timeZone, (from) => callSpanFrom(from, shop, {})) : now;
	const meant = wrongTick(ticked ?? {}, call) ?? consequenceOf(made, call.tries, { most: mostTries, next, now });
	if (meant instanceof CrmError) return meant;
	const { answered, ...consequence } = meant;
	return {
		messageId: made.messageId, outcome, ...consequence,
		...(consequence.notBefore && { notBeforeDay: localDate(consequence.notBefore, shop.timeZone) as LocalDate }),
		...(againAt && { againAt }),
		...(ticked && Object.keys(ticked).length > 0 && { answers: ticked }),
		...(note && { note }),
		seconds: made.seconds ?? (answered ? USUAL_SECONDS.spoken : USUAL_SECONDS.inVain),
	};
}

function wrongTick(ticked: Record<string, string>, { messageId, questions }: StoredCall): CrmError | undefined {
	const known = Object.entries(ticked).every(([id, answer]) => questions.find((question) => question.id === id)?.answers.includes(answer));
	return known ? undefined : new CrmError(`The call of message ${messageId} has no such question or answer`, 'Tick only the answers that its questions offer.');
}

function refusalOf({ refuses }: MadeCall, { customerId, class: messageClass }: RecordedCall, who: string, now: Instant): NewConsent {
	return {
		customerId, channel: refuses === 'everything' ? 'any' : 'call', purpose: PURPOSE_OF_CLASS[messageClass as MessageClass], status: 'withdrawn',
		legalBasis: 'consent', capturedAt: now, source: 'desk', method: 'call', operator: who, withdrawnAt: now, withdrawnHow: 'call',
	};
}
