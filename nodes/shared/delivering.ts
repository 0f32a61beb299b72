import { costOf } from '../../lib/channels/cost';
import type { Channel, Delivery, Outgoing } from '../../lib/channels/channel';
import { retryMinutes } from '../../lib/channels/retry';
import { REHEARSAL } from '../../lib/domain/sender';
import { rehearsalAddress, type Shop } from '../../lib/domain/shop';
import { LOGO_CID } from '../../lib/domain/shopLogo';
import { plusMinutes, type Instant } from '../../lib/domain/time';
import { smsLength } from '../../lib/messages/sms';
import type { OutgoingMessage, SendingResult } from '../../lib/store/sending';

/** What one attempt goes by. */
export interface Attempt {
	shop: Shop;
	/** Attempts for a message that the provider has certainly not taken. */
	attempts: number;
	random: () => number;
}

/** How an attempt ended: what the provider said, where it was asked, and what that means for the message. */
export interface Attempted {
	/** Absent where nobody was asked: a rehearsal that sends nothing. */
	delivery?: Delivery;
	result: SendingResult;
}

/** Sends one message, or in a rehearsal what stands for it. Never throws: what goes wrong in the channel itself leaves an outcome that nobody knows. */
export async function deliver(message: OutgoingMessage, channel: Channel, attempt: Attempt, clock: () => Instant): Promise<Attempted> {
	const outgoing = toOutgoing(message, attempt.shop);
	const address = rehearsalAddress(attempt.shop, message.channel);
	if (address === null) return { result: rehearsed(message.id, { outcome: 'sent', providerId: '' }) };
	const given = address === undefined ? outgoing : redirected(outgoing, address, attempt.shop);
	const delivery = await asked(channel, given);
	if (address !== undefined && delivery.outcome !== 'down') return { delivery, result: rehearsed(message.id, delivery) };
	return { delivery, result: toResult(message, delivery, attempt, clock()) };
}

async function asked(channel: Channel, outgoing: Outgoing): Promise<Delivery> {
	try {
		return await channel.send(outgoing);
	} catch {
		return { outcome: 'unknown', code: 'CHANNEL_ERROR' };
	}
}

function toOutgoing({ id, attempts, class: messageClass, channel, recipient, recipientName, subject, text, html, extra, refusalUrl }: OutgoingMessage, shop: Shop): Outgoing {
	const name = channel === 'email' ? (shop.emailFromName ?? shop.name) : channel === 'sms' ? (shop.smsAlias ?? '') : shop.name;
	const sender = { name, address: (channel === 'email' ? shop.email : shop.phone) ?? '' };
	const inlineImages = shop.logo && html?.includes(`cid:${LOGO_CID}`) ? [{ cid: LOGO_CID, ...shop.logo }] : [];
	return { id, attempt: attempts, class: messageClass, recipient, recipientName, subject, text, html, inlineImages, extra, refusalUrl, sender, key: `ocrm-${id}-${attempts}` };
}

/**
 * Goes to whoever rehearses. The customer's own link is taken out: who tries it there would refuse in the customer's name. And under a number that no message has: what
 * comes back of it is nothing about the customer.
 */
function redirected(outgoing: Outgoing, recipient: string, shop: Shop): Outgoing {
	const { text, html, extra, refusalUrl, key, ...rest } = outgoing;
	const without = (part: string) => (refusalUrl ? part.replaceAll(refusalUrl, shop.customerPageUrl ?? '') : part);
	return { ...rest, id: -rest.id, recipient, text: without(text), ...(html && { html: without(html) }), ...(extra && { extra: JSON.parse(without(JSON.stringify(extra))) }) };
}

/**
 * What a rehearsed message ends as: its provider is the rehearsal, so that no cap counts it, and no report of a provider is taken for the customer's. It never goes to
 * the customer later either: what was approved to be rehearsed was not approved for a day after.
 */
function rehearsed(id: number, delivery: Delivery): SendingResult {
	if (delivery.outcome === 'sent') return { id, to: 'sent', why: 'REHEARSAL', provider: REHEARSAL, costMills: 0, staffSeconds: 0 };
	return { id, to: 'failed', why: delivery.code, provider: REHEARSAL };
}

/** What a delivery means for the message: sent, tried again later, failed, or for a person to find out. */
function toResult(message: OutgoingMessage, delivery: Delivery, { shop, attempts, random }: Attempt, now: Instant): SendingResult {
	const { id } = message;
	const again = (atLeast?: number) => plusMinutes(now, retryMinutes(delivery.outcome === 'down' ? 1 : message.attempts, random, atLeast));
	switch (delivery.outcome) {
		case 'sent':
			return { id, to: 'sent', providerId: delivery.providerId, ...priceOf(message, shop, delivery) };
		case 'unknown':
			// Whoever asked for it will be paid, if it left.
			return { id, to: 'uncertain', why: delivery.code, ...priceOf(message, shop) };
		case 'down':
			// Not this message's fault, so it does not count against it: only its last day ends the waiting.
			return { id, to: 'approved', why: delivery.code, notBefore: again(), isNoAttempt: true };
		case 'refused':
			if (!delivery.retry || message.attempts >= attempts) return { id, to: 'failed', why: delivery.code };
			return { id, to: 'approved', why: delivery.code, notBefore: again(delivery.afterMinutes) };
	}
}

function priceOf({ channel, text, extra }: OutgoingMessage, shop: Shop, delivery?: Extract<Delivery, { outcome: 'sent' }>): Pick<SendingResult, 'costMills' | 'staffSeconds'> {
	const segments = channel === 'sms' ? smsLength(text).segments : undefined;
	const { mills, staffSeconds } = costOf({ channel, extra, segments, said: delivery?.cost }, shop.prices);
	return { costMills: mills, staffSeconds };
}
