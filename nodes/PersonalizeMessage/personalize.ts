import { refusalUrl, signRefusal } from '../../lib/consent/refusalLink';
import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import type { OwnTemplate } from '../../lib/domain/ownTemplate';
import { composeEmail } from '../../lib/messages/email';
import { textFacts } from '../../lib/messages/facts';
import { loadTemplate, templateIdOf } from '../../lib/messages/load';
import { renderMessage } from '../../lib/messages/render';
import type { Store } from '../../lib/store/open';

/**
 * The message for one customer on the channel that was decided.
 * @param templateId which template; empty: the one named like the occasion's kind, or like its kind and stage
 * @param own the shop's own templates
 * @throws CrmError when the template is unknown, a variable or the shop's contact is missing, or the text is of another class than
 * consent was checked for
 */
export function personalize({ shop, secret }: Pick<Store, 'shop' | 'secret'>, item: CrmItem, templateId: string, own: readonly OwnTemplate[] = []): ItemMessage {
	const { customer: given, occasion } = item;
	const decision = item.decision as Decision;
	// A consultant's own source may leave these to the shop.
	const customer = { ...given, language: given.language ?? shop.language, formality: given.formality ?? shop.formality };
	const template = loadTemplate(templateId || templateIdOf(occasion, decision.channel, own), decision.channel, customer.language, shop.language, own);
	if (template.class !== decision.class) {
		throw new CrmError(
			`The template "${template.id}" is a ${template.class} message, but consent was checked for a ${decision.class} one`,
			'Choose a template of the same class, or check consent for the class of the template.',
		);
	}
	const { subject, preheader, body } = renderMessage(template, { customer, occasion, shop });
	const url = decision.class === 'service' ? undefined : refusalLink(item, decision, { shop, secret });
	const email = composeEmail({
		subject,
		preheader,
		body,
		language: template.locale,
		formality: customer.formality,
		class: template.class,
		shop,
		refusalUrl: url,
	});
	// Seen here, and not when the staff have approved it: the consent check at the sending would block it for good (rule 6).
	if (!textFacts(email.text, shop, url).namesSender) {
		throw new CrmError(
			`The shop "${shop.code}" has no contact that the message could name`,
			'Enter its e-mail, phone or street and town with Optical CRM > Shop > Create or Update.',
		);
	}
	return {
		channel: template.channel,
		class: template.class,
		intent: template.intent,
		language: template.locale,
		templateId: template.id,
		templateVersion: template.version,
		...email,
		preheader,
		body,
		refusalUrl: url,
	};
}

function refusalLink({ customer }: CrmItem, { contactPointId, channel, purpose }: Decision, { shop, secret }: Pick<Store, 'shop' | 'secret'>): string {
	if (!shop.customerPageUrl) {
		throw new CrmError(
			`The shop "${shop.code}" has no customer page, so the message can hold no refusal link`,
			'Activate a workflow with a Customer Reply Trigger and enter its production URL with Optical CRM > Shop > Create or Update > Customer Page URL.',
		);
	}
	const token = signRefusal({ shopCode: shop.code, customerId: customer.id, contactPointId: contactPointId as number, channel, purpose }, secret);
	return refusalUrl(shop.customerPageUrl, token);
}
