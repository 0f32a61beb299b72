import type { ChannelVerdict, ContactPointFact, CustomerFacts, DecisionRequest } from '../domain/consent';
import type { Channel, Purpose } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import type { LegalBasis } from './basis';
import type { ConsentInForce } from './consentFor';
import type { ReasonCode } from './reasons';

/** What the rules read of the shop. */
export type ShopRules = Pick<Shop, 'policy' | 'privacyNotices'>;

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
	/** `R` and the number in RULES; `C` where RULES gives only a reason code. */
	id: string;
	title: string;
	source: string;
	/** `law`: read in the official text; `practice`: from a secondary source; `ours`: our own safe reading. */
	mark: 'law' | 'practice' | 'ours';
	/** Given when the rule objects; its outcome is fixed in `REASONS`. */
	reason: ReasonCode;
	/** Undefined when the rule has nothing against the message, else the facts that it objects to. */
	check(context: RuleContext): Facts | undefined;
}
