import { renderMessage } from '../../lib/desk/messagePage';
import { previewDocument } from '../../lib/desk/preview';
import { csrfToken } from '../../lib/desk/session';
import { PAGE_SIZE, type DeskFrame, type DeskMessage, type MessagePageState } from '../../lib/desk/state';
import { renderToday } from '../../lib/desk/todayPage';
import type { DeskView, Flash, TodayPlace } from '../../lib/desk/view';
import { CHANNELS, type Channel, type Language } from '../../lib/domain/glossary';
import { rehearsalAddress, shopToday } from '../../lib/domain/shop';
import { startOfLocalDay } from '../../lib/domain/time';
import { smsLength } from '../../lib/messages/sms';
import type { Page } from '../../lib/web/page';
import { messageHistory } from '../../lib/store/messageHistory';
import { messageCounts, messageDetail, messagesInState, pendingKinds, type ReviewMessage } from '../../lib/store/review';
import { reviewCases } from '../../lib/store/reviewCases';
import { problem, type DeskContext, type StaffSession } from './context';
import { toDeskCase } from './reviewed';

/** Uncertain messages that are shown; the rest is only counted. */
const UNCERTAIN_SHOWN = 10;
/** The same for cases that a person must judge. */
const CASES_SHOWN = 10;

/** What had been typed on the message page and could not be saved. */
type Unsaved = Pick<MessagePageState, 'draft' | 'fault'>;

/** The page of a view, for a member of staff who is logged in. Changes nothing. */
export async function showView(desk: DeskContext, session: StaffSession, view: DeskView, unsaved?: Unsaved): Promise<Page> {
	switch (view.view) {
		case 'today':
			return await showToday(desk, session, view.place, view.flash);
		case 'message':
			return await showMessage(desk, session, view.id, view.place, view.flash, unsaved);
		case 'preview': {
			const message = await messageDetail(desk.store, view.id);
			return message?.html ? previewDocument(message.html, desk.store.shop.logo) : problem(desk, 'notFound');
		}
		case 'unknown':
			return problem(desk, 'notFound');
	}
}

async function showToday(desk: DeskContext, session: StaffSession, place: TodayPlace, flash: Flash | undefined): Promise<Page> {
	const { store, now } = desk;
	const frame = frameOf(desk, session, flash);
	const page = { today: frame.today, kind: place.kind, limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE };
	const pending = await messagesInState(store, 'pending', page);
	const uncertain = await messagesInState(store, 'uncertain', { today: frame.today, limit: UNCERTAIN_SHOWN, offset: 0 });
	const review = await reviewCases(store, CASES_SHOWN);
	const kinds = await pendingKinds(store, frame.today);
	const { states, sentSince } = await messageCounts(store, startOfLocalDay(now, store.shop.timeZone));
	return renderToday({
		...frame,
		place,
		total: pending.total,
		messages: pending.messages.map(toDeskMessage),
		kinds,
		uncertain: uncertain.messages.map((message) => ({ ...toDeskMessage(message), since: message.updatedAt })),
		review: review.cases.map((one) => toDeskCase(one, store.shop)),
		counts: {
			pending: kinds.reduce((sum, kind) => sum + kind.pending, 0),
			approved: states.approved ?? 0,
			sentToday: sentSince,
			failed: states.failed ?? 0,
			uncertain: states.uncertain ?? 0,
			review: review.total,
		},
	});
}

async function showMessage(desk: DeskContext, session: StaffSession, id: number, place: TodayPlace, flash: Flash | undefined, unsaved?: Unsaved): Promise<Page> {
	const message = await messageDetail(desk.store, id);
	if (!message) return problem(desk, 'notFound');
	const history = await messageHistory(desk.store.db, desk.store.shop.id, id);
	const { state, recipient, text, html, extra } = message;
	const page = renderMessage({
		...frameOf(desk, session, flash),
		message: {
			...toDeskMessage(message),
			state,
			recipient,
			text,
			hasHtml: html !== undefined,
			isFixed: extra?.whatsApp !== undefined,
			questions: extra?.call?.questions,
			...(message.channel === 'sms' && { smsSegments: smsLength(text).segments }),
		},
		history: history.map(({ at, to, who, why }) => ({ at, state: to, who, why })),
		place,
		...unsaved,
	});
	return unsaved?.fault === 'changed' ? { ...page, status: 409 } : page;
}

function frameOf({ store: { shop }, now }: DeskContext, { token, staff }: StaffSession, flash: Flash | undefined): DeskFrame {
	return {
		language: shop.language,
		shopName: shop.name,
		timeZone: shop.timeZone,
		today: shopToday(shop, now),
		rehearsal: shop.rehearsalDate !== undefined,
		...(shop.rehearsal && { rehearsedSending: { to: CHANNELS.map((channel) => rehearsalAddress(shop, channel)).filter((address, place, all) => typeof address === 'string' && all.indexOf(address) === place) as string[] } }),
		userName: staff,
		csrf: csrfToken(token),
		flash,
	};
}

function toDeskMessage(message: ReviewMessage): DeskMessage {
	const { id, contentHash, firstName, lastName, kind, dueOn, birthDate, channel, language, subject, body, rewording, expiresOn, tried } = message;
	const allowed = tried.find((verdict) => verdict.outcome === 'allow' && verdict.channel === channel);
	const { capturedAt, source, method } = allowed?.facts ?? {};
	return {
		id,
		contentHash,
		customerName: `${firstName} ${lastName}`.trim(),
		occasion: { kind, dueOn, ...(kind === 'birthday' && birthDate && { turns: Number(dueOn.slice(0, 4)) - Number(birthDate.slice(0, 4)) }) },
		channel: channel as Channel,
		textLanguage: language as Language,
		subject,
		body,
		...(rewording && rewording.original !== body && { rewording }),
		expiresOn,
		why: {
			code: allowed?.reason ?? '',
			...(capturedAt && { consent: { capturedAt: String(capturedAt), source: String(source ?? ''), method: method ? String(method) : undefined } }),
		},
	};
}
