import type { Outcome } from '../domain/consent';

/** What a reason code decides, and the ids of the rules that give it. The words for the staff are in `templates/<locale>/reasons.json`. */
interface Reason {
	outcome: Outcome;
	rules: readonly string[];
}

/**
 * Every reason code that a decision can carry today. `BASIS` is the table "Legal basis by purpose and channel" of RULES; `C01` and `C02`
 * are reasons that RULES lists under "Reason codes" without a number of their own.
 */
export const REASONS = {
	SUBJECT_DECEASED: { outcome: 'block', rules: ['R01'] },
	MINOR: { outcome: 'block', rules: ['R02'] },
	OBJECTED: { outcome: 'block', rules: ['R03', 'R17'] },
	OPTOUT_MISSING: { outcome: 'block', rules: ['R04'] },
	NOTICE_MISSING: { outcome: 'block', rules: ['R05'] },
	SENDER_HIDDEN: { outcome: 'block', rules: ['R06'] },
	CONSENT_MISSING: { outcome: 'block', rules: ['R07', 'R18'] },
	CONSENT_EXPIRED: { outcome: 'block', rules: ['C02'] },
	CONTACT_INVALID: { outcome: 'block', rules: ['C01'] },
	HARD_BOUNCE: { outcome: 'block', rules: ['R28'] },
	ALLOW_CONSENT: { outcome: 'allow', rules: ['R07'] },
	ALLOW_CONTRACT: { outcome: 'allow', rules: ['BASIS'] },
	ALLOW_INTEREST: { outcome: 'allow', rules: ['R17'] },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;
