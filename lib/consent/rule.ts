import type { ChannelVerdict, DecisionRequest } from '../domain/consent';
import type { ContactPointFact, CustomerFacts } from '../domain/consentFacts';
import type { ConsentPolicy } from '../domain/consentPolicy';
import type { Channel, Purpose } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import type { Instant } from '../domain/time';
import type { LegalBasis } from './basis';
import type { ConsentInForce } from './consentFor';
import type { ReasonCode } from './reasons';

/** What the rules read of the shop. */
export type ShopRules = Pick<Shop, 'policy' | 'privacyNotices' | 'retention' | 'timeZone' | 'openingHours' | 'patronSaint' | 'smsAlias' | 'policyVersion' | 'prices'>;

/** All that a rule may look at: one customer, one message, one channel. */
export interface RuleContext {
	request: DecisionRequest;
	customer: CustomerFacts;
	shop: ShopRules;
	channel: Channel;
	purpose: Purpose;
	basis: LegalBasis;
	/** The address or number that the channel would use; absent where the customer has none. */
	contactPoint?: ContactPointFact;
	/** What the customer last said about this channel and purpose. */
	consent?: ConsentInForce;
}

/** Where a verdict was taken from: ids, dates, codes and yes or no; never a name, an address or a text. */
export type Facts = ChannelVerdict['facts'];

/** One contact rule. To add one, write such an object and list it in the registry. */
export interface Rule {
	/** `R` and the number in RULES, with a letter where it gives several reasons; `C` where RULES gives only a reason code. */
	id: string;
	title: string;
	source: string;
	/** `law`: read in the official text; `practice`: from a secondary source; `ours`: our own safe reading. */
	mark: 'law' | 'practice' | 'ours';
	/** Settings of the shop that change what it says. */
	settings?: readonly Setting[];
	/** Given when the rule objects; its outcome is fixed in `REASONS`. */
	reason: ReasonCode;
	/** Undefined when the rule has nothing against the message, else the facts that it objects to. */
	check(context: RuleContext): Facts | undefined;
	/** For an objection that time lifts: the first instant at which it may be gone. */
	retryAt?(context: RuleContext): Instant;
}

/** A setting of the policy, or another one of the shop's. */
export type Setting = keyof ConsentPolicy | 'privacyNotices' | 'retention' | 'openingHours' | 'patronSaint' | 'smsAlias';
