import type { Channel } from '../domain/glossary';
import type { MessageExtra } from '../domain/messageExtra';
import { STAFF_MINUTES, USUAL_PRICES, type Prices } from '../domain/prices';
import type { ProviderCost } from './channel';

/** What a message's cost goes by. */
export interface Priced {
	channel: Channel;
	extra?: MessageExtra;
	/** Parts of an SMS. */
	segments?: number;
	/** Of a letter; one where nobody counted. */
	pages?: number;
	/** How long the staff were on the telephone; what is usual where nobody looked at the clock. */
	minutes?: number;
	/** What the provider itself says, which wins. */
	said?: ProviderCost;
}

/** What one message costs. */
export interface Cost {
	/** Outside of the shop, in thousandths of a euro. */
	mills: number;
	staffSeconds: number;
}

/** @param prices what the shop has set; the rest is what is usual */
export function costOf(message: Priced, prices: Partial<Prices> = {}): Cost {
	const { channel, minutes = STAFF_MINUTES[channel] } = message;
	const mills = message.said?.mills ?? priceOf({ ...message, minutes }, { ...USUAL_PRICES, ...prices });
	return { mills: Math.round(mills), staffSeconds: Math.round(minutes * 60) };
}

function priceOf({ channel, extra, segments = 1, pages = 1, minutes = 0 }: Priced, prices: Prices): number {
	switch (channel) {
		case 'sms':
			return prices.smsSegment * segments;
		case 'whatsapp': {
			const of = { MARKETING: prices.whatsAppMarketing, UTILITY: prices.whatsAppUtility, AUTHENTICATION: prices.whatsAppAuthentication };
			return extra?.whatsApp ? of[extra.whatsApp.category] : 0;
		}
		case 'letter':
			return prices.letterPage * pages + prices.letterPostage;
		case 'call':
			return prices.callMinute * minutes;
		default:
			return 0;
	}
}
