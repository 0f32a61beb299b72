import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

/** The words about customers; the Italian file is the model. */
export type CustomerTexts = typeof import('../../../templates/it/desk-customer.json');

/** The words of a customer's page, in one language. */
export function customerTexts(language: Language): CustomerTexts {
	return loadTexts<CustomerTexts>('desk-customer', language);
}
