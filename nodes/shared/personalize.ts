import { costOf } from '../../lib/channels/cost';
import { basisOf } from '../../lib/consent/basis';
import { refusalUrl, signRefusal, signShortRefusal } from '../../lib/consent/refusalLink';
import { surveyUrl } from '../../lib/consent/surveyLink';
import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel } from '../../lib/domain/glossary';
import type { CrmItem, ItemCustomer, ItemMessage, ItemOccasion } from '../../lib/domain/item';
import type { MessageExtra } from '../../lib/domain/messageExtra';
import type { OwnTemplate } from '../../lib/domain/ownTemplate';
import type { Shop } from '../../lib/domain/shop';
import { daysBetween } from '../../lib/domain/time';
import type { AccountTemplate } from '../../lib/domain/whatsApp';
import { compose } from '../../lib/messages/compose';
import { senderFacts } from '../../lib/messages/facts';
import { loadTemplate, templateIdOf } from '../../lib/messages/load';
import { isPersonal, remarksOn, type Remark } from '../../lib/messages/remarks';
import { renderMessage } from '../../lib/messages/render';
import { gsmSafe, smsLength, type SmsLength } from '../../lib/messages/sms';
import type { Template } from '../../lib/messages/template';
import { declaredValues, type MessageVariables } from '../../lib/messages/values';
import { whatsAppUse } from '../../lib/messages/whatsApp';
import type { Store } from '../../lib/store/open';

/** What the panel says about the texts; the same for all items. */
export interface WritingSettings {
	/** The shop's own templates. */
	own?: readonly OwnTemplate[];
	/** What the shop's WhatsApp account has: Meta's category of a template, and where its buttons lead. */
	account?: readonly AccountTemplate[];
	/** Writes an SMS with the signs that take the least room. */
	plainSms?: boolean;
}

/** Also what a preview is reckoned with. */
export interface PreviewSettings extends WritingSettings {
	/** The channel of items that bring no decision. */
	channel?: Channel;
}

/** What the node adds to an item when it is only to be looked at. */
export interface MessagePreview extends ItemMessage {
	remarks: Remark[];
	/** What it costs outside of the shop, by the shop's prices; of a letter of one page, a call as long as usual. */
	cents: number;
	/** How an SMS is counted. */
	sms?: SmsLength;
}

/** A text that can be written for one item, and written again in other words. */
export interface Writing<Text extends ItemMessage = ItemMessage> {
	template: Template;
	variables: MessageVariables;
	channel: Channel;
	/**
	 * @param body stands in place of the template's text, with all values filled in
	 * @throws CrmError when the text cannot leave so
	 */
	write(body?: string): Text;
}

type Shopkeeper = Pick<Store, 'shop' | 'secret'>;

/** Where a link is of no use: in a chat one answers, and on the telephone one says it. */
const WITHOUT_LINK: readonly Channel[] = ['whatsapp', 'whatsappLinked', 'call'];

/**
 * The message for one customer on the channel that was decided.
 * @param templateId which template; empty: the one named like the occasion's kind, or like its kind and stage
 * @throws CrmError when the template is unknown, a variable or the shop's contact is missing, or the text is of another class than
 * consent was checked for
 */
export function personalize(store: Shopkeeper, item: CrmItem, templateId: string, settings: WritingSettings = {}): ItemMessage {
	return messageWriting(store, item, templateId, settings).write();
}

/**
 * The same, to be written once or more.
 * @throws CrmError when the template is unknown
 */
export function messageWriting(store: Shopkeeper, item: CrmItem, templateId: string, settings: WritingSettings): Writing {
	const asking = withSurvey(item, ({ id = 0 }) => surveyUrl(customerPage(store.shop), { shopCode: store.shop.code, customerId: item.customer.id, occasionId: id }, store.secret));
	return writing(store.shop, asking, templateOf(store, item, (item.decision as Decision).channel, templateId, settings), () => refusalLink(item, store), settings);
}

function writing(shop: Shop, item: CrmItem, template: Template, link: () => string, settings: WritingSettings): Writing {
	const decision = item.decision as Decision;
	const variables = variablesOf(item, shop, decision.channel);
	return { template, variables, channel: decision.channel, write: (body) => written(shop, decision, template, variables, link, settings, body) };
}

function written(
	shop: Shop, { channel, class: messageClass, legalBasis }: Decision, template: Template, variables: MessageVariables, link: () => string, { plainSms, account }: WritingSettings, otherBody?: string,
): ItemMessage {
	if (template.class !== messageClass) {
		throw new CrmError(
			`The template "${template.id}" is a ${template.class} message, but consent was checked for a ${messageClass} one`,
			'Choose a template of the same class, or check consent for the class of the template.',
		);
	}
	const { subject, preheader, body: ownBody } = renderMessage(template, variables);
	const text = otherBody ?? ownBody;
	const body = channel === 'sms' && plainSms ? gsmSafe(text) : text;
	const url = messageClass === 'service' || WITHOUT_LINK.includes(channel) ? undefined : link();
	const composed = compose({
		channel,
		subject,
		preheader,
		body,
		language: template.locale,
		formality: variables.customer.formality,
		class: template.class,
		basis: legalBasis,
		shop: channel === 'sms' && plainSms ? { ...shop, name: gsmSafe(shop.name) } : shop,
		refusalUrl: url,
		extra: extraOf(channel, template, variables, account),
		whatsApp: template.whatsApp,
	});
	checkText(composed.text, shop, url, template, channel);
	return {
		channel,
		class: template.class,
		intent: template.intent,
		language: template.locale,
		templateId: template.id,
		templateVersion: template.version,
		...composed,
		...(channel === 'email' && { preheader }),
		body,
		refusalUrl: url,
	};
}

/** Seen here, and not when the staff have approved it: the consent check at the sending would block it for good (rules 4 and 6). */
function checkText(text: string, shop: Shop, url: string | undefined, template: Template, channel: Channel): void {
	const { namesSender, offersRefusal } = senderFacts(text, shop, url, channel);
	if (!namesSender) {
		throw new CrmError(
			`The shop "${shop.code}" has no contact that the message could name`,
			'Enter its e-mail, phone or street and town with Optical CRM > Shop > Create or Update.',
		);
	}
	if (!offersRefusal && template.class !== 'service') {
		throw new CrmError(`The template "${template.id}" (${channel}) tells nobody how to refuse further messages (rule 4)`, 'Say it in the text, for example: Rispondi STOP.');
	}
}

/** What the channel needs besides the text. */
function extraOf(channel: Channel, template: Template, variables: MessageVariables, account?: readonly AccountTemplate[]): MessageExtra | undefined {
	const { questions, link } = template;
	// The shop's own phone knows no templates of Meta: there the text goes as it is.
	if (channel === 'whatsapp') return { whatsApp: whatsAppUse(template, variables, account) };
	if (questions) return { call: { questions } };
	if (link === undefined) return undefined;
	const [group, field] = link.split('.');
	const address = declaredValues(template, variables)[group][field] as string | undefined;
	return address === undefined ? undefined : { push: { link: address } };
}

/**
 * A message as it would be, and what should be looked at before many are written. An item without a decision is taken as allowed.
 * @throws CrmError when the template is unknown
 */
export function previewWriting(store: Shopkeeper, item: CrmItem, templateId: string, settings: PreviewSettings): Writing<MessagePreview> {
	const { class: messageClass } = item.occasion;
	const decision = item.decision ?? ({ channel: settings.channel ?? 'email', class: messageClass, legalBasis: basisOf(item.occasion, store.shop.policy) } as Decision);
	const template = templateOf(store, item, decision.channel, templateId, settings);
	// The page alone: a link that refuses for somebody stands in no text that is only looked at.
	const asking = withSurvey({ ...item, decision }, () => customerPage(store.shop));
	const message = writing(store.shop, asking, template, () => customerPage(store.shop), settings);
	return { ...message, write: (body) => looked(message.write(body), message, store.shop) };
}

function looked(message: ItemMessage, { template, variables }: Writing, shop: Shop): MessagePreview {
	const remarks = remarksOn(message, isPersonal(template, variables));
	const sms = message.channel === 'sms' ? smsLength(message.text) : undefined;
	const { mills } = costOf({ ...message, segments: sms?.segments }, shop.prices);
	return { ...message, remarks, cents: mills / 10, ...(sms && { sms }) };
}

function templateOf({ shop }: Pick<Store, 'shop'>, { customer, occasion }: CrmItem, channel: Channel, templateId: string, { own = [] }: WritingSettings): Template {
	return loadTemplate(templateId || templateIdOf(occasion, channel, own), channel, addressed(customer, shop).language, shop.language, own);
}

function variablesOf(item: CrmItem, shop: Shop, channel: Channel): MessageVariables {
	const { customer, occasion, appointment, order, quote, offer, household, link } = item;
	return { customer: addressed(customer, shop), occasion: asRead(occasion, channel), shop, appointment, order, quote, offer, household, link };
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

/** The link of a survey is made for this very occasion, unless the workflow brings one. */
function withSurvey(item: CrmItem, link: (occasion: ItemOccasion) => string): CrmItem {
	return item.occasion.kind === 'survey' && item.link?.survey === undefined ? { ...item, link: { ...item.link, survey: link(item.occasion) } } : item;
}

/** Short where each sign is paid for or typed; mailboxes take the long one. */
function refusalLink({ customer, decision }: CrmItem, { shop, secret }: Shopkeeper): string {
	const { contactPointId, channel, purpose } = decision as Decision;
	const page = customerPage(shop);
	const claim = { shopCode: shop.code, customerId: customer.id, contactPointId: contactPointId as number, channel, purpose };
	return refusalUrl(page, channel === 'email' ? signRefusal(claim, secret) : signShortRefusal(claim, secret));
}

function customerPage(shop: Shop): string {
	if (shop.customerPageUrl) return shop.customerPageUrl;
	throw new CrmError(
		`The shop "${shop.code}" has no customer page, so the message can hold no refusal link`,
		'Activate a workflow with a Customer Reply Trigger and enter its production URL with Optical CRM > Shop > Create or Update > Customer Page URL.',
	);
}
