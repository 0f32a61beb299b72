import type { Outcome } from '../domain/consent';

/** What a reason code decides, and the ids of the rules that give it. The words for the staff are in `templates/<locale>/reasons.json`. */
interface Reason {
	outcome: Outcome;
	/** `BASIS` is the table "Legal basis by purpose and channel" of RULES. Empty: given elsewhere, as told in `elsewhere`. */
	rules: readonly string[];
	elsewhere?: string;
}

/** Every reason code of RULES. A code is never renamed: decisions that were recorded years ago are explained by it. */
export const REASONS = {
	SUBJECT_DECEASED: { outcome: 'block', rules: ['R01'] },
	MINOR: { outcome: 'block', rules: ['R02', 'R25c'] },
	OBJECTED: { outcome: 'block', rules: ['R03', 'R17'] },
	OPTOUT_MISSING: { outcome: 'block', rules: ['R04'] },
	NOTICE_MISSING: { outcome: 'block', rules: ['R05'] },
	SENDER_HIDDEN: { outcome: 'block', rules: ['R06'] },
	CONSENT_MISSING: { outcome: 'block', rules: ['R07', 'R18'] },
	CONSENT_NOT_SPECIFIC: { outcome: 'block', rules: ['R09'] },
	CONSENT_REQUEST_IS_MARKETING: { outcome: 'block', rules: ['R10'] },
	SURVEY_NO_CONSENT: { outcome: 'block', rules: ['R11'] },
	PROOF_WEAK: { outcome: 'block', rules: ['R12'] },
	HEALTH_CONSENT_MISSING: { outcome: 'block', rules: ['R13'] },
	HEALTH_IN_BODY: { outcome: 'block', rules: ['R14'] },
	RETENTION_EXPIRED: { outcome: 'block', rules: ['R15'] },
	RECALL_NO_CONSENT: { outcome: 'block', rules: ['R16'] },
	CONSENT_EXPIRED: { outcome: 'block', rules: ['C02', 'C04'] },
	CONTACT_INVALID: { outcome: 'block', rules: ['C01'] },
	CALL_HOURS: { outcome: 'block', rules: ['R19'] },
	RPO_STALE: { outcome: 'block', rules: ['R20a'] },
	RPO_LISTED: { outcome: 'block', rules: ['R20b'] },
	DUPLICATE: { outcome: 'block', rules: ['R25a', 'R26'] },
	UNSUB_HEADERS: { outcome: 'block', rules: ['R27'] },
	HARD_BOUNCE: { outcome: 'block', rules: ['R28a'] },
	WA_OPTIN_MISSING: { outcome: 'block', rules: ['R29'] },
	WA_WINDOW_CLOSED: { outcome: 'block', rules: ['R30'] },
	WA_CATEGORY: { outcome: 'block', rules: ['R31'] },
	WA_TEMPLATE_STATE: { outcome: 'block', rules: ['R32'] },
	UNOFFICIAL_MARKETING: { outcome: 'block', rules: ['R39a'] },
	UNOFFICIAL_COLD: { outcome: 'block', rules: ['R39b'] },
	ALIAS_UNREGISTERED: { outcome: 'block', rules: ['R40'] },
	APPROVAL_MISSING: { outcome: 'block', rules: [], elsewhere: 'Send Message, for a message that nobody approved' },
	APPROVAL_STALE: { outcome: 'block', rules: [], elsewhere: 'Send Message, when text, recipient or consent changed after the approval' },
	ROLLOUT_PHASE: { outcome: 'block', rules: [], elsewhere: 'Rollout Gate, before the step is open' },
	HOLDOUT: { outcome: 'block', rules: [], elsewhere: 'Rollout Gate, for customers who are deliberately not contacted' },
	BRAKE_OPTOUTS: { outcome: 'defer', rules: [], elsewhere: 'Rollout Gate and Send Message, while too many refuse what a campaign sends' },
	BRAKE_COMPLAINTS: { outcome: 'defer', rules: [], elsewhere: 'Rollout Gate and Send Message, while too many report what a campaign sends as spam' },
	BRAKE_BOUNCES: { outcome: 'defer', rules: [], elsewhere: 'Rollout Gate and Send Message, while too much of what a campaign sends comes back' },
	BRAKE_REJECTED: { outcome: 'defer', rules: [], elsewhere: 'Rollout Gate and Send Message, while the staff hold too much of a campaign back' },
	BRAKE_SATISFACTION: { outcome: 'defer', rules: [], elsewhere: 'Rollout Gate and Send Message, while too many who got a campaign are not satisfied' },
	BRAKE_WHATSAPP: { outcome: 'defer', rules: [], elsewhere: 'Rollout Gate and Send Message, while Meta rates the shop\'s number red' },
	WEBHOOK_BAD_SIG: { outcome: 'block', rules: [], elsewhere: 'Customer Reply Trigger, for a call that the provider did not sign' },
	ALLOW_CONSENT: { outcome: 'allow', rules: ['R07'] },
	ALLOW_CONTRACT: { outcome: 'allow', rules: ['BASIS'] },
	ALLOW_INTEREST: { outcome: 'allow', rules: ['R17'] },
	ALLOW_REQUEST: { outcome: 'allow', rules: ['R16'] },
	SOFT_SPAM: { outcome: 'allow', rules: ['R08'] },
	RETRY_LATER: { outcome: 'defer', rules: ['R28b'] },
	WA_LIMIT: { outcome: 'defer', rules: ['R33'] },
	FREQUENCY_CAP: { outcome: 'defer', rules: ['R23', 'R24', 'R25b'] },
	HOLIDAY: { outcome: 'defer', rules: ['R22'] },
	QUIET_HOURS: { outcome: 'defer', rules: ['R21'] },
	BASIS_UNCERTAIN: { outcome: 'review', rules: ['C03'] },
	OUTCOME_UNKNOWN: { outcome: 'review', rules: [], elsewhere: 'Send Message, when nobody knows whether a message left' },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;
