import { refusalUrl, signRefusal } from '../../../../../lib/consent/refusalLink';
import type { Decision } from '../../../../../lib/domain/consent';
import type { CrmItem, ItemMessage } from '../../../../../lib/domain/item';
import { contactOf } from '../../../../../lib/messages/contact';
import type { Store } from '../../../../../lib/store/open';

/** Where refusal links lead while the shop has no page for them; nobody ever opens one of a forecast. */
const NO_PAGE = 'https://forecast.invalid/';

/** Writes what stands for the text of a contact that is not written: with all that the second consent check looks for in a text, and nothing of the customer. */
export function placeholders({ shop, secret }: Pick<Store, 'shop' | 'secret'>): (item: CrmItem) => ItemMessage {
	const { name, address, phone, email } = contactOf(shop);
	return ({ customer: { id: customerId, language }, occasion: { kind }, ...item }) => {
		const { channel, purpose, contactPointId, class: messageClass } = item.decision as Decision;
		const token = signRefusal({ shopCode: shop.code, customerId, contactPointId: contactPointId as number, channel, purpose }, secret);
		const link = refusalUrl(shop.customerPageUrl ?? NO_PAGE, token);
		const text = [kind, name, address, phone, email, link].filter(Boolean).join('\n');
		return { channel, class: messageClass, language, templateId: kind, templateVersion: 0, subject: kind, body: kind, text, refusalUrl: link };
	};
}
