import type { ConsentPolicy, DecisionRequest, LegalBasis } from '../domain/consent';
import { PURPOSE_OF_CLASS, type Purpose } from '../domain/glossary';
import type { ReasonCode } from './reasons';

export type { LegalBasis };

/** Bases that a record of the ledger may name; whatever else stands there is for a person to judge. */
export const RECORDED_BASES: readonly string[] = ['consent', 'request', 'soft-spam'] satisfies LegalBasis[];

/** How a message is allowed on each basis. */
export const ALLOWED_ON: Record<LegalBasis, { reason: ReasonCode; rule: string }> = {
	consent: { reason: 'ALLOW_CONSENT', rule: 'R07' },
	contract: { reason: 'ALLOW_CONTRACT', rule: 'BASIS' },
	'legitimate-interest': { reason: 'ALLOW_INTEREST', rule: 'R17' },
	request: { reason: 'ALLOW_REQUEST', rule: 'R16' },
	'soft-spam': { reason: 'SOFT_SPAM', rule: 'R08' },
};

/** The purpose that a message serves. Greetings and surveys are never a service, whatever class a workflow gives them (rules 11 and 17). */
export function purposeOf({ kind, class: messageClass }: Pick<DecisionRequest, 'kind' | 'class'>): Purpose {
	if (kind === 'birthday') return 'marketing';
	return kind === 'survey' ? 'survey' : PURPOSE_OF_CLASS[messageClass];
}

/** The basis that the message needs, unless a record offers another one. Source: RULES 7, 11, 16, 17 and the table "Legal basis by purpose and channel". */
export function basisOf(request: Pick<DecisionRequest, 'kind' | 'class'>, policy: ConsentPolicy): LegalBasis {
	const purpose = purposeOf(request);
	if (purpose === 'service') return 'contract';
	const needed = purpose === 'recall' ? policy.recallNeedsConsent : purpose === 'survey' ? policy.surveyNeedsConsent : request.kind !== 'birthday' || policy.birthdayIsMarketing;
	return needed === false ? 'legitimate-interest' : 'consent';
}
