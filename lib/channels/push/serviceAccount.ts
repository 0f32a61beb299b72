import { createPrivateKey } from 'node:crypto';
import { CrmError } from '../../domain/errors';

/** What is needed of a service account's file. */
export interface ServiceAccount {
	projectId: string;
	clientEmail: string;
	privateKey: string;
	/** Which of the account's keys it is. */
	keyId?: string;
	/** Where a signed claim is exchanged for a token. */
	tokenUri: string;
}

export const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
/** Google takes no claim that is valid for longer. Seconds. */
const CLAIM_SECONDS = 3600;
const TOKEN_URI = 'https://oauth2.googleapis.com/token';

/** @throws CrmError when the text is no service account with a key */
export function readServiceAccount(text: string): ServiceAccount {
	const { project_id: projectId, client_email: clientEmail, private_key: privateKey, private_key_id: keyId, token_uri: tokenUri = TOKEN_URI } = parsed(text);
	if (!projectId || !clientEmail || !privateKey || !isKey(privateKey)) {
		throw new CrmError('The service account is not the JSON file that Google gives out', 'Firebase console > Project settings > Service accounts > Generate new private key; paste the whole file.');
	}
	return { projectId, clientEmail, privateKey, tokenUri, ...(keyId && { keyId }) };
}

/**
 * A claim that is exchanged for an access token (RFC 7523; developers.google.com/identity/protocols/oauth2/service-account).
 * @param seconds the present moment, since 1970
 */
export async function signedClaim({ clientEmail, privateKey, keyId, tokenUri }: ServiceAccount, seconds: number): Promise<string> {
	const { default: jwt } = await import('jsonwebtoken');
	const claim = { iss: clientEmail, scope: SCOPE, aud: tokenUri, iat: seconds, exp: seconds + CLAIM_SECONDS };
	return jwt.sign(claim, privateKey, { algorithm: 'RS256', ...(keyId && { keyid: keyId }) });
}

function parsed(text: string): Record<string, string | undefined> {
	try {
		return (JSON.parse(text) ?? {}) as Record<string, string>;
	} catch {
		return {};
	}
}

function isKey(pem: string): boolean {
	try {
		createPrivateKey(pem);
		return true;
	} catch {
		return false;
	}
}
