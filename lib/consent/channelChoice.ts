import type { ChannelVerdict, DecisionRequest } from '../domain/consent';
import type { ChannelHistory, CustomerFacts } from '../domain/consentFacts';
import type { ConsentPolicy } from '../domain/consentPolicy';
import type { Channel } from '../domain/glossary';
import { STAFF_MINUTES, USUAL_PRICES, type Prices } from '../domain/prices';
import type { ShopRules } from './rule';

/** Share of messages that are noticed, by rough experience of small shops. Ours: to be replaced by the shop's own figures one day. */
export const REACH: Record<Channel, number> = { whatsapp: 0.9, whatsappLinked: 0.9, sms: 0.9, email: 0.6, push: 0.4, call: 0.7, letter: 0.8 };

/** Cents that one message costs outside of the shop: of an SMS of one part, a WhatsApp message of the dearest category, a letter of one page. */
function centsOf(channel: Channel, set: Partial<Prices> = {}): number {
	const prices = { ...USUAL_PRICES, ...set };
	const mills: Record<Channel, number> = {
		sms: prices.smsSegment, whatsapp: prices.whatsAppMarketing, letter: prices.letterPage + prices.letterPostage, call: prices.callMinute * STAFF_MINUTES.call,
		email: 0, push: 0, whatsappLinked: 0,
	};
	return mills[channel] / 10;
}

/** Few earlier answers change the picture by this factor at most, either way. */
const MOST_FROM_HISTORY = 2;

/**
 * The channels to try, the most wanted first and each once. What the customer asked for goes before what the workflow lists, and without
 * `fallback` it is the only one: whoever wants letters gets no SMS because the address is missing.
 */
export function candidates({ channels, fallback }: Pick<DecisionRequest, 'channels' | 'fallback'>, preferred: Channel | undefined): Channel[] {
	const listed = [...new Set(channels)];
	if (preferred === undefined || !listed.includes(preferred)) return listed;
	return fallback ? [preferred, ...listed.filter((channel) => channel !== preferred)] : [preferred];
}

/** Cents that a message on this channel is worth to the shop, less what it costs; negative where it costs more than it brings. */
export function scoreOf(
	channel: Channel, history: ChannelHistory | undefined, { contactWorthCents, staffMinuteCents }: Pick<ConsentPolicy, 'contactWorthCents' | 'staffMinuteCents'>, prices?: Partial<Prices>,
): number {
	const answers = (1 + (history?.answered ?? 0)) / (1 + (history?.failed ?? 0));
	const expected = REACH[channel] * Math.min(MOST_FROM_HISTORY, Math.max(1 / MOST_FROM_HISTORY, answers));
	return Math.round(expected * contactWorthCents - centsOf(channel, prices) - STAFF_MINUTES[channel] * staffMinuteCents);
}

/** Of verdicts that allow, the one of the customer's own channel, else the best by score; of two alike the one that is listed first. */
export function bestOf(allowed: readonly ChannelVerdict[], { preferredChannel, history }: CustomerFacts, { policy, prices }: Pick<ShopRules, 'policy' | 'prices'>): ChannelVerdict | undefined {
	const preferred = allowed.find(({ channel }) => channel === preferredChannel);
	if (preferred) return preferred;
	const score = ({ channel }: ChannelVerdict) => scoreOf(channel, history?.[channel], policy, prices);
	return allowed.reduce<ChannelVerdict | undefined>((best, verdict) => (best && score(best) >= score(verdict) ? best : verdict), undefined);
}
