import type { ConsentRecord, NewConsent } from '../domain/consent';
import type { StatedConsent } from '../domain/customer';
import type { Instant } from '../domain/time';

/** Who says so: what every consent of one source has in common. */
export interface ConsentOrigin {
	/** For example `import` or `desk`. */
	source: string;
	/** True where a consent without a day is one that the customer gives now; an export's may be of any time. */
	undatedMeansNow?: boolean;
	method?: string;
	operator?: string;
	noticeVersion?: string;
	wordingVersion?: string;
	evidence?: string;
}

const REFUSALS = ['denied', 'withdrawn', 'objected'];

/**
 * The records that a source adds to a customer's chain: only what is new. An export is a copy of what a shop program knew some day, so
 * - saying again what the chain says last adds nothing, unless it was said anew on a later day;
 * - what is older than what the chain says last adds nothing;
 * - nobody's withdrawal or objection is undone by a grant without a date, nor softened to a mere denial.
 */
export function newlyStated(
	customerId: number,
	stated: readonly StatedConsent[],
	chain: readonly ConsentRecord[],
	{ undatedMeansNow, ...origin }: ConsentOrigin,
	now: Instant,
): NewConsent[] {
	return stated.flatMap(({ channel, purpose, status, capturedOn }) => {
		const capturedAt = capturedOn ? instantWithin(capturedOn, status, now) : undatedMeansNow ? now : undefined;
		const last = chain.findLast(
			(record) =>
				(record.channel === channel && record.purpose === purpose) ||
				// A refusal of everything speaks of this channel and purpose too.
				(REFUSALS.includes(record.status) && ['any', channel].includes(record.channel) && ['any', purpose].includes(record.purpose)),
		);
		if (last && capturedAt && capturedAt < last.capturedAt) return [];
		if (last?.status === status && (!capturedOn || capturedAt === last.capturedAt)) return [];
		if (last && last.status !== 'denied' && REFUSALS.includes(last.status)) {
			if (status === 'denied' || (status === 'granted' && !capturedAt)) return [];
		}
		if (last?.status === 'denied' && status === 'granted' && !capturedAt) return [];
		return [{ ...origin, customerId, channel, purpose, status, legalBasis: 'consent', capturedAt: capturedAt ?? now }];
	});
}

/** Of a day only: a grant counts from its first moment, a refusal to its last, so that on the same day the refusal wins. */
function instantWithin(day: string, status: string, now: Instant): Instant {
	if (!REFUSALS.includes(status)) return `${day}T00:00:00.000Z`;
	const endOfDay = `${day}T23:59:59.999Z`;
	return endOfDay < now ? endOfDay : now;
}
