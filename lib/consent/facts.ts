import type { ConsentInForce } from './consentFor';
import type { Facts } from './rule';

/** What a decision keeps of the record it was taken from. */
export function consentFacts(consent: ConsentInForce | undefined): Facts {
	if (!consent) return { consentId: null };
	const { record: { id, capturedAt, source, method, noticeVersion }, status } = consent;
	return {
		consentId: id,
		status,
		capturedAt,
		source,
		...(method !== undefined && { method }),
		...(noticeVersion !== undefined && { noticeVersion }),
	};
}
