/** A message on its way out, with everything that a channel needs to deliver it. */
export interface Outgoing {
	/** Id of the message in the store. */
	id: number;
	/** Times that sending was begun, this one included. */
	attempt: number;
	/** Address or number in normal form. */
	recipient: string;
	subject?: string;
	text: string;
	html?: string;
	/** Where the customer refuses further messages by one POST. */
	refusalUrl?: string;
	sender: { name: string; address: string };
}

/** What became of one message. */
export type Delivery =
	/** The provider has taken it. */
	| { outcome: 'sent'; providerId: string }
	/** The provider has certainly not taken this message. `retry`: a later attempt may work. */
	| { outcome: 'refused'; code: string; retry: boolean }
	/** The account or the connection was refused, so nothing can leave until that is mended. */
	| { outcome: 'down'; code: string }
	/** It may or may not have left: only a person can tell. */
	| { outcome: 'unknown'; code: string };

/** One way out of the house. A channel never throws for what happens to one message: it tells. */
export interface Channel {
	send(message: Outgoing): Promise<Delivery>;
	/** Gives its connections back. */
	close(): Promise<void>;
}
