import { SAME_NUMBER_MS } from '../../lib/channels/pace';
import { hasWhatsAppOptIn } from '../../lib/consent/whatsAppOptIn';
import type { CustomerFacts, DecisionRequest } from '../../lib/domain/consent';
import type { Channel } from '../../lib/domain/glossary';
import type { MessageExtra } from '../../lib/domain/messageExtra';
import { plusMinutes, type Instant } from '../../lib/domain/time';
import { templateMismatch } from '../../lib/domain/whatsApp';
import { lastWrittenToPhone } from '../../lib/store/linkedDevice/leftMessages';
import type { Store } from '../../lib/store/open';
import { whatsAppState, type WhatsAppState } from '../../lib/store/whatsApp/whatsAppFacts';

/** A message that is about to be sent. */
interface Asked {
	contactPointId: number;
	/** Its number: families share one. */
	recipient: string;
	extra?: MessageExtra;
}

/** What the rules about WhatsApp need to know of customers and their messages (RULES 29-33, 37). */
class WhatsAppKnowledge {
	/** Contact points that were allowed since the store was asked. */
	private readonly left = new Set<number>();
	/** Numbers that something goes to since. */
	private readonly begun = new Set<string>();

	constructor(private readonly state: WhatsAppState, private readonly now: Instant) {}

	/** What belongs to the customer. */
	of(customer: CustomerFacts, message?: Asked): CustomerFacts['whatsApp'] {
		const lastMessageAt = message && this.state.windows.get(message.contactPointId);
		return { optInNamesShop: hasWhatsAppOptIn(customer, this.state.namingConsents, this.now), ...(lastMessageAt && { lastMessageAt }) };
	}

	/** What belongs to the message: its template as the account really has it, and how many others the portfolio writes to. */
	request({ contactPointId, extra }: Asked): DecisionRequest['whatsApp'] {
		const { templates, portfolio } = this.state;
		const use = extra?.whatsApp;
		const known = use && templates.find(({ name, language }) => name === use.name && language === use.language);
		const wrong = use && known && templateMismatch(use, known);
		const state = !known ? 'UNKNOWN' : wrong ? `MISMATCH: ${wrong}` : known.state;
		return {
			...(use && { template: { state, category: known?.category ?? use.category } }),
			...(portfolio && { portfolio: { limit: portfolio.limit, recipients: this.others(contactPointId, portfolio), freeAt: portfolio.freeAt } }),
		};
	}

	/** Until when its number must be left alone, because the last message to it has only just left (RULES 33). */
	waitsUntil({ contactPointId, recipient }: Asked): Instant | undefined {
		const last = this.begun.has(recipient) ? this.now : this.state.lastBegun.get(contactPointId);
		const until = last && plusMinutes(last, SAME_NUMBER_MS / 60_000);
		return until && until > this.now ? until : undefined;
	}

	/** The message goes: its recipient counts for those that are decided after it. */
	goes({ contactPointId, recipient, extra }: Asked): void {
		this.begun.add(recipient);
		if (extra?.whatsApp) this.left.add(contactPointId);
	}

	/** Recipients besides this one, who counts once however much is sent. */
	private others(contactPointId: number, { recipients, counted }: NonNullable<WhatsAppState['portfolio']>): number {
		const joined = [...this.left].filter((id) => !counted.has(id) && id !== contactPointId).length;
		return recipients - (counted.has(contactPointId) ? 1 : 0) + joined;
	}
}

/** Looks up, in one statement, what the rules about WhatsApp need. Without `besides` a message is only planned: then it is the opt-ins. */
export async function whatsAppFacts(store: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[], now: Instant, besides?: readonly number[]): Promise<WhatsAppKnowledge> {
	return new WhatsAppKnowledge(await whatsAppState(store, customerIds, now, besides && { besides }), now);
}

/** What the rules need to know of somebody who may get a message of the shop's own phone: whether, and when, they wrote to it (RULES 39). */
export function wroteAt(lastMessageAt: Instant | undefined): NonNullable<CustomerFacts['whatsApp']> {
	return { optInNamesShop: false, ...(lastMessageAt && { lastMessageAt }) };
}

/**
 * The same while a message is planned, when all channels are looked at together: what the official channel asks for, and when somebody last wrote to the phone from any of
 * their numbers. Which number it goes to is looked at when it leaves.
 */
export async function plannedWhatsApp(store: Pick<Store, 'db' | 'shop'>, channels: readonly Channel[], customerIds: readonly number[], now: Instant): Promise<(customer: CustomerFacts) => CustomerFacts['whatsApp']> {
	const official = channels.includes('whatsapp') ? await whatsAppFacts(store, customerIds, now) : undefined;
	if (!channels.includes('whatsappLinked')) return (customer) => official?.of(customer);
	const latest = new Map<number, Instant>();
	for (const { customerId, at } of (await lastWrittenToPhone(store, customerIds)).values()) if (at > (latest.get(customerId) ?? '')) latest.set(customerId, at);
	return (customer) => ({ ...wroteAt(latest.get(customer.customerId)), ...official?.of(customer) });
}
