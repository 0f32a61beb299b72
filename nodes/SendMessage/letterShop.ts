import type { LetterWords } from '../../lib/channels/letter/letter';
import type { UfficioPostaleShop } from '../../lib/channels/letter/ufficioPostale';
import { shopToday, type Shop } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { loadTexts } from '../../lib/web/texts';
import { frameOf } from '../shared/letterBatch';

/** The shop as the sender of letters that somebody else prints and delivers. */
export function letterShop(shop: Shop, now: Instant): UfficioPostaleShop {
	const { name, street, postalCode, town, province, country, email } = shop;
	return {
		sender: { name, address: { street, postalCode, town, province, country }, ...(email && { email }) },
		frame: frameOf(shop, shopToday(shop, now)),
		words: loadTexts<LetterWords>('letter', shop.language),
		homeCountry: country,
		madeAt: now,
	};
}
