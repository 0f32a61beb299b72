import { CrmError } from './errors';
import type { Instant } from './time';

/**
 * `pairing`: a code is offered, or nobody has linked the phone yet. `linked`: there is a session. The others rest until a person does something: somebody
 * logged the device out on the phone, WhatsApp has banned the account, or another program uses the same session.
 */
export type LinkedState = 'pairing' | 'linked' | 'loggedOut' | 'banned' | 'conflict';

/** What the Desk asks the holder of the session to do. */
export type LinkedWish =
	/** Offer a code of eight characters for the phone with this number (E.164). */
	| { kind: 'code'; number: string }
	/** Begin again: connect, or offer a new QR code. */
	| { kind: 'connect' }
	/** Take the device off the phone. */
	| { kind: 'unlink' };

/** The shop's phone, as everybody may know it. */
export interface LinkedDevice {
	state: LinkedState;
	connected: boolean;
	/** E.164. */
	number?: string;
	linkedAt?: Instant;
	/** Why nothing is sent until a person says so, such as `WA_463`. */
	stoppedCode?: string;
	stoppedAt?: Instant;
	/** To be shown as a QR code, and the code to type; while they are good. */
	qr?: string;
	code?: string;
	wish?: LinkedWish;
	/** A process has the session at this moment. */
	isHeld: boolean;
}

/** Another process has taken the session over. */
export class LostHold extends CrmError {
	constructor() {
		super('Another process holds the session of the linked phone now', 'Nothing is to be done: that one goes on.');
	}
}

/** The name of the phone among the senders. */
export function linkedSender(number: string | undefined): string {
	return `linked:${number ?? ''}`;
}

/** What alerts about the phone are about. */
export const LINKED_ALERT = 'linkedDevice';
