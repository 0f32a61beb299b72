import { CrmError } from '../../lib/domain/errors';
import { STAFF_ANSWER } from '../../lib/domain/occasionKinds';
import type { CrmItem, ItemMessage, QueuedMessage } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import { plusDays, type Instant } from '../../lib/domain/time';
import { compose } from '../../lib/messages/compose';
import { contactValues, getCustomers } from '../../lib/store/customers/customers';
import { inTransaction, type Store } from '../../lib/store/open';
import { endTicket, getTicket, type Ticket } from '../../lib/store/replies/tickets';
import { fill, loadTexts } from '../../lib/web/texts';
import { checkConsent } from './checkConsent';
import { itemCustomer } from './itemCustomer';
import { queueItems } from './queueItems';

/** An answer that came too late to be of use is not sent. Days. */
const GOOD_FOR_DAYS = 2;
/** Where a written answer can go. */
export const WRITTEN: readonly Ticket['channel'][] = ['email', 'sms', 'whatsapp', 'whatsappLinked', 'push'];

/** Why an answer is not taken. `rules` and `waits` come with the reason code of the contact rules. */
export type AnswerFault = 'gone' | 'notWritten' | 'nobody' | 'rules' | 'otherAddress' | 'waits';

/** An answer that is not taken, so that a page can say why in its own words. */
export class AnswerRefused extends CrmError {
	constructor(readonly fault: AnswerFault, message: string, howToGoOn: string, readonly reason?: string) {
		super(message, howToGoOn);
	}
}

/**
 * Answers a ticket with the words of a member of staff: a message like every other, checked by the rules, sent once and kept in the history, which
 * needs no second approval. On WhatsApp it is a free text, so the customer must have written within a day (RULES 30).
 * @throws AnswerRefused when the ticket is nobody's, was seen to meanwhile, or the rules let nothing through
 */
export async function answerTicket(given: Store, ticketId: number, text: string, who: string, now: Instant): Promise<QueuedMessage> {
	return await inTransaction(given.db, async (db) => {
		const store = { ...given, db };
		const ticket = await getTicket(store, ticketId);
		if (!ticket || !(await endTicket(store, ticketId, 'answered', who, undefined, now))) {
			throw new AnswerRefused('gone', `There is no open ticket ${ticketId}`, 'Somebody has seen to it meanwhile, or it is one of another shop.');
		}
		const item = await itemOf(store, ticket, now);
		const [checked] = await checkConsent(store, [item], { channels: [ticket.channel], choice: 'listed' }, now);
		if (checked instanceof CrmError) throw checked;
		if (checked.decision.outcome !== 'allow') throw new AnswerRefused('rules', `The answer may not be sent (${checked.decision.reason})`, 'Telephone the customer, and close the ticket.', checked.decision.reason);
		// What the customer wrote from is what is answered, and not another number of hers.
		const point = (await contactValues(store, [checked.decision.contactPointId as number])).get(checked.decision.contactPointId as number);
		if (point?.value !== ticket.sender) throw new AnswerRefused('otherAddress', 'The customer wrote from an address that is not the one that the shop writes to', 'Make it the preferred one of the customer, or telephone.');
		const [queued] = await queueItems(store, [{ ...item, ...checked, message: written(store, ticket, item, text) }], 'policy', now);
		if (queued instanceof CrmError) throw queued;
		if (!('message' in queued)) throw new AnswerRefused('waits', `The answer has to wait (${queued.decision.reason})`, 'Telephone the customer, and close the ticket.', queued.decision.reason);
		return queued.message;
	});
}

async function itemOf(store: Store, { id, customerId, channel }: Ticket, now: Instant): Promise<CrmItem> {
	if (!WRITTEN.includes(channel)) throw new AnswerRefused('notWritten', `A ticket of the channel ${channel} has no written answer`, 'Telephone the customer, and close the ticket.');
	const [customer] = customerId === undefined ? [] : await getCustomers(store, [{ id: customerId }]);
	if (!customer) throw new AnswerRefused('nobody', `Nobody knows whose ticket ${id} is`, 'Say whose it is first, or telephone, and close the ticket.');
	const today = shopToday(store.shop, now);
	return {
		customer: itemCustomer(customer, store.shop),
		// A ticket is answered once, so its number tells this answer from every other one.
		occasion: { kind: STAFF_ANSWER, dueOn: today, stage: id, class: 'service', daysLate: 0, expiresOn: plusDays(today, GOOD_FOR_DAYS) },
	};
}

function written({ shop }: Store, { channel }: Ticket, { customer }: CrmItem, body: string): ItemMessage {
	const texts = loadTexts<typeof import('../../templates/it/questions.json')>('questions', customer.language);
	const subject = channel === 'email' || channel === 'push' ? fill(texts.subject, { shop: shop.name }) : undefined;
	const draft = { channel, subject, body, language: customer.language, formality: customer.formality, class: 'service' as const, shop };
	return { channel, class: 'service', language: customer.language, templateId: STAFF_ANSWER, templateVersion: 1, body, ...compose(draft) };
}
