import { csrfToken } from '../../lib/desk/login/session';
import type { DeskFrame } from '../../lib/desk/state';
import type { ListPage } from '../../lib/desk/view';
import { CHANNELS } from '../../lib/domain/glossary';
import { rehearsalAddress, shopToday } from '../../lib/domain/shop';
import type { DeskContext, ShownView, StaffSession } from './context';

/** What every page for this member of staff knows. */
export function frameOf({ store: { shop }, language, now }: DeskContext, { token, staff, role }: StaffSession, { flash, ...here }: ShownView, section?: ListPage): DeskFrame {
	return {
		language,
		shopName: shop.name,
		timeZone: shop.timeZone,
		today: shopToday(shop, now),
		rehearsal: shop.rehearsalDate !== undefined,
		...(shop.rehearsal && { rehearsedSending: { to: CHANNELS.map((channel) => rehearsalAddress(shop, channel)).filter((address, place, all) => typeof address === 'string' && all.indexOf(address) === place) as string[] } }),
		userName: staff,
		role,
		...(shop.policy.whatsAppLinked && { hasPhone: true }),
		section,
		csrf: csrfToken(token),
		flash,
		here,
	};
}
