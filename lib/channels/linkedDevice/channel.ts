import { randomBytes } from 'node:crypto';
import type { Channel, Delivery, Outgoing } from '../channel';
import type { LinkedClient } from './client';
import { messageName } from './messageName';

/** What WhatsApp says where it no longer lets this account begin conversations; sending on makes it worse (RULES 39). */
const RESTRICTED = '463';

/** How the channel is used. */
export interface LinkedChannelSettings {
	/** The client, while it is connected. */
	client(): LinkedClient | undefined;
	/** Marks the names of messages. */
	secret: string;
	/** How long the customer sees that something is being typed. Milliseconds. */
	typing(text: string): number;
	/** How long to wait for the server's word. Milliseconds. */
	ackMs: number;
	/** WhatsApp has restricted the account: called before anything else can be sent. */
	restricted(code: string): Promise<void>;
}

/** The shop's own phone as a channel: one message at a time, written as a person writes. */
export function linkedDeviceChannel({ client, secret, typing, ackMs, restricted }: LinkedChannelSettings): Channel {
	return {
		send: async ({ recipient, text, key }: Outgoing): Promise<Delivery> => {
			const connected = client();
			if (!connected) return { outcome: 'down', code: 'NOT_CONNECTED' };
			// Up to here nothing has left: whatever goes wrong is no fault of the message.
			try {
				if (!(await connected.isOnWhatsApp(recipient))) return { outcome: 'refused', code: 'NOT_ON_WHATSAPP', retry: false, unreachable: true };
				await connected.prepare(recipient);
				await connected.type(recipient, typing(text));
			} catch {
				return { outcome: 'down', code: 'NOT_CONNECTED' };
			}
			if (client() !== connected) return { outcome: 'down', code: 'NOT_CONNECTED' };
			const name = messageName(key, secret, randomBytes(9));
			const handed = await connected.hand(recipient, text, name, ackMs);
			if (!handed.acknowledged) return { outcome: 'unknown', code: 'NO_ACK' };
			if (handed.error === undefined) return { outcome: 'sent', providerId: name };
			if (handed.error === RESTRICTED) await restricted(`WA_${RESTRICTED}`);
			return { outcome: 'refused', code: `WA_${handed.error}`, retry: false };
		},
		close: async () => undefined,
	};
}
