import { decide } from '../../lib/consent/decide';
import { importanceOf } from '../../lib/consent/importance';
import type { CustomerFacts, Decision, DecisionRequest } from '../../lib/domain/consent';
import type { PriorContact } from '../../lib/domain/consentFacts';
import type { Shop } from '../../lib/domain/shop';
import { localDate, localDayBounds, type Instant, type LocalDate } from '../../lib/domain/time';
import { textFacts } from '../../lib/messages/facts';
import { contentHash } from '../../lib/messages/hash';
import { heldBy } from '../../lib/rollout/heldBy';
import { recentContacts } from '../../lib/store/contacts';
import { contactValues } from '../../lib/store/customers/customers';
import { recordDecisions } from '../../lib/store/decisions';
import { customerFacts } from '../../lib/store/facts';
import { lastWrittenToPhone } from '../../lib/store/linkedDevice/leftMessages';
import type { Store } from '../../lib/store/open';
import { openReviewCases } from '../../lib/store/reviewCases';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import type { OutgoingMessage, SendingResult } from '../../lib/store/sending';
import { retell, type Retold } from './retell';
import { whatsAppFacts, wroteAt } from './whatsAppFacts';

/** A message that is about to leave, and what a fresh look at the rules says of it: `sending` where it may go. */
export interface FreshDecision {
	message: OutgoingMessage;
	result: SendingResult;
	decision?: Decision;
}

/**
 * Decides anew about messages at the moment at which they are to leave, in a number of queries that does not grow with theirs.
 * @param record the decisions are kept; without it this is only a look
 */
export async function decideFreshly(scope: Store, messages: readonly OutgoingMessage[], today: LocalDate, now: Instant, record = true): Promise<FreshDecision[]> {
	if (messages.length === 0) return [];
	const customerIds = [...new Set(messages.map(({ customerId }) => customerId))];
	const facts = await customerFacts(scope, customerIds);
	const contacts = await recentContacts(scope, customerIds, today);
	const standing = await rolloutStanding(scope);
	const byWhatsApp = messages.filter(({ channel }) => channel === 'whatsapp').map(({ id }) => id);
	const whatsApp = byWhatsApp.length > 0 ? await whatsAppFacts(scope, customerIds, now, byWhatsApp) : undefined;
	const toPhone = messages.some(({ channel }) => channel === 'whatsappLinked') ? await lastWrittenToPhone(scope, customerIds) : undefined;
	// None of this batch stands in the way of another before it was allowed itself, and then it counts as one that has left; the more important first.
	const batch = new Set(messages.map(({ id }) => id));
	const notAllowed = new Set(batch);
	const byId = new Map([...messages].sort((one, other) => importanceOf(one) - importanceOf(other)).map((message): [number, FreshDecision] => {
		const known = facts.get(message.customerId);
		const others = contacts.get(message.customerId)?.contacts.filter(({ messageId }) => !notAllowed.has(messageId))
			.map((contact): PriorContact => (record && batch.has(contact.messageId) ? { ...contact, state: 'left' } : contact));
		const waits = heldBy(standing, message);
		const decided = waits ? putOff(message, waits, scope.shop, now) : decideOn(message, known && { ...known, contacts: others, whatsApp: message.channel === 'whatsappLinked' ? wroteAt(toPhone?.get(message.contactPointId)?.at) : whatsApp?.of(known, message) }, scope.shop, today, now, whatsApp?.request(message));
		// Nothing has been decided anew where it only waits for some seconds: it is looked at again then.
		const wait = decided.result.to === 'sending' ? whatsApp?.waitsUntil(message) : undefined;
		const entry: FreshDecision = wait === undefined ? decided : { message, result: { id: message.id, to: 'approved', why: 'RETRY_LATER', notBefore: wait } };
		if (entry.result.to === 'sending') {
			notAllowed.delete(message.id);
			whatsApp?.goes(message);
		}
		return [message.id, entry];
	}));
	const entries = messages.map(({ id }) => byId.get(id) as FreshDecision);
	if (!record) return entries;
	await readdress(scope, entries, await retell(scope, entries.filter(({ result }) => result.to === 'pending'), now));
	const decided = entries.filter(({ decision }) => decision !== undefined);
	const decisionIds = await recordDecisions(
		scope,
		decided.map(({ message, decision }) => ({ customerId: message.customerId, occasionId: message.occasionId, decision: decision as Decision })),
	);
	decided.forEach(({ result }, position) => result.to === 'pending' && (result.decisionId = decisionIds[position]));
	await openReviewCases(scope, entries.flatMap(({ message, decision }) => (decision?.outcome === 'review' ? [{ occasionId: message.occasionId, reason: decision.reason }] : [])));
	return entries;
}

/** A closed step or a held campaign: it stays approved, and is looked at again the next day, or as soon as a person opens the step or resumes the campaign. */
function putOff(message: OutgoingMessage, why: string, { timeZone }: Shop, now: Instant): FreshDecision {
	return { message, result: { id: message.id, to: 'approved', why, notBefore: localDayBounds(localDate(now, timeZone), timeZone).to } };
}

/** The fresh decision about a message, and what it means: it goes, waits for its hour, goes back to the staff, or never leaves. */
function decideOn(message: OutgoingMessage, known: CustomerFacts | undefined, shop: Shop, today: LocalDate, now: Instant, whatsApp?: DecisionRequest['whatsApp']): FreshDecision {
	const { id, channel, class: messageClass, kind, dueOn, occasionId, planned, uses } = message;
	const present = contentHash(message);
	if (message.approvedHash !== present) return { message, result: { id, to: 'pending', why: 'APPROVAL_STALE', contentHash: present } };
	if (!known) return { message, result: { id, to: 'blocked', why: 'CONTACT_INVALID' } };
	const text = textFacts(message.text, shop, message.refusalUrl, channel);
	const decision = decide({ class: messageClass, kind, dueOn, occasionId, messageId: id, channels: [channel], moment: 'send', text, whatsApp, uses, today, now }, { ...known, preferredChannel: undefined }, shop);
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

/** Binds the next approval of messages with a new address or text to those: without it, they would come back to the staff for ever. */
async function readdress(store: Store, entries: readonly FreshDecision[], retold: Retold): Promise<void> {
	const moved = entries.filter(({ message, result }) => result.contactPointId !== undefined || retold.has(message.id));
	if (moved.length === 0) return;
	const values = await contactValues(store, moved.flatMap(({ result }) => result.contactPointId ?? []));
	for (const { message, result } of moved) {
		const recipient = result.contactPointId === undefined ? message.recipient : (values.get(result.contactPointId)?.value as string);
		result.contentHash = contentHash({ ...message, ...retold.get(message.id), recipient });
	}
}
