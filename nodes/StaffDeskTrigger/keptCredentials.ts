import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

/** How long a change of a credential may take to count, in milliseconds. */
const KEPT_MS = 60_000;
const kept = new Map<string, { data: Promise<unknown>; readAt: number }>();

/**
 * A credential of the Desk, decrypted at most once a minute: n8n starts an isolate of its expression engine for each one that a webhook reads, which takes
 * longer than all else that a page needs. What the store knows of an account counts at once; a change of the credential counts within a minute.
 */
export async function keptCredentials<Data extends object>(context: IWebhookFunctions, type: string): Promise<Data> {
	const key = `${type} ${context.getNode().credentials?.[type]?.id}`;
	const now = performance.now();
	for (const [other, { readAt }] of kept) if (now - readAt >= KEPT_MS) kept.delete(other);
	const found = kept.get(key);
	if (found) return (await found.data) as Data;
	const data = context.getCredentials<Data & ICredentialDataDecryptedObject>(type);
	kept.set(key, { data, readAt: now });
	// A credential that cannot be read is asked for again by the next request.
	data.catch(() => kept.delete(key));
	return await data;
}
