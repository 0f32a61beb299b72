import type { ConsentFact } from '../domain/consentFacts';
import { coversPurpose, isNo, type ConsentInForce } from './consentFor';
import type { RuleContext } from './rule';

/**
 * The record on which an e-mail about goods like those bought may go without consent: kept when the customer gave the address in a sale, was
 * informed, and did not refuse. Whoever ever said no to marketing by e-mail is out for good; so is who never bought, and every offer of something else.
 * Off unless the shop's policy allows it. Source: RULES 8; Codice privacy 130(4). That each message offers a refusal is rule 4, that the notice
 * covers it rule 5.
 */
export function softSpamRecord({ shop, channel, purpose, request, customer }: Omit<RuleContext, 'basis'>): ConsentInForce | undefined {
	if (!shop.policy.softSpam || channel !== 'email' || purpose !== 'marketing' || request.class !== 'promotional') return undefined;
	if (customer.contractUntil === undefined || request.uses?.purchaseOn === undefined) return undefined;
	const said = customer.consents.filter((record) => ['email', 'any'].includes(record.channel) && coversPurpose(record.purpose, purpose));
	if (said.some(({ status, withdrawnAt }) => isNo(status) || withdrawnAt !== undefined)) return undefined;
	const record = said.find((one) => isNoted(one, request.now));
	return record && { record, status: 'granted' };
}

function isNoted({ status, channel, purpose, legalBasis, capturedAt, effectiveTo }: ConsentFact, now: string): boolean {
	const ended = effectiveTo !== undefined && !(Date.parse(now) < Date.parse(effectiveTo));
	return status === 'granted' && channel === 'email' && purpose === 'marketing' && legalBasis === 'soft-spam' && Date.parse(capturedAt) <= Date.parse(now) && !ended;
}
