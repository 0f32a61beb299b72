import type { ConsentRecord, NewConsent } from '../domain/consent';
import type { StatedConsent } from '../domain/customer';
import type { Instant } from '../domain/time';

/** Who says so: what every consent of one source has in common. */
export interface ConsentOrigin {
	/** For example `import` or `desk`. */
	source: string;
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
 * - nobody's refusal is undone by a grant without a day, and a withdrawal or objection is not softened to a mere denial.
 */
export function newlyStated(
	customerId: number,
	stated: readonly StatedConsent[],
	chain: readonly ConsentRecord[],
	origin: ConsentOrigin,
	now: Instant,
): NewConsent[] {
	return stated.flatMap(({ channel, purpose, status, capturedOn }) => {
		const capturedAt = capturedOn ? instantWithin(capturedOn, status, now) : now;
		const last = chain.findLast(
			(record) =>
				(record.channel === channel && record.purpose === purpose) ||
				// A refusal of everything speaks of this channel and purpose too.
				(REFUSALS.includes(record.status) && ['any', channel].includes(record.channel) && ['any', purpose].includes(record.purpose)),
		);
		if (last && capturedAt < last.capturedAt) return [];
		if (last?.status === status && (!capturedOn || capturedAt === last.capturedAt)) return [];
		const refused = last !== undefined && REFUSALS.includes(last.status);
		if (refused && last.status !== 'denied' && status === 'denied') return [];
		// A sync that says yes every night is no new yes: who refused is asked again, and the answer has its day.
		if (refused && status === 'granted' && !capturedOn) return [];
		return [{ ...origin, customerId, channel, purpose, status, legalBasis: 'consent', capturedAt }];
	});
}

/** Of a day only: a grant counts from its first moment, a refusal to its last, so that on the same day the refusal wins. */
export function instantWithin(day: string, status: string, now: Instant): Instant {
	if (!REFUSALS.includes(status)) return `${day}T00:00:00.000Z`;
	const endOfDay = `${day}T23:59:59.999Z`;
	return endOfDay < now ? endOfDay : now;
}
