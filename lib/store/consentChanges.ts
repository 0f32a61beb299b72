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

/**
 * The records that a source adds to a customer's chain: only what is new. An export is a copy of what a shop program knew some day, so
 * - saying again what the chain says last adds nothing, unless it was said anew on a later day;
 * - nobody's withdrawal or objection is undone by a grant that is not later than it, or that has no date;
 * - a grant that is older than a denial adds nothing; a denial always counts, unless it is older than what the chain says last.
 */
export function newlyStated(
	customerId: number,
	stated: readonly StatedConsent[],
	chain: readonly ConsentRecord[],
	origin: ConsentOrigin,
	now: Instant,
): NewConsent[] {
	return stated.flatMap((consent) => {
		// The start of the day: whatever else was said on that day counts as later.
		const capturedAt = consent.capturedOn && `${consent.capturedOn}T00:00:00.000Z`;
		const last = chain.findLast(({ channel, purpose }) => channel === consent.channel && purpose === consent.purpose);
		const refusal = chain.findLast(
			(record) =>
				['withdrawn', 'objected'].includes(record.status) &&
				[consent.channel, 'any'].includes(record.channel) &&
				[consent.purpose, 'any'].includes(record.purpose),
		);
		if (last?.status === consent.status && (!capturedAt || capturedAt <= last.capturedAt)) return [];
		const before = refusal && last && refusal.sequence > last.sequence ? refusal : (last ?? refusal);
		if (before && consent.status === 'granted' && (!capturedAt || capturedAt <= before.capturedAt)) return [];
		if (before && consent.status === 'denied' && ['withdrawn', 'objected'].includes(before.status)) return [];
		if (before && capturedAt && capturedAt < before.capturedAt) return [];
		const { source, method, operator, noticeVersion, wordingVersion, evidence } = origin;
		return [
			{
				customerId,
				channel: consent.channel,
				purpose: consent.purpose,
				status: consent.status,
				legalBasis: 'consent',
				capturedAt: capturedAt ?? now,
				source,
				method,
				operator,
				noticeVersion,
				wordingVersion,
				evidence,
			},
		];
	});
}
