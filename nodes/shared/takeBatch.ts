import { standingOf, tryingOut } from '../../lib/channels/circuit';
import { reserve, roomFor } from '../../lib/channels/pace';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import { FRESH_SENDER, REHEARSAL, type Circuit, type RateLimits, type SenderState } from '../../lib/domain/sender';
import { rehearsalAddress, shopToday } from '../../lib/domain/shop';
import { plusMinutes, type Instant, type LocalDate } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { readSender, senderTurn, sendingTransaction, writeSender } from '../../lib/store/senders';
import { recordSending, recordTaken, takeApproved, type SendingResult } from '../../lib/store/sending';
import { decideFreshly, type FreshDecision } from './freshDecision';
import type { SendSettings } from './sendMessages';

/** A message that was taken, with what the rules say of it now. */
export interface Entry extends FreshDecision {
	/** When its turn is, in milliseconds. */
	slot?: number;
	/** The provider must be called before this instant: no answer takes so long that the lease would be over. */
	lastCall: Instant;
}

/** What was taken, and how its sender is. */
export interface Batch {
	entries: Entry[];
	circuit: Circuit;
	/** Why there is nothing to take though something may wait. */
	stopped?: string;
	/** There is no more behind it. */
	isLast?: boolean;
	/** For `RATE_LIMIT`: how long until there is a turn. Milliseconds. */
	waitMs?: number;
}

/** What is taken. */
export interface Taking {
	/** Only ids above this one. */
	after: number;
	limit: number;
	/** What was sent since, to be recorded in the same transaction. */
	ended: readonly SendingResult[];
}

/** No call of a provider takes longer. */
const LONGEST_CALL_MINUTES = 1.5;
const NO_LIMITS: RateLimits = { perSecond: 0, perMinute: 0, perDay: 0 };

/** Takes the next messages, as many as their sender has room for, decides about each anew, and commits what may leave as `sending`. */
export async function takeBatch(store: Store, channelName: ChannelName, { ids, leaseMinutes, sender }: SendSettings, { after, limit, ended }: Taking, now: Instant): Promise<Batch> {
	const today = shopToday(store.shop, now);
	return await sendingTransaction(store, async (transaction) => {
		await senderTurn(transaction, store);
		await recordSending(transaction, ended, now);
		const state = sender ? await readSender(transaction, store, sender.name) : FRESH_SENDER;
		const room = roomOf(state, sender?.limits ?? NO_LIMITS, limit, today, now);
		if (room.most === 0) return { entries: [], circuit: state, stopped: room.why, waitMs: room.waitMs };
		const messages = await takeApproved(transaction, store, { ids, channels: [channelName], after, limit: room.most, today }, now);
		const isLast = messages.length < room.most;
		if (messages.length === 0) return { entries: [], circuit: state, isLast };
		const lastCall = plusMinutes(now, leaseMinutes - LONGEST_CALL_MINUTES);
		const entries: Entry[] = (await decideFreshly({ ...store, db: transaction }, messages, today, now)).map((entry) => ({ ...entry, lastCall }));
		const leaving = entries.filter(({ result }) => result.to === 'sending');
		const provider = rehearsalAddress(store.shop, channelName) === undefined ? sender?.name : REHEARSAL;
		for (const { result } of leaving) Object.assign(result, { provider, sendingUntil: plusMinutes(now, leaseMinutes) });
		await recordTaken(transaction, entries.map(({ result }) => result), now);
		if (!sender || leaving.length === 0) return { entries, circuit: state, isLast };
		const { slots, state: reserved } = reserve(state, sender.limits ?? NO_LIMITS, leaving.length, today, now);
		leaving.forEach((entry, position) => (entry.slot = slots[position]));
		const next = standingOf(state, now) === 'trial' ? { ...reserved, ...tryingOut(state, now) } : reserved;
		await writeSender(transaction, store, { name: sender.name, channel: channelName }, next, now);
		return { entries, circuit: next, isLast };
	});
}

/** How many messages the sender may take: none while its circuit is open, one to try whether it works again. */
function roomOf(state: SenderState, limits: RateLimits, wanted: number, today: LocalDate, now: Instant): { most: number; why?: string; waitMs?: number } {
	const standing = standingOf(state, now);
	if (standing === 'open') return { most: 0, why: 'CIRCUIT_OPEN' };
	return roomFor(state, limits, standing === 'trial' ? 1 : wanted, today, now);
}
