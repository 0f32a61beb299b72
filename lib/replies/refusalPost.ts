import { only, type Form } from '../web/form';

/** What the customer asks for. */
export interface Refusal {
	/** The secret of the link: it alone says who asks, there is no login. */
	token: string;
	/** `channel`: no more marketing on the message's own channel. `all`: none on any channel. */
	scope: 'channel' | 'all';
	/** True where the mail program posted it on the customer's behalf (RFC 8058), and no person sees the answer. */
	oneClick: boolean;
}

/**
 * Reads a POST to the refusal link; undefined where it is no refusal. Only a POST refuses: link scanners send GET and HEAD.
 *
 * @param form the posted fields; of a one-click request they are `List-Unsubscribe=One-Click` and nothing else (RFC 8058, 3.2)
 * @param queryToken the token in the link's query: a one-click request has it nowhere else
 */
export function parseRefusalPost(form: Form | undefined, queryToken?: unknown): Refusal | undefined {
	if (!form) return undefined;
	if (only(form, 'List-Unsubscribe') === 'One-Click') {
		const token = readToken(queryToken);
		return token ? { token, scope: 'channel', oneClick: true } : undefined;
	}
	const [token, scope] = [readToken(only(form, 'token')), only(form, 'scope')];
	return token && (scope === 'channel' || scope === 'all') ? { token, scope, oneClick: false } : undefined;
}

/** A text that may be a token: 16 to 200 letters, digits, `-`, `_`, `.` and `~`. Whether it is one, the store knows. */
export function readToken(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\w.~-]{16,200}$/.test(value) ? value : undefined;
}
