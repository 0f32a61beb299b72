import type { ChannelVerdict, Decision, DecisionRequest, Outcome } from '../domain/consent';
import type { CustomerFacts } from '../domain/consentFacts';
import type { Channel } from '../domain/glossary';
import { ALLOWED_ON, basisOf, purposeOf } from './basis';
import { bestOf, candidates } from './channelChoice';
import { consentFor } from './consentFor';
import { contactPointFor } from './contactPoint';
import { consentFacts } from './facts';
import { REASONS } from './reasons';
import { RULES, RULES_VERSION } from './registry';
import { checkRequest } from './request';
import type { Rule, RuleContext, ShopRules } from './rule';
import { softSpamRecord } from './softSpam';

/** Where no channel is allowed, the decision is the verdict that gives most hope. */
const BY_HOPE: readonly Outcome[] = ['defer', 'review', 'block'];

/**
 * Decides whether, when and on which channel a customer may be written to. Source: RULES.
 *
 * The channel that the customer asked for goes first, then those of the request. By `listed` the first that is allowed is taken, by `score` the
 * best of those allowed. When none is, the decision carries the verdict of one that is only put off, then of one that a person may judge, else
 * of the first. `tried` holds every verdict taken, with ids, dates and codes only.
 * @throws CrmError for a request that the rules could misread, such as one without a channel, or at `send` without the facts of the text
 */
export function decide(request: DecisionRequest, customer: CustomerFacts, shop: ShopRules): Decision {
	checkRequest(request, customer);
	const tried: ChannelVerdict[] = [];
	for (const channel of candidates(request, customer.preferredChannel)) {
		const verdict = verdictFor(contextOf(request, customer, shop, channel));
		tried.push(verdict);
		if (verdict.outcome === 'allow' && (request.choice !== 'score' || channel === customer.preferredChannel)) break;
	}
	const allowed = tried.filter(({ outcome }) => outcome === 'allow');
	const verdict = bestOf(allowed, customer, shop) ?? mostHopeful(tried);
	return {
		...verdict,
		class: request.class,
		purpose: purposeOf(request),
		moment: request.moment,
		rulesVersion: RULES_VERSION,
		...(request.uses && { uses: request.uses }),
		...(shop.policyVersion !== undefined && { policyVersion: shop.policyVersion }),
		decidedAt: request.now,
		tried,
	};
}

function mostHopeful(tried: readonly ChannelVerdict[]): ChannelVerdict {
	return [...tried].sort((one, other) => BY_HOPE.indexOf(one.outcome) - BY_HOPE.indexOf(other.outcome))[0];
}

function contextOf(request: DecisionRequest, customer: CustomerFacts, shop: ShopRules, channel: Channel): RuleContext {
	const purpose = purposeOf(request);
	const contactPoint = contactPointFor(customer.contactPoints, channel);
	const consent = consentFor(customer.consents, channel, purpose, request.now, contactPoint?.id);
	const basis = basisOf(request, shop.policy);
	const context: RuleContext = { request, customer, shop, channel, purpose, basis, contactPoint, consent };
	if (basis !== 'consent') return context;
	if (consent?.status === 'granted') return consent.record.legalBasis === 'request' ? { ...context, basis: 'request' } : context;
	const sold = softSpamRecord(context);
	return sold ? { ...context, basis: 'soft-spam', consent: sold } : context;
}

function verdictFor(context: RuleContext): ChannelVerdict {
	const { channel, contactPoint, basis, consent } = context;
	const common = { channel, legalBasis: basis, contactPointId: contactPoint?.id };
	for (const rule of RULES) {
		const facts = rule.check(context);
		if (facts) return { ...common, outcome: REASONS[rule.reason].outcome, reason: rule.reason, rule: rule.id, ...retry(rule, context), facts };
	}
	const { reason, rule } = ALLOWED_ON[basis];
	const onRecord = basis !== 'contract' && basis !== 'legitimate-interest';
	return { ...common, outcome: 'allow', reason, rule, facts: onRecord ? consentFacts(consent) : {} };
}

function retry({ retryAt }: Rule, context: RuleContext): Pick<ChannelVerdict, 'retryAt'> {
	return retryAt ? { retryAt: retryAt(context) } : {};
}
