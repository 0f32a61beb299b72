import type { IExecuteFunctions } from 'n8n-workflow';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import type { RateLimits } from '../../lib/domain/sender';
import { leaveForPhone } from '../../lib/store/linkedDevice/leftMessages';
import type { Store } from '../../lib/store/open';
import { now } from '../shared/clock';
import { log, stopwatch } from '../shared/log';
import { sendMessages, type SendRun, type SendSettings } from '../shared/sendMessages';
import type { ChannelEntry } from './channels';

/** What the panel's options hold. */
export type NodeOptions = Partial<Pick<SendSettings, 'parallel' | 'attempts' | 'most' | 'leaseMinutes'> & RateLimits>;

/** What was done on one channel. */
export interface ChannelRun extends SendRun {
	channel: ChannelName;
}

/**
 * Sends on several channels at the same time, so that one whose provider is slow holds up none of the others. Where one breaks off, the others finish first.
 * @param ids only these messages; absent: whatever is approved
 */
export async function sendOnAll(context: IExecuteFunctions, store: Store, entries: readonly ChannelEntry[], options: NodeOptions, ids?: readonly number[]): Promise<ChannelRun[]> {
	const ends = await Promise.allSettled(entries.map(async (entry) => await sendOn(context, store, entry, options, ids)));
	return ends.map((end) => {
		if (end.status === 'rejected') throw end.reason;
		return end.value;
	});
}

/** The channel of the shop's own phone: another node holds its session, and sends. */
export const PHONE = 'whatsappLinked';
/** Why such a message is not sent by this node. */
const LEFT = 'LEFT_FOR_PHONE';

/** Leaves messages for the node that holds the session of the shop's phone. */
export async function leaveOnPhone(store: Store, ids?: readonly number[]): Promise<ChannelRun> {
	await leaveForPhone(store, ids, now());
	return { channel: PHONE, messages: [], stopped: LEFT };
}

async function sendOn(context: IExecuteFunctions, store: Store, entry: ChannelEntry, { perSecond, perMinute, perDay, ...options }: NodeOptions, ids?: readonly number[]): Promise<ChannelRun> {
	const settings = { parallel: 5, most: 500, leaseMinutes: 2, ...options };
	const limits = {
		perSecond: perSecond ?? entry.limits.perSecond,
		perMinute: perMinute ?? entry.limits.perMinute,
		perDay: perDay ?? entry.limits.perDay,
	};
	const { channel, sender } = await entry.open({ context, store, parallel: settings.parallel });
	const took = stopwatch();
	try {
		const run = await sendMessages(store, entry.channel, channel, { ...settings, ids, sender: { name: sender, limits }, random: Math.random }, now);
		logRun(context, store, entry.channel, sender, run, took());
		return { ...run, channel: entry.channel };
	} finally {
		await channel.close();
	}
}

/** How the run went, by the names of the states that its messages are in now. The account is the shop's own and stays out of the log. */
function logRun(context: IExecuteFunctions, store: Store, channel: ChannelName, sender: string, { messages, stopped }: SendRun, ms: number): void {
	const counts = Object.fromEntries([...Map.groupBy(messages, ({ to }) => to)].map(([state, those]) => [state, those.length]));
	const codes = [...new Set(messages.flatMap(({ to, why }) => (why !== undefined && to !== 'sent' ? [why] : [])))].slice(0, 10);
	log(context, 'send', store.shop, { channel, provider: sender.split(':')[0], tried: messages.length, ...counts, ...(codes.length > 0 && { codes }), stopped, ms });
}
