import type { Channel } from './glossary';

/** What leaves costs outside of the shop, in thousandths of a euro. The shop's own contract says; where it says nothing, `USUAL_PRICES` do. */
export interface Prices {
	/** For each part of an SMS. */
	smsSegment: number;
	/** WhatsApp is paid by the category of the template; an answer within 24 hours is free. */
	whatsAppMarketing: number;
	whatsAppUtility: number;
	whatsAppAuthentication: number;
	/** Paper and print. */
	letterPage: number;
	letterPostage: number;
	callMinute: number;
}

/** Rough figures of small shops in Italy. Ours. */
export const USUAL_PRICES: Prices = {
	smsSegment: 80,
	whatsAppMarketing: 70,
	whatsAppUtility: 35,
	whatsAppAuthentication: 35,
	letterPage: 100,
	letterPostage: 1200,
	callMinute: 10,
};

/** What one message takes of the staff, beside a look at its text. Minutes, rough figures of ours. */
export const STAFF_MINUTES: Record<Channel, number> = { email: 0, sms: 0, whatsapp: 0, whatsappLinked: 1, push: 0, call: 5, letter: 4 };
