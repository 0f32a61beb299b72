import type { ContactPointFact, ConsentFact } from '../domain/consentFacts';
import { PURPOSES } from '../domain/glossary';
import type { Instant } from '../domain/time';
import { consentFor } from './consentFor';
import { contactPointFor } from './contactPoint';

/**
 * Whether the customer has opted in to WhatsApp, for whatever purpose, by a wording that names the shop, and the opt-in still stands. For which
 * messages it counts is another question, which the purpose's own consent answers. Source: RULES 29;
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/getting-opt-in
 * @param naming ids of consents that were given by a wording which names the shop
 */
export function hasWhatsAppOptIn({ consents, contactPoints }: { consents: readonly ConsentFact[]; contactPoints: readonly ContactPointFact[] }, naming: ReadonlySet<number>, now: Instant): boolean {
	const contactPointId = contactPointFor(contactPoints, 'whatsapp')?.id;
	return PURPOSES.some((purpose) => {
		const said = consentFor(consents, 'whatsapp', purpose, now, contactPointId);
		return said?.status === 'granted' && said.record.channel === 'whatsapp' && naming.has(said.record.id);
	});
}
