import type { ChannelVerdict, DecisionRequest } from '../domain/consent';
import type { ChannelHistory, CustomerFacts } from '../domain/consentFacts';
import type { ConsentPolicy } from '../domain/consentPolicy';
import type { Channel } from '../domain/glossary';

/** What a channel is like, by rough experience of small shops. Ours: to be replaced by the shop's own figures one day. */
interface ChannelWorth {
	/** Share of messages that are noticed. */
	reach: number;
	/** What one message costs outside of the shop. Cents. */
	cents: number;
	/** What it takes of the staff beyond a look at the text. Minutes. */
	staffMinutes: number;
}

export const CHANNEL_WORTH: Record<Channel, ChannelWorth> = {
	whatsapp: { reach: 0.9, cents: 7, staffMinutes: 0 },
	whatsappLinked: { reach: 0.9, cents: 0, staffMinutes: 1 },
	sms: { reach: 0.9, cents: 8, staffMinutes: 0 },
	email: { reach: 0.6, cents: 0, staffMinutes: 0 },
	push: { reach: 0.4, cents: 0, staffMinutes: 0 },
	call: { reach: 0.7, cents: 5, staffMinutes: 5 },
	letter: { reach: 0.8, cents: 130, staffMinutes: 4 },
};

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
export function scoreOf(channel: Channel, history: ChannelHistory | undefined, { contactWorthCents, staffMinuteCents }: Pick<ConsentPolicy, 'contactWorthCents' | 'staffMinuteCents'>): number {
	const { reach, cents, staffMinutes } = CHANNEL_WORTH[channel];
	const answers = (1 + (history?.answered ?? 0)) / (1 + (history?.failed ?? 0));
	const expected = reach * Math.min(MOST_FROM_HISTORY, Math.max(1 / MOST_FROM_HISTORY, answers));
	return Math.round(expected * contactWorthCents - cents - staffMinutes * staffMinuteCents);
}

/** Of verdicts that allow, the one of the customer's own channel, else the best by score; of two alike the one that is listed first. */
export function bestOf(allowed: readonly ChannelVerdict[], { preferredChannel, history }: CustomerFacts, policy: ConsentPolicy): ChannelVerdict | undefined {
	const preferred = allowed.find(({ channel }) => channel === preferredChannel);
	if (preferred) return preferred;
	const score = ({ channel }: ChannelVerdict) => scoreOf(channel, history?.[channel], policy);
	return allowed.reduce<ChannelVerdict | undefined>((best, verdict) => (best && score(best) >= score(verdict) ? best : verdict), undefined);
}
