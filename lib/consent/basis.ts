import type { ConsentPolicy, DecisionRequest } from '../domain/consent';
import { PURPOSE_OF_CLASS, type Purpose } from '../domain/glossary';
import type { ReasonCode } from './reasons';

/** What makes a message lawful: GDPR 6(1)(a), (b) and (f). */
export type LegalBasis = 'consent' | 'contract' | 'legitimate-interest';

/** How a message is allowed on each basis. */
export const ALLOWED_ON: Record<LegalBasis, { reason: ReasonCode; rule: string }> = {
	consent: { reason: 'ALLOW_CONSENT', rule: 'R07' },
	contract: { reason: 'ALLOW_CONTRACT', rule: 'BASIS' },
	'legitimate-interest': { reason: 'ALLOW_INTEREST', rule: 'R17' },
};

/** The purpose that a message serves. A birthday greeting is never a service, whatever class a workflow gives it (rule 17). */
export function purposeOf({ kind, class: messageClass }: Pick<DecisionRequest, 'kind' | 'class'>): Purpose {
	return kind === 'birthday' ? 'marketing' : PURPOSE_OF_CLASS[messageClass];
}

/** The basis that the message needs. Source: RULES 7, 16, 17 and the table "Legal basis by purpose and channel". */
export function basisOf(request: Pick<DecisionRequest, 'kind' | 'class'>, policy: ConsentPolicy): LegalBasis {
	if (purposeOf(request) === 'service') return 'contract';
	return request.kind === 'birthday' && policy.birthdayIsMarketing === false ? 'legitimate-interest' : 'consent';
}
