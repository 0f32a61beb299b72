import { verifyRefusal, type RefusalClaim } from '../../lib/consent/refusalLink';
import type { StatedConsent } from '../../lib/domain/customer';
import type { Instant } from '../../lib/domain/time';
import { renderRefusal, renderRefusalDone, renderRefusalInvalid } from '../../lib/replies/refusal';
import { parseRefusalPost, readToken, type Refusal } from '../../lib/replies/refusalPost';
import { readForm } from '../../lib/web/form';
import type { Page } from '../../lib/web/page';
import { newlyStated } from '../../lib/store/consentChanges';
import { consentHistory, insertConsents } from '../../lib/store/consents';
import { getCustomers } from '../../lib/store/customers/customers';
import type { Store } from '../../lib/store/open';
import type { WebRequest } from '../shared/web';

/** What a customer said, as the workflow hears it. */
export interface RefusalReply {
	customer: { id: number };
	reply: { kind: 'refusal'; channel: string; purpose: string; scope: Refusal['scope']; oneClick: boolean; at: Instant };
}

/** The page that answers a request to a refusal link, and what was refused with it. Only a POST changes anything: scanners open links. */
export async function answerRefusal(store: Store, { method, query, body }: WebRequest, now: Instant): Promise<{ page: Page; reply?: RefusalReply }> {
	const { t: given } = query as { t?: unknown };
	const refusal = method === 'POST' ? parseRefusalPost(readForm(body), given) : undefined;
	const token = method === 'POST' ? refusal?.token : readToken(given);
	const claim = token && verifyRefusal(token, store.secret, store.shop.code);
	if (!claim) {
		return { page: renderRefusalInvalid({ language: store.shop.language, shop: store.shop }) };
	}
	const [customer] = await getCustomers(store, [{ id: claim.customerId }]);
	const state = { language: customer?.language ?? store.shop.language, shop: store.shop, channel: claim.channel };
	if (!refusal) return { page: renderRefusal({ ...state, token: token as string }) };
	// Somebody who was erased meanwhile is written to by nobody: there is nothing left to withdraw. For a merged customer it is the kept one.
	const isNew = customer !== undefined && (await withdraw(store, { ...claim, customerId: customer.id }, refusal, now));
	const { scope, oneClick } = refusal;
	return {
		page: renderRefusalDone({ ...state, scope }),
		reply: isNew
			? { customer: { id: customer.id }, reply: { kind: 'refusal', channel: claim.channel, purpose: claim.purpose, scope, oneClick, at: now } }
			: undefined,
	};
}

/**
 * Appends the withdrawal to the customer's chain, in one transaction: pressed twice, also at the same time, it stands there once.
 * @returns whether it says anything new
 */
async function withdraw({ db, shop }: Store, { customerId, channel, purpose }: RefusalClaim, { scope, oneClick }: Refusal, now: Instant): Promise<boolean> {
	const stated: StatedConsent = { channel: scope === 'all' ? 'any' : channel, purpose, status: 'withdrawn' };
	const origin = { source: 'refusal-link', method: oneClick ? 'one-click' : 'web-form' };
	return await db.transaction().execute(async (transaction) => {
		const chain = (await consentHistory({ db: transaction, shop }, [customerId])).get(customerId) ?? [];
		const records = newlyStated(customerId, [stated], chain, origin, now);
		const head = chain.at(-1);
		if (records.length === 0) return false;
		const heads = new Map(head && [[customerId, head]]);
		await insertConsents(transaction, shop.id, records.map((record) => ({ ...record, withdrawnAt: now, withdrawnHow: origin.method })), heads, now);
		return true;
	});
}
