import { decide } from '../../../../lib/consent/decide';
import type { DecisionRequest } from '../../../../lib/domain/consent';
import { shopToday, type Shop } from '../../../../lib/domain/shop';
import type { Instant } from '../../../../lib/domain/time';
import { textFacts } from '../../../../lib/messages/facts';
import { customerFacts } from '../../../../lib/store/facts';
import type { Store } from '../../../../lib/store/open';
import { waitingMessages } from '../../../../lib/store/waitingMessages';

/** A waiting message about which the rules say something else than before. It is asked about again when it is to leave. */
export interface AffectedMessage {
	messageId: number;
	customerId: number;
	state: string;
	channel: string;
	/** Reason codes. */
	before: string;
	after: string;
}

const BATCH = 500;

/** Which waiting messages a change of the shop's settings affects. Caps and hours are left out: they change from day to day by themselves. */
export async function affectedMessages(store: Store, before: Shop, after: Shop, now: Instant): Promise<{ checked: number; affected: AffectedMessage[] }> {
	const today = shopToday(after, now);
	const affected: AffectedMessage[] = [];
	let checked = 0;
	for (let last = 0; ; ) {
		const messages = await waitingMessages(store, last, BATCH);
		if (messages.length === 0) return { checked, affected };
		const facts = await customerFacts({ db: store.db, shop: after }, [...new Set(messages.map(({ customerId }) => customerId))]);
		for (const { id, customerId, text, refusalUrl, channel, state, ...message } of messages) {
			const known = facts.get(customerId);
			if (!known) continue;
			const request: DecisionRequest = { ...message, channels: [channel], moment: 'plan', text: textFacts(text, after, refusalUrl, channel), today, now };
			const reasons = [before, after].map((shop) => decide(request, { ...known, preferredChannel: undefined }, shop).reason);
			if (reasons[0] !== reasons[1]) affected.push({ messageId: id, customerId, state, channel, before: reasons[0], after: reasons[1] });
		}
		checked += messages.length;
		last = messages[messages.length - 1].id;
	}
}
