import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { standingOf } from '../../lib/channels/circuit';
import { CHANNELS } from '../../lib/domain/glossary';
import type { ChannelHealth, Health, SenderHealth, SignOfLife, StoreHealth } from '../../lib/domain/health';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { judge, pollOf } from '../../lib/health/judge';
import { queueHealth, standingHealth, storeSize } from '../../lib/store/health';
import { findLinkedDevice } from '../../lib/store/linkedDevice/device';
import type { Store } from '../../lib/store/open';
import { checkedPlace, type StorePlace } from '../../lib/store/place';
import { listSenders } from '../../lib/store/senders';
import { listSigns } from '../../lib/store/signsOfLife';

/**
 * How the shop's system does: in seven statements, whatever the number of customers and messages.
 * @param place of the store, for what the disk says of a file
 */
export async function healthOf(store: Store, place: StorePlace, now: Instant): Promise<Health> {
	const { shop } = store;
	const today = shopToday(shop, now);
	const signs = await listSigns(store);
	const { alerts, holds, sessions } = await standingHealth(store, now);
	const senders = (await listSenders(store)).map((sender): SenderHealth => ({ ...sender, circuit: standingOf(sender, now), today: sender.day === today ? sender.dayCount : 0 }));
	const phone = await findLinkedDevice(store, now);
	const heldEverywhere = holds[''] ?? 0;
	return judge({
		at: now,
		today,
		store: { ...(await storeSize(store)), ...(await freeDisk(place)), ...lastBackup(signs) },
		queue: await queueHealth(store, today, now),
		senders,
		channels: CHANNELS.flatMap((channel) => channelOf(channel, signs, heldEverywhere + (holds[channel] ?? 0), senders)),
		polls: signs.filter(({ what }) => what === 'poll').map((sign) => pollOf(sign, now)),
		heard: signs.filter(({ what }) => what === 'heard').map(({ name, lastAt }) => ({ channel: name.split(' ')[0], kind: name.split(' ')[1] ?? '', lastAt })),
		alerts,
		holds: Object.values(holds).reduce((sum, count) => sum + count, 0),
		sessions,
		...(phone && { phone: { state: phone.state, connected: phone.connected, isHeld: phone.isHeld, isStopped: phone.stoppedCode !== undefined } }),
		signs,
	});
}

/** What is known of a channel; nothing of one that was never used. */
function channelOf(channel: ChannelHealth['channel'], signs: readonly SignOfLife[], held: number, senders: readonly SenderHealth[]): ChannelHealth[] {
	const sign = (what: SignOfLife['what']) => signs.find((one) => one.what === what && one.name === channel);
	const [sent, failed] = [sign('sent'), sign('failed')];
	if (!sent && !failed && !senders.some((sender) => sender.channel === channel)) return [];
	return [{ channel, held, ...(sent && { lastSent: sent.lastAt }), ...(failed && { lastFailed: { at: failed.lastAt, ...(failed.code !== undefined && { code: failed.code }) } }) }];
}

function lastBackup(signs: readonly SignOfLife[]): Pick<StoreHealth, 'lastBackup'> {
	const made = signs.find(({ what }) => what === 'backup');
	return made ? { lastBackup: made.lastAt } : {};
}

/** Room on the disk of an embedded store; where the system does not tell, nothing is said. */
async function freeDisk(given: StorePlace): Promise<Pick<StoreHealth, 'freeBytes'>> {
	const place = checkedPlace(given);
	if (place.database === 'postgres') return {};
	const disk = await statfs(dirname(place.file)).catch(() => undefined);
	return disk ? { freeBytes: disk.bavail * disk.bsize } : {};
}
