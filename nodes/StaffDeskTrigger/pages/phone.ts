import { dayLimit } from '../../../lib/channels/linkedDevice/pace';
import { renderPhone } from '../../../lib/desk/phone/page';
import { linkedSender, type LinkedDevice } from '../../../lib/domain/linkedDevice';
import { shopToday } from '../../../lib/domain/shop';
import { findLinkedDevice } from '../../../lib/store/linkedDevice/device';
import { readSender } from '../../../lib/store/senders';
import type { Page } from '../../../lib/web/page';
import { qrGif } from '../../../lib/web/qr';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** How the shop's phone stands, for the lead. */
export async function showPhone(desk: DeskContext, session: StaffSession, view: ShownView, badNumber?: string): Promise<Page> {
	const device = await findLinkedDevice(desk.store, desk.now);
	return renderPhone({
		...frameOf(desk, session, view, 'phone'), device, badNumber,
		...(device?.qr !== undefined && { picture: qrGif(device.qr) }),
		...(device?.linkedAt !== undefined && { sent: await sentToday(desk, device, device.linkedAt) }),
	});
}

async function sentToday({ store, now }: DeskContext, { number }: LinkedDevice, linkedAt: string): Promise<{ today: number; limit: number }> {
	const { day, dayCount } = await readSender(store.db, store, linkedSender(number));
	return { today: day === shopToday(store.shop, now) ? dayCount : 0, limit: dayLimit(linkedAt, now) };
}
