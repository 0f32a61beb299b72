import { refusalUrl, signRefusal } from '../../../../../lib/consent/refusalLink';
import type { Decision } from '../../../../../lib/domain/consent';
import type { CrmItem, ItemMessage } from '../../../../../lib/domain/item';
import { contactOf } from '../../../../../lib/messages/contact';
import type { Store } from '../../../../../lib/store/open';

/** Where refusal links lead while the shop has no page for them; nobody ever opens one of a forecast. */
const NO_PAGE = 'https://forecast.invalid/';

/** Stands for the text of a contact that is not written: with all that the second consent check looks for in a text, and nothing of the customer. */
export function placeholder({ shop, secret }: Pick<Store, 'shop' | 'secret'>, { customer, occasion, ...item }: CrmItem): ItemMessage {
	const { channel, purpose, contactPointId, class: messageClass } = item.decision as Decision;
	const link = refusalUrl(
		shop.customerPageUrl ?? NO_PAGE,
		signRefusal({ shopCode: shop.code, customerId: customer.id, contactPointId: contactPointId as number, channel, purpose }, secret),
	);
	const { name, address, phone, email } = contactOf(shop);
	const text = [occasion.kind, name, address, phone, email, link].filter(Boolean).join('\n');
	return { channel, class: messageClass, language: customer.language, templateId: occasion.kind, templateVersion: 0, subject: occasion.kind, body: occasion.kind, text, refusalUrl: link };
}
