import { verifySurvey } from '../../lib/consent/surveyLink';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { parseSurveyPost, renderSurvey, renderSurveyDone, renderSurveyInvalid } from '../../lib/replies/survey';
import { recordAnswers } from '../../lib/store/answers';
import { getCustomers } from '../../lib/store/customers/customers';
import { inTransaction, type Store } from '../../lib/store/open';
import { LOW_SCORE, recordSurveyAnswers, surveyMessage } from '../../lib/store/replies/surveys';
import { openTickets } from '../../lib/store/replies/tickets';
import { readForm } from '../../lib/web/form';
import type { Page } from '../../lib/web/page';
import type { WebRequest } from '../shared/web';

/** What a customer said, as the workflow hears it. The comment stays in the store. */
export interface SurveyReply {
	customer: { id: number };
	reply: { kind: 'survey'; score: number; at: Instant; ticketId?: number };
}

/** Whether a request is about the link of a survey. */
export function isSurvey({ method, query, body }: WebRequest): boolean {
	return method === 'POST' ? readForm(body)?.has('survey') === true : (query as { s?: unknown }).s !== undefined;
}

/** The page that answers a request to the link, and the score that was given with it. Only a POST stores one; a second one takes the place of the first. */
export async function answerSurvey(store: Store, { method, query, body }: WebRequest, now: Instant): Promise<{ page: Page; reply?: SurveyReply }> {
	const post = method === 'POST' ? parseSurveyPost(readForm(body)) : undefined;
	const token = method === 'POST' ? post?.token : (query as { s?: unknown }).s;
	const claim = verifySurvey(token, store.secret);
	const [customer] = claim && claim.shopCode === store.shop.code ? await getCustomers(store, [{ id: claim.customerId }]) : [];
	const state = { language: customer?.language ?? store.shop.language, shop: store.shop };
	if (!claim || !customer) return { page: renderSurveyInvalid(state) };
	if (!post) return { page: renderSurvey(state, token as string) };
	const { score, comment } = post;
	if (score === undefined) return { page: renderSurvey(state, token as string, true) };
	const isLow = score <= LOW_SCORE;
	const ticketId = await inTransaction(store.db, async (db) => {
		const inner = { ...store, db };
		const asked = await surveyMessage(inner, claim.occasionId);
		await recordSurveyAnswers(inner, [{ customerId: customer.id, messageId: asked?.id, score, comment, at: now }]);
		await recordAnswers(inner, [{ customerId: customer.id, kind: asked?.kind ?? 'survey', answer: isLow ? 'wrong' : 'fine', answeredOn: shopToday(store.shop, now) }], now);
		if (!isLow) return undefined;
		// Who was asked by mail and answers on the page is called: the ticket stands under the address that was written to.
		const tickets = await openTickets(inner, [{ customerId: customer.id, channel: asked?.channel ?? 'email', sender: asked?.recipient ?? `#${customer.id}`, kind: 'score', messageId: asked?.id, at: now }], now);
		return [...tickets.values()][0];
	});
	return { page: renderSurveyDone(state, isLow), reply: { customer: { id: customer.id }, reply: { kind: 'survey', score, at: now, ...(ticketId !== undefined && { ticketId }) } } };
}
