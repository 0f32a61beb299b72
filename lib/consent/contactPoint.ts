import type { ContactPointFact } from '../domain/consentFacts';
import { CONTACT_POINT_OF_CHANNEL, type Channel } from '../domain/glossary';

/** Channels that reach a mobile line only. */
const MOBILE_ONLY: readonly Channel[] = ['sms', 'whatsapp', 'whatsappLinked'];

/**
 * The contact point that a channel uses: a valid one before one that is not, then the preferred one, then the oldest (lowest id).
 * A suppressed address is not skipped: to write to a second address of somebody who refused on the first is to get round the refusal.
 * @returns undefined when the customer has none that the channel could reach; an invalid one when all are invalid, so that a rule can say why
 */
export function contactPointFor(points: readonly ContactPointFact[], channel: Channel): ContactPointFact | undefined {
	return points
		.filter(({ kind, line }) => kind === CONTACT_POINT_OF_CHANNEL[channel] && (line === 'mobile' || !MOBILE_ONLY.includes(channel)))
		.sort((one, other) => rank(one, channel) - rank(other, channel) || one.id - other.id)[0];
}

function rank({ status, unreachable, preferred }: ContactPointFact, channel: Channel): number {
	return (status === 'valid' && !unreachable?.includes(channel) ? 0 : 2) + (preferred ? 0 : 1);
}
