import type { InboundEvent } from '../../lib/domain/inbound';
import type { Instant } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { recordTemplateEvents, type WhatsAppAlert } from '../../lib/store/whatsApp/whatsAppAccount';
import { openWhatsAppWindows } from '../../lib/store/whatsApp/whatsAppWindows';

/**
 * Takes in what only WhatsApp has: the windows that customers' messages open, and what Meta says of templates and of the account. Replies, delivery
 * states and preferences are taken in as those of every channel.
 * @returns what somebody should look at
 */
export async function takeInWhatsAppEvents(store: Store, events: readonly InboundEvent[], now: Instant): Promise<WhatsAppAlert[]> {
	const heard = events.filter((event) => event.kind === 'reply').filter(({ channel, opensWindow }) => channel === 'whatsapp' && opensWindow !== false);
	const told = events.filter((event) => event.kind === 'template');
	if (heard.length > 0) await openWhatsAppWindows(store, heard, now);
	return told.length > 0 ? await recordTemplateEvents(store, told) : [];
}
