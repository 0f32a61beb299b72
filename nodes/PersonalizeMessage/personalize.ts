import { refusalUrl, signRefusal } from '../../lib/consent/refusalLink';
import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel } from '../../lib/domain/glossary';
import type { CrmItem, ItemCustomer, ItemMessage, ItemOccasion } from '../../lib/domain/item';
import type { OwnTemplate } from '../../lib/domain/ownTemplate';
import type { Shop } from '../../lib/domain/shop';
import { daysBetween } from '../../lib/domain/time';
import { composeEmail } from '../../lib/messages/email';
import { namesSender } from '../../lib/messages/facts';
import { loadTemplate, templateIdOf } from '../../lib/messages/load';
import { isPersonal, remarksOn, type Remark } from '../../lib/messages/remarks';
import { renderMessage } from '../../lib/messages/render';
import type { Template } from '../../lib/messages/template';
import type { Store } from '../../lib/store/open';

/** What the node adds to an item when it is only to be looked at. */
export interface MessagePreview extends ItemMessage {
	remarks: Remark[];
}

/**
 * The message for one customer on the channel that was decided.
 * @param templateId which template; empty: the one named like the occasion's kind, or like its kind and stage
 * @param own the shop's own templates
 * @throws CrmError when the template is unknown, a variable or the shop's contact is missing, or the text is of another class than
 * consent was checked for
 */
export function personalize(store: Pick<Store, 'shop' | 'secret'>, item: CrmItem, templateId: string, own: readonly OwnTemplate[] = []): ItemMessage {
	return written(store.shop, item, templateOf(store, item, (item.decision as Decision).channel, templateId, own), () => refusalLink(item, store));
}

function written(shop: Shop, item: CrmItem, template: Template, link: () => string): ItemMessage {
	const { customer: given } = item;
	const occasion = asRead(item.occasion, template.channel);
	const decision = item.decision as Decision;
	const customer = addressed(given, shop);
	if (template.class !== decision.class) {
		throw new CrmError(
			`The template "${template.id}" is a ${template.class} message, but consent was checked for a ${decision.class} one`,
			'Choose a template of the same class, or check consent for the class of the template.',
		);
	}
	const { subject, preheader, body } = renderMessage(template, { customer, occasion, shop });
	const url = decision.class === 'service' ? undefined : link();
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
	if (!namesSender(email.text, shop)) {
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

/**
 * A message as it would be, and what should be looked at before many are written. An item without a decision is taken as allowed by e-mail.
 * @throws CrmError as `personalize`
 */
export function previewMessage(store: Pick<Store, 'shop' | 'secret'>, item: CrmItem, templateId: string, own: readonly OwnTemplate[] = []): MessagePreview {
	const { class: messageClass } = item.occasion;
	const decision = item.decision ?? ({ channel: 'email', class: messageClass } as Decision);
	const template = templateOf(store, item, decision.channel, templateId, own);
	// The page alone: a link that refuses for somebody stands in no text that is only looked at.
	const message = written(store.shop, { ...item, decision }, template, () => customerPage(store.shop));
	const isAboutReader = isPersonal(template, { customer: addressed(item.customer, store.shop), occasion: item.occasion, shop: store.shop });
	return { ...message, remarks: remarksOn(message, isAboutReader) };
}

function templateOf({ shop }: Pick<Store, 'shop'>, { customer, occasion }: CrmItem, channel: Channel, templateId: string, own: readonly OwnTemplate[]): Template {
	return loadTemplate(templateId || templateIdOf(occasion, channel, own), channel, addressed(customer, shop).language, shop.language, own);
}

/** A message that waits for its day is read on that day. A letter is read when the post brings it: its text may say that it is ahead. */
function asRead(occasion: ItemOccasion, channel: Channel): ItemOccasion {
	const { dueOn, leavesOn } = occasion;
	return leavesOn === undefined || channel === 'letter' ? occasion : { ...occasion, daysLate: daysBetween(dueOn, leavesOn) };
}

/** A consultant's own source may leave language and formality to the shop. */
function addressed(customer: ItemCustomer, shop: Shop): ItemCustomer {
	return { ...customer, language: customer.language ?? shop.language, formality: customer.formality ?? shop.formality };
}

function refusalLink({ customer, decision }: CrmItem, { shop, secret }: Pick<Store, 'shop' | 'secret'>): string {
	const { contactPointId, channel, purpose } = decision as Decision;
	const page = customerPage(shop);
	return refusalUrl(page, signRefusal({ shopCode: shop.code, customerId: customer.id, contactPointId: contactPointId as number, channel, purpose }, secret));
}

function customerPage(shop: Shop): string {
	if (shop.customerPageUrl) return shop.customerPageUrl;
	throw new CrmError(
		`The shop "${shop.code}" has no customer page, so the message can hold no refusal link`,
		'Activate a workflow with a Customer Reply Trigger and enter its production URL with Optical CRM > Shop > Create or Update > Customer Page URL.',
	);
}
