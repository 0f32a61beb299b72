/** What the credential holds. */
export interface LinkedDeviceSettings {
	/** Encrypts the keys of the session; at least so long. */
	secret: string;
	/** Empty: WhatsApp's own. */
	url?: string;
}

export const LINKED_SECRET_LENGTH = 32;

/** Whether an address may be connected to: the client's library does not verify who answers, so only TLS tells, and a server on this machine needs none. */
export function isSafeAddress(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'wss:' || (protocol === 'ws:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
