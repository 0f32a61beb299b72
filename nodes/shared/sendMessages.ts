import type { Channel, Delivery } from '../../lib/channels/channel';
import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import { shopToday } from '../../lib/domain/shop';
import { LOGO_CID } from '../../lib/domain/shopLogo';
import { plusMinutes, type Instant } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { recordSending, takeApproved, type OutgoingMessage, type SendingResult } from '../../lib/store/sending';
import { stopWhatsAppTemplates } from '../../lib/store/whatsAppAccount';
import { decideFreshly, type FreshDecision } from './freshDecision';

/** How to send. */
export interface SendSettings {
	/** Only these messages; absent: whatever is approved. */
	ids?: readonly number[];
	/** At most so many in this run. */
	most: number;
	/** Messages under way at once. So many may be uncertain after a crash. */
	parallel: number;
	/** How long a sending may last before it counts as uncertain. Minutes. */
	leaseMinutes: number;
}

/** What became of a message that was to be sent. */
export interface SentMessage extends SendingResult {
	customerId: number;
	decision?: Decision;
}

/** Attempts for a message that the provider has certainly not taken. */
const ATTEMPTS_AT_MOST = 3;
/** Wait before the second attempt, in minutes; four times as long before the third. */
const FIRST_RETRY_MINUTES = 5;

/**
 * Sends approved messages, each once. For every small batch: consent is checked again and `sending` committed in one transaction, then the
 * provider is called, then the outcome is recorded.
 * @param clock tells the present instant, also during a long run
 */
export async function sendMessages(store: Store, channelName: ChannelName, channel: Channel, settings: SendSettings, clock: () => Instant): Promise<SentMessage[]> {
	if (!store.shop.email) {
		throw new CrmError(`The shop "${store.shop.code}" has no e-mail address to send from`, 'Enter it with Optical CRM > Shop > Create or Update.');
	}
	const done: SentMessage[] = [];
	for (let after = 0, room = settings.most; room > 0; ) {
		const most = Math.min(room, settings.parallel);
		const batch = await takeBatch(store, channelName, settings, after, most, clock());
		if (batch.length === 0) break;
		const delivered = await Promise.all(batch.map(async (entry) => (entry.result.to === 'sending' ? await deliver(store, channel, entry, clock) : entry)));
		const finished = delivered.filter((_, position) => batch[position].result.to === 'sending');
		await store.db.transaction().execute(async (transaction) => await recordSending(transaction, 'sending', finished.map(({ result }) => result), clock()));
		await stopWhatsAppTemplates(store, delivered.flatMap(({ stopTemplate }) => stopTemplate ?? []), clock());
		done.push(...delivered.map(({ message, result, decision }) => ({ ...result, customerId: message.customerId, decision })));
		// The rest would fare no better, and stays approved; or there is none.
		if (delivered.some(({ down }) => down) || batch.length < most) break;
		after = batch[batch.length - 1].message.id;
		room -= batch.length;
	}
	return done;
}

interface Entry extends FreshDecision {
	/** True where the channel as a whole did not work. */
	down?: boolean;
	/** The template from which the provider takes nothing. */
	stopTemplate?: { name: string; language: string };
}

/** Takes the next messages, decides about each anew, and commits what may leave as `sending`. */
async function takeBatch(store: Store, channelName: ChannelName, { ids, leaseMinutes }: SendSettings, after: number, limit: number, now: Instant): Promise<Entry[]> {
	const today = shopToday(store.shop, now);
	return await store.db.transaction().execute(async (transaction) => {
		const messages = await takeApproved(transaction, store, { ids, leaseMinutes, channels: [channelName], after, limit, today }, now);
		if (messages.length === 0) return [];
		const entries = await decideFreshly({ ...store, db: transaction }, messages, today, now);
		await recordSending(transaction, 'approved', entries.map(({ result }) => result), now);
		return entries;
	});
}

async function deliver({ shop }: Store, channel: Channel, entry: Entry, clock: () => Instant): Promise<Entry> {
	const { id, attempts, class: messageClass, recipient, recipientName, subject, text, html, extra, refusalUrl } = entry.message;
	const sender = { name: shop.emailFromName ?? shop.name, address: shop.email as string };
	const inlineImages = shop.logo && html?.includes(`cid:${LOGO_CID}`) ? [{ cid: LOGO_CID, ...shop.logo }] : [];
	const delivery = await channel.send({ id, attempt: attempts, class: messageClass, recipient, recipientName, subject, text, html, inlineImages, extra, refusalUrl, sender });
	const stopTemplate = delivery.outcome === 'refused' && delivery.stopTemplate ? extra?.whatsApp : undefined;
	return { ...entry, result: toResult(entry.message, delivery, clock()), down: delivery.outcome === 'down', stopTemplate };
}

/** What a delivery means for the message: sent, tried again later, failed, or for a person to find out. */
function toResult({ id, attempts }: OutgoingMessage, delivery: Delivery, now: Instant): SendingResult {
	switch (delivery.outcome) {
		case 'sent':
			return { id, to: 'sent', providerId: delivery.providerId };
		case 'unknown':
			return { id, to: 'uncertain', why: delivery.code };
		case 'down':
			// Not this message's fault, so it does not count against it: only its last day ends the waiting.
			return { id, to: 'approved', why: delivery.code, notBefore: plusMinutes(now, FIRST_RETRY_MINUTES) };
		case 'refused': {
			if (!delivery.retry || attempts >= ATTEMPTS_AT_MOST) return { id, to: 'failed', why: delivery.code };
			const notBefore = plusMinutes(now, FIRST_RETRY_MINUTES * 4 ** (attempts - 1));
			return { id, to: 'approved', why: delivery.code, notBefore };
		}
	}
}
