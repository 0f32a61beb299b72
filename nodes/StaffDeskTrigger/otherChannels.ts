import { purposeOf } from '../../lib/consent/basis';
import { decide } from '../../lib/consent/decide';
import type { ChannelsState } from '../../lib/desk/approve/state';
import { ifItCan } from '../../lib/domain/errors';
import { CHANNELS, type Channel, type MessageClass, type Purpose } from '../../lib/domain/glossary';
import type { CrmItem } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import { daysBetween, type Instant, type LocalDate } from '../../lib/domain/time';
import { contentHash } from '../../lib/messages/hash';
import type { RewrittenMessage } from '../../lib/store/approve/otherChannel';
import { recentContacts } from '../../lib/store/contacts';
import { contactValues, getCustomers } from '../../lib/store/customers/customers';
import { customerFacts } from '../../lib/store/facts';
import type { Store } from '../../lib/store/open';
import { ownTemplates } from '../../lib/store/ownTemplates';
import type { ReviewMessageDetail } from '../../lib/store/review';
import { whatsAppTemplates } from '../../lib/store/whatsApp/whatsAppAccount';
import { personalize } from '../shared/personalize';
import { itemCustomer } from '../shared/itemCustomer';
import { plannedWhatsApp } from '../shared/whatsAppFacts';
import { occasionOf } from './occasion';

/** A text that could stand in the place of a message, or why there is none. */
type Candidate = { channel: Channel; reason: string } & ({ rewritten?: undefined } | { rewritten: RewrittenMessage; recipient: string });

/** What a message is for, in the rules' sense. */
export function purposeOfMessage({ kind, class: messageClass }: Pick<ReviewMessageDetail, 'kind' | 'class'>): Purpose {
	return purposeOf({ kind, class: messageClass as MessageClass });
}

/** The other channels, with what the rules say of each now, and whether there is a text for it. */
export async function otherChannels(store: Store, message: ReviewMessageDetail, now: Instant): Promise<ChannelsState['channels']> {
	const channels = CHANNELS.filter((channel) => channel !== message.channel);
	return (await candidates(store, message, channels, now)).map((candidate) => ({
		channel: candidate.channel, may: candidate.rewritten !== undefined, reason: candidate.reason, ...(candidate.rewritten && { recipient: candidate.recipient }),
	}));
}

/** The message written anew for a channel; undefined where the rules or the texts do not allow it. */
export async function rewrittenFor(store: Store, message: ReviewMessageDetail, channel: Channel, now: Instant): Promise<RewrittenMessage | undefined> {
	if (channel === message.channel) return undefined;
	return (await candidates(store, message, [channel], now))[0].rewritten;
}

/** A fresh decision for each channel by itself, and the text by the same composer that wrote the first one. */
async function candidates(store: Store, message: ReviewMessageDetail, channels: readonly Channel[], now: Instant): Promise<Candidate[]> {
	const { customerId, kind, dueOn, class: messageClass, occasionId, id, uses } = message;
	const today = shopToday(store.shop, now);
	const [customer] = await getCustomers(store, [{ id: customerId }]);
	const facts = (await customerFacts(store, [customer?.id ?? customerId])).get(customer?.id ?? customerId);
	if (!customer || !facts) return channels.map((channel) => ({ channel, reason: 'CONTACT_INVALID' }));
	const contacts = (await recentContacts(store, [customer.id], today)).get(customer.id);
	const whatsApp = await plannedWhatsApp(store, channels, [customer.id], now);
	// Its own message stands not in its own way, and a wish for another channel is set aside: a person chooses.
	const known = { ...facts, ...contacts, contacts: contacts?.contacts.filter(({ messageId }) => messageId !== id), whatsApp: whatsApp(facts), preferredChannel: undefined };
	const decisions = channels.map((channel) => decide({ class: messageClass as MessageClass, kind, dueOn, occasionId, messageId: id, channels: [channel], uses, moment: 'plan', today, now }, known, store.shop));
	const addresses = await contactValues(store, decisions.flatMap(({ outcome, contactPointId }) => (outcome === 'allow' ? (contactPointId ?? []) : [])));
	const settings = { own: await ownTemplates(store), ...(channels.includes('whatsapp') && { account: await whatsAppTemplates(store) }) };
	const item = itemOf(message, itemCustomer(customer, store.shop), today);
	return decisions.map((decision): Candidate => {
		const { channel, outcome, reason, contactPointId = 0 } = decision;
		const recipient = addresses.get(contactPointId)?.value;
		if (outcome !== 'allow' || recipient === undefined) return { channel, reason };
		// There may be no such text for the channel, or what it speaks of is not kept in the store.
		const text = ifItCan(() => personalize(store, { ...item, decision }, message.templateId, settings));
		if (text === undefined) return { channel, reason: 'NO_TEXT' };
		return { channel, reason, recipient, rewritten: { customerId, occasionId, decision, message: text, contentHash: contentHash({ ...text, recipient }) } };
	});
}

/** What the composer needs, out of the store: occasion and customer. */
function itemOf({ occasionId, kind, dueOn, stage, class: messageClass, since, cause, expiresOn, birthDate, uses }: ReviewMessageDetail, customer: CrmItem['customer'], today: LocalDate): CrmItem {
	return { customer, occasion: { id: occasionId, ...occasionOf({ kind, dueOn, birthDate }), stage, class: messageClass as MessageClass, daysLate: daysBetween(dueOn, today), since, cause, expiresOn, uses } };
}
