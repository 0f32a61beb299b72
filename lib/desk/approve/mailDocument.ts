import { withLogoInside, type ShopLogo } from '../../domain/shopLogo';
import { commonHeaders } from '../../web/headers';
import type { Page } from '../../web/page';

/**
 * The mail itself, for the frame on the message page. Its own styles are allowed, nothing else is: no script, no form, no picture
 * from elsewhere, and the sandbox gives it an origin of its own. Only a page of ours may frame it.
 *
 * @param html the whole HTML of the mail as it will arrive
 * @param logo of the shop, which the mail brings along
 */
export function previewDocument(html: string, logo?: ShopLogo): Page {
	return {
		status: 200,
		headers: {
			...commonHeaders('self'),
			'Content-Type': 'text/html; charset=utf-8',
			'Content-Security-Policy':
				"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
		},
		body: logo ? withLogoInside(html, logo) : html,
	};
}
