import type { ChannelVerdict, Decision, DecisionRequest } from '../domain/consent';
import type { PriorContact } from '../domain/consentFacts';
import { REASONS } from './reasons';
import type { Rule, RuleContext, ShopRules } from './rule';
import { capped, collided, householdReached, householdWaits } from './rules/pressure';

const PRESSURE: readonly Rule[] = [householdReached, capped, collided, householdWaits];

/**
 * Asks the caps and priorities once more at the moment at which a message takes its place, for what else got one since the decision. Source:
 * RULES 23-25. That an occasion has one message (rule 26) is the store's own key.
 * @param contacts what the customer gets by now, read in the transaction that stores the message
 * @returns the decision that holds it back, or undefined when the earlier one stands
 */
export function heldBack(decision: Decision, request: DecisionRequest, contacts: readonly PriorContact[], customerId: number, shop: ShopRules): Decision | undefined {
	const { channel, purpose, contactPointId, legalBasis } = decision;
	// These rules look at nothing else.
	const context = { request, customer: { customerId, contacts }, shop, channel, purpose, contactPoint: { id: contactPointId } } as unknown as RuleContext;
	for (const rule of PRESSURE) {
		const facts = rule.check(context);
		if (!facts) continue;
		const verdict: ChannelVerdict = {
			channel, legalBasis, contactPointId, outcome: REASONS[rule.reason].outcome, reason: rule.reason, rule: rule.id, facts,
			...(rule.retryAt && { retryAt: rule.retryAt(context) }),
		};
		const { id: _former, retryAt: _none, ...kept } = decision;
		return { ...kept, ...verdict, decidedAt: request.now, tried: [verdict] };
	}
	return undefined;
}
