import type { Channel, Delivery } from '../../lib/channels/channel';
import { decide } from '../../lib/consent/decide';
import { importanceOf } from '../../lib/consent/importance';
import type { CustomerFacts, Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import { shopToday, type Shop } from '../../lib/domain/shop';
import { LOGO_CID } from '../../lib/domain/shopLogo';
import { plusMinutes, type Instant, type LocalDate } from '../../lib/domain/time';
import { textFacts } from '../../lib/messages/facts';
import { contentHash } from '../../lib/messages/hash';
import { recentContacts } from '../../lib/store/contacts';
import { contactValues } from '../../lib/store/customers';
import { recordDecisions } from '../../lib/store/decisions';
import { customerFacts } from '../../lib/store/facts';
import type { Store } from '../../lib/store/open';
import { recordSending, takeApproved, type OutgoingMessage, type SendingResult } from '../../lib/store/sending';

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
		done.push(...delivered.map(({ message, result, decision }) => ({ ...result, customerId: message.customerId, decision })));
		// The rest would fare no better, and stays approved; or there is none.
		if (delivered.some(({ down }) => down) || batch.length < most) break;
		after = batch[batch.length - 1].message.id;
		room -= batch.length;
	}
	return done;
}

interface Entry {
	message: OutgoingMessage;
	result: SendingResult;
	decision?: Decision;
	/** True where the channel as a whole did not work. */
	down?: boolean;
}

/** Takes the next messages, decides about each anew, and commits what may leave as `sending`. */
async function takeBatch(store: Store, channelName: ChannelName, { ids, leaseMinutes }: SendSettings, after: number, limit: number, now: Instant): Promise<Entry[]> {
	const today = shopToday(store.shop, now);
	return await store.db.transaction().execute(async (transaction) => {
		const scope = { ...store, db: transaction };
		const messages = await takeApproved(transaction, store, { ids, leaseMinutes, channels: [channelName], after, limit, today }, now);
		if (messages.length === 0) return [];
		const customerIds = [...new Set(messages.map(({ customerId }) => customerId))];
		const facts = await customerFacts(scope, customerIds);
		const contacts = await recentContacts(scope, customerIds, today);
		// Those of this batch are marked as sending already: none stands in the way of another before it was allowed itself, and the more important first.
		const notAllowed = new Set(messages.map(({ id }) => id));
		const byId = new Map([...messages].sort((one, other) => importanceOf(one) - importanceOf(other)).map((message): [number, Entry] => {
			const known = facts.get(message.customerId);
			const others = contacts.get(message.customerId)?.contacts.filter(({ messageId }) => !notAllowed.has(messageId));
			const entry = decideOn(message, known && { ...known, contacts: others }, store.shop, today, now);
			if (entry.result.to === 'sending') notAllowed.delete(message.id);
			return [message.id, entry];
		}));
		const entries = messages.map(({ id }) => byId.get(id) as Entry);
		await readdress(scope, entries);
		const decided = entries.filter(({ decision }) => decision !== undefined);
		const decisionIds = await recordDecisions(
			scope,
			decided.map(({ message, decision }) => ({ customerId: message.customerId, occasionId: message.occasionId, decision: decision as Decision })),
		);
		decided.forEach(({ result }, position) => result.to === 'pending' && (result.decisionId = decisionIds[position]));
		await recordSending(transaction, 'approved', entries.map(({ result }) => result), now);
		return entries;
	});
}

/** The fresh decision about a message, and what it means: it goes, waits for its hour, goes back to the staff, or never leaves. */
function decideOn(message: OutgoingMessage, known: CustomerFacts | undefined, shop: Shop, today: LocalDate, now: Instant): Entry {
	const { id, channel, class: messageClass, kind, dueOn, occasionId, planned } = message;
	const present = contentHash(message);
	if (message.approvedHash !== present) return { message, result: { id, to: 'pending', why: 'APPROVAL_STALE', contentHash: present } };
	if (!known) return { message, result: { id, to: 'blocked', why: 'CONTACT_INVALID' } };
	const text = textFacts(message.text, shop, message.refusalUrl);
	const decision = decide({ class: messageClass, kind, dueOn, occasionId, messageId: id, channels: [channel], moment: 'send', text, today, now }, { ...known, preferredChannel: undefined }, shop);
	const { outcome, reason, retryAt, contactPointId, legalBasis, facts } = decision;
	if (outcome !== 'allow') {
		return { message, decision, result: retryAt ? { id, to: 'approved', why: reason, notBefore: retryAt } : { id, to: 'blocked', why: reason } };
	}
	// Approved was this recipient: another address of the same person needs another approval.
	if (contactPointId !== message.contactPointId) return { message, decision, result: { id, to: 'pending', why: 'APPROVAL_STALE', contactPointId } };
	// And this consent: the text says why the customer gets it.
	const agreed = !planned || (planned.legalBasis === legalBasis && planned.consentId === facts.consentId);
	if (!agreed) return { message, decision, result: { id, to: 'pending', why: 'APPROVAL_STALE' } };
	return { message, decision, result: { id, to: 'sending', sentOn: today } };
}

/** Binds the next approval of messages with a new address to that address: without it, they would come back to the staff for ever. */
async function readdress(store: Store, entries: readonly Entry[]): Promise<void> {
	const moved = entries.filter(({ result }) => result.contactPointId !== undefined);
	if (moved.length === 0) return;
	const values = await contactValues(store, moved.map(({ result }) => result.contactPointId as number));
	for (const { message, result } of moved) {
		const recipient = values.get(result.contactPointId as number)?.value as string;
		result.contentHash = contentHash({ ...message, recipient });
	}
}

async function deliver({ shop }: Store, channel: Channel, entry: Entry, clock: () => Instant): Promise<Entry> {
	const { id, attempts, class: messageClass, recipient, recipientName, subject, text, html, extra, refusalUrl } = entry.message;
	const sender = { name: shop.emailFromName ?? shop.name, address: shop.email as string };
	const inlineImages = shop.logo && html?.includes(`cid:${LOGO_CID}`) ? [{ cid: LOGO_CID, ...shop.logo }] : [];
	const delivery = await channel.send({ id, attempt: attempts, class: messageClass, recipient, recipientName, subject, text, html, inlineImages, extra, refusalUrl, sender });
	return { ...entry, result: toResult(entry.message, delivery, clock()), down: delivery.outcome === 'down' };
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
