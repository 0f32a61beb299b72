import { DateTime } from 'luxon';
import { bestParts } from '../../../lib/calls/bestHour';
import { calendarEntry, telLink } from '../../../lib/calls/calendarEntry';
import { promiseOf } from '../../../lib/calls/order';
import type { CallFault, TypedCall } from '../../../lib/desk/calls/action';
import { renderCall } from '../../../lib/desk/calls/callPage';
import type { CallPageState } from '../../../lib/desk/calls/state';
import { callTexts } from '../../../lib/desk/calls/words';
import { occasionInWords } from '../../../lib/desk/words';
import { shopToday } from '../../../lib/domain/shop';
import { ageOn } from '../../../lib/domain/time';
import { contactOf, phoneInWords } from '../../../lib/messages/contact';
import { callTries, waitingCalls, type StoredCall } from '../../../lib/store/calls';
import { appointmentAfter } from '../../../lib/store/records/appointments';
import { messageDetail, type ReviewMessageDetail } from '../../../lib/store/review';
import { fileAnswer } from '../../../lib/web/file';
import type { Answer, Page } from '../../../lib/web/page';
import { fill } from '../../../lib/web/texts';
import { CALL_MINUTES } from '../../shared/calls';
import { problem, type DeskContext, type ShownThing, type StaffSession } from '../context';
import { frameOf } from '../frame';
import { occasionOf } from '../occasion';
import { customerNameOf } from '../customerName';

/** What had been typed and could not be recorded. */
interface Unrecorded {
	typed: TypedCall;
	fault: CallFault;
}

/** Reminds so long before. Minutes. */
const ALARM_MINUTES = 15;
/** How long a call that was promised stands in the calendar. Minutes. */
const CALL_ENTRY_MINUTES = 15;

/** One call, also after it was made. */
export async function showCall(desk: DeskContext, session: StaffSession, view: ShownThing, unrecorded?: Unrecorded): Promise<Page> {
	const { store, now } = desk;
	const known = await callMessage(desk, view.id);
	if (!known) return problem(desk, 'notFound');
	const { message, tries, agreed } = known;
	const today = shopToday(store.shop, now);
	const [waiting] = message.state === 'approved' ? await waitingCalls(store, { today, until: '9999', now, ids: [view.id] }) : [];
	const page = renderCall({
		...frameOf(desk, session, view, 'calls'),
		call: { ...callOf(message, desk), ...(waiting ? waitingPart(waiting, store.shop.timeZone) : { bestParts: bestParts(tries, store.shop.timeZone) }) },
		...(waiting?.takenBy !== undefined && { holder: waiting.takenBy === session.staff ? ('me' as const) : { who: waiting.takenBy } }),
		keptMinutes: CALL_MINUTES,
		tries,
		agreed,
		earliest: DateTime.fromISO(now, { zone: store.shop.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm"),
		...unrecorded,
	});
	return unrecorded ? { ...page, status: unrecorded.fault === 'gone' ? 409 : 422 } : page;
}

/** What was agreed on the telephone, as a file for a calendar. */
export async function showCallEntry(desk: DeskContext, _session: StaffSession, view: ShownThing): Promise<Answer> {
	const { store: { shop }, now, settings } = desk;
	const known = await callMessage(desk, view.id);
	if (!known?.agreed) return problem(desk, 'notFound');
	const { message, agreed } = known;
	const { customerName, occasion, phone } = callOf(message, desk);
	const texts = callTexts(shop.language).page;
	const contact = contactOf(shop);
	const isBooked = agreed.kind === 'booked';
	const entry = await calendarEntry({
		id: `call-${view.id}-${agreed.kind}`, startsAt: agreed.at, minutes: isBooked ? settings.appointmentMinutes : CALL_ENTRY_MINUTES, timeZone: shop.timeZone, now, alarmMinutes: ALARM_MINUTES,
		summary: fill(isBooked ? texts.entryBooked : texts.entryAgain, { name: customerName }),
		description: fill(texts.entryDescription, { occasion: occasionInWords(occasion, shopToday(shop, now), shop.language), phone }),
		...(isBooked && { location: [contact.name, contact.address].filter(Boolean).join(', ') }),
	});
	return fileAnswer(`${agreed.kind}-${view.id}.ics`, 'text/calendar; charset=utf-8', Buffer.from(entry));
}

async function callMessage({ store, now }: DeskContext, id: number) {
	const message = await messageDetail(store, id);
	if (message?.channel !== 'call') return undefined;
	const tries = await callTries(store, [id]);
	const [last] = tries;
	const bookedAt = last?.outcome === 'booked' ? await appointmentAfter(store, message.customerId, now) : undefined;
	const againAt = last?.outcome === 'again' ? last.againAt : undefined;
	const agreed: CallPageState['agreed'] = bookedAt ? { kind: 'booked', at: bookedAt } : againAt && againAt > now ? { kind: 'again', at: againAt } : undefined;
	return { message, tries, agreed };
}

function callOf(message: ReviewMessageDetail, { store: { shop }, now }: DeskContext): Omit<CallPageState['call'], 'bestParts'> {
	const { id, customerId, firstName, lastName, state, recipient, text, extra, birthDate, expiresOn } = message;
	return {
		id, customerId, state,
		customerName: customerNameOf({ firstName, lastName }),
		occasion: occasionOf(message),
		phone: phoneInWords(recipient), tel: telLink(recipient),
		script: text, questions: extra?.call?.questions ?? [],
		...(birthDate && { age: ageOn(birthDate, shopToday(shop, now)) }),
		...(expiresOn && { expiresOn }),
	};
}

/** What only a call that waits knows. */
function waitingPart({ since, lastVisitOn, cause, tries, history }: StoredCall, zone: string) {
	const promisedAt = promiseOf(tries);
	return {
		bestParts: bestParts([...history, ...tries], zone),
		...(since && { since }),
		...(lastVisitOn && { lastVisitOn }),
		...(promisedAt && { promisedAt }),
		...(cause === 'answered-wrong' && { isComplaint: true }),
	};
}
