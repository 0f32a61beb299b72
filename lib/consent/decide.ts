import type { ChannelVerdict, CustomerFacts, Decision, DecisionRequest } from '../domain/consent';
import type { Channel } from '../domain/glossary';
import { ALLOWED_ON, basisOf, purposeOf } from './basis';
import { consentFor } from './consentFor';
import { contactPointFor } from './contactPoint';
import { consentFacts } from './facts';
import { REASONS, type ReasonCode } from './reasons';
import { RULES, RULES_VERSION } from './registry';
import { checkRequest } from './request';
import type { Facts, RuleContext, ShopRules } from './rule';

/**
 * Decides whether, and on which channel, a customer may be written to. Source: RULES.
 *
 * The channels are tried in the order given and the first that is allowed is taken. When none is, the decision carries the verdict of the first:
 * the one most wanted. `tried` holds every verdict taken, with ids, dates and codes only.
 * @throws CrmError for a request that the rules could misread, such as one without a channel, or at `send` without the facts of the text
 */
export function decide(request: DecisionRequest, customer: CustomerFacts, shop: ShopRules): Decision {
	checkRequest(request);
	const tried: ChannelVerdict[] = [];
	for (const channel of request.channels) {
		tried.push(verdictFor(contextOf(request, customer, shop, channel)));
		if (tried[tried.length - 1].outcome === 'allow') break;
	}
	const verdict = tried.find(({ outcome }) => outcome === 'allow') ?? tried[0];
	return {
		...verdict,
		class: request.class,
		purpose: purposeOf(request),
		moment: request.moment,
		rulesVersion: RULES_VERSION,
		decidedAt: request.now,
		tried,
	};
}

function contextOf(request: DecisionRequest, customer: CustomerFacts, shop: ShopRules, channel: Channel): RuleContext {
	const purpose = purposeOf(request);
	const contactPoint = contactPointFor(customer.contactPoints, channel);
	const consent = consentFor(customer.consents, channel, purpose, request.now, contactPoint?.id);
	return { request, customer, shop, channel, purpose, basis: basisOf(request, shop.policy), contactPoint, consent };
}

function verdictFor(context: RuleContext): ChannelVerdict {
	for (const { id, reason, check } of RULES) {
		const facts = check(context);
		if (facts) return verdict(context, reason, id, facts);
	}
	const { reason, rule } = ALLOWED_ON[context.basis];
	return verdict(context, reason, rule, context.basis === 'consent' ? consentFacts(context.consent) : {});
}

function verdict({ channel, contactPoint, basis }: RuleContext, reason: ReasonCode, rule: string, facts: Facts): ChannelVerdict {
	return { channel, outcome: REASONS[reason].outcome, reason, rule, legalBasis: basis, contactPointId: contactPoint?.id, facts };
}
