import { verifyOptIn } from '../../lib/consent/optInLink';
import type { Instant } from '../../lib/domain/time';
import { renderOptIn, renderOptInDone, renderOptInExpired, renderOptInInvalid } from '../../lib/replies/optIn';
import { readToken } from '../../lib/replies/refusalPost';
import { getCustomers } from '../../lib/store/customers/customers';
import type { Store } from '../../lib/store/open';
import { confirmOptIn, findOptInRequest } from '../../lib/store/optIns';
import { findWording } from '../../lib/store/wordings';
import { only, readForm } from '../../lib/web/form';
import type { Page } from '../../lib/web/page';
import type { WebRequest } from '../shared/web';

/** What a customer said, as the workflow hears it. */
export interface OptInReply {
	customer: { id: number };
	reply: { kind: 'opt-in'; channel: string; purpose: string; at: Instant };
}

/** Whether a request is about the link of a double opt-in and not about a refusal. */
export function isOptIn({ method, query, body }: WebRequest): boolean {
	return method === 'POST' ? readForm(body)?.has('optIn') === true : (query as { o?: unknown }).o !== undefined;
}

/** The page that answers a request to the link, and what was granted with it. Only a POST grants: scanners open links. */
export async function answerOptIn(store: Store, { method, query, body }: WebRequest, now: Instant): Promise<{ page: Page; reply?: OptInReply }> {
	const form = method === 'POST' ? readForm(body) : undefined;
	const isYes = form !== undefined && only(form, 'optIn') === 'yes';
	const token = readToken(method === 'POST' ? isYes && form && only(form, 'token') : (query as { o?: unknown }).o);
	const claim = token && verifyOptIn(token, store.secret);
	const request = claim && claim.shopCode === store.shop.code ? await findOptInRequest(store, token) : undefined;
	const [customer] = claim && request ? await getCustomers(store, [{ id: claim.customerId }]) : [];
	const state = { language: customer?.language ?? store.shop.language, shop: store.shop };
	if (!token || !claim || !request || !customer) return { page: renderOptInInvalid(state) };
	if (request.confirmed_at !== null) return { page: renderOptInDone(state) };
	if (claim.expiresAt <= now) return { page: renderOptInExpired(state) };
	const { channel, purpose } = claim;
	if (!isYes) {
		const wording = (await findWording(store, request.wording_version ?? ''))?.text ?? '';
		return { page: renderOptIn({ ...state, channel, purpose, wording, noticeVersion: request.notice_version ?? '', token }) };
	}
	const isNew = await confirmOptIn(store, token, state.language, now);
	return { page: renderOptInDone(state), reply: isNew ? { customer: { id: customer.id }, reply: { kind: 'opt-in', channel, purpose, at: now } } : undefined };
}
