import type { DecisionRequest } from '../domain/consent';
import type { CustomerFacts } from '../domain/consentFacts';
import { CrmError } from '../domain/errors';
import { CHANNELS, MESSAGE_CLASSES } from '../domain/glossary';
import { isLocalDate } from '../domain/time';

/**
 * Refuses a request that the rules could misread: what they do not know must not slip through them.
 * @throws CrmError naming the field
 */
export function checkRequest({ class: messageClass, channels, moment, text, today, now }: DecisionRequest, { contacts }: Pick<CustomerFacts, 'contacts'>): void {
	if (channels.length === 0) throw new CrmError('No channel was named to decide about.', `Choose at least one of ${CHANNELS.join(', ')}.`);
	if (!channels.every((channel) => CHANNELS.includes(channel))) {
		throw new CrmError('A channel to decide about is unknown.', `Use only ${CHANNELS.join(', ')}.`);
	}
	if (!MESSAGE_CLASSES.includes(messageClass)) {
		throw new CrmError('The class of the message is unknown or missing.', `Set occasion.class to one of ${MESSAGE_CLASSES.join(', ')}.`);
	}
	if (moment !== 'plan' && moment !== 'send') throw new CrmError('The moment of the decision is unknown.', 'Use plan or send.');
	if (moment === 'send' && !text) {
		throw new CrmError('A decision before sending needs the facts of the finished text.', 'Pass text with all its facts.');
	}
	if (moment === 'send' && !contacts) {
		throw new CrmError('A decision before sending needs what else the customer gets.', 'Pass the customer with contacts.');
	}
	if (!isLocalDate(today) || Number.isNaN(Date.parse(now))) {
		throw new CrmError('The day or the moment of the decision cannot be read.', 'Pass today as YYYY-MM-DD and now as an ISO instant in UTC.');
	}
}
