/** Why the staff hold a message back; the words are in templates/<locale>/desk.json. */
export const REJECT_REASONS = ['wording', 'timing', 'inPerson', 'wrongData', 'other'] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A rejection as one text for the message's history: `timing`, or `timing: torna a maggio`. */
export function rejectionWhy({ reason, note }: { reason: RejectReason; note?: string }): string {
	return note ? `${reason}: ${note}` : reason;
}
