import type { MessageExtra } from '../domain/messageExtra';
import type { MessageClass } from '../domain/glossary';

/** A message on its way out, with everything that a channel needs to deliver it. */
export interface Outgoing {
	/** Id of the message in the store. */
	id: number;
	/** Times that sending was begun, this one included. */
	attempt: number;
	class: MessageClass;
	/** Address or number in normal form. */
	recipient: string;
	/** First and last name. */
	recipientName: string;
	subject?: string;
	text: string;
	html?: string;
	/** Pictures that the HTML names by `cid:`. */
	inlineImages?: InlineImage[];
	extra?: MessageExtra;
	/** Where the customer refuses further messages by one POST. */
	refusalUrl?: string;
	/** For mail name and address; for SMS `name` is the registered alias, for others what the shop is called. */
	sender: { name: string; address: string };
	/** For channels on which a text carries nothing of its own that tells it from the next: an id that the provider may use against doubles. */
	key?: string;
}

/** A picture inside an e-mail. */
export interface InlineImage {
	cid: string;
	type: 'image/png' | 'image/jpeg';
	/** Base64. */
	data: string;
}

/** What became of one message. */
export type Delivery =
	/** The provider has taken it. */
	| { outcome: 'sent'; providerId: string; cost?: ProviderCost }
	/**
	 * The provider has certainly not taken this message. `retry`: a later attempt may work, not before `afterMinutes`. `withdraw`: the customer has
	 * refused marketing on this channel. `unreachable`: this address will never work here (RULES, table of errors). `stopTemplate`: the provider
	 * takes nothing from this template until somebody has mended it.
	 */
	| { outcome: 'refused'; code: string; retry: boolean; afterMinutes?: number; withdraw?: boolean; unreachable?: boolean; stopTemplate?: boolean }
	/** The account or the connection was refused, so nothing can leave until that is mended. `alert`: a person must do it. `backOff`: only too fast. */
	| { outcome: 'down'; code: string; alert?: boolean; backOff?: boolean }
	/** It may or may not have left: only a person can tell. */
	| { outcome: 'unknown'; code: string };

/** What the provider says that a message cost. */
export interface ProviderCost {
	/** Thousandths of a euro. */
	mills: number;
	/** Parts that were paid, for SMS. */
	segments?: number;
}

/** One way out of the house. A channel never throws for what happens to one message: it tells. */
export interface Channel {
	send(message: Outgoing): Promise<Delivery>;
	/** Gives its connections back. */
	close(): Promise<void>;
}
