import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { CrmError } from '../domain/errors';

/** How messages are signed, where the server does not do it itself (RFC 6376). */
export interface DkimSettings {
	dkim?: boolean;
	/** The sender's domain, or the one above it: otherwise DMARC does not count the signature. */
	dkimDomain?: string;
	/** Name under which the domain publishes the public key. */
	dkimSelector?: string;
	/** RSA key as PEM, without a passphrase. */
	dkimPrivateKey?: string;
}

/** What is signed. RFC 8058 wants both headers of the one-click refusal in it; the mailer alone would leave the second out. */
const SIGNED = 'From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post';
/** Mailboxes take a signature with a shorter key for none (RFC 8301). */
const SHORTEST_KEY = 1024;
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/**
 * The settings as the mailer takes them, or undefined where nothing is to be signed. A key that does not work is found here: the mailer would
 * send unsigned without a word.
 * @throws CrmError naming what cannot be right
 */
export function signingOptions({ dkim, dkimDomain = '', dkimSelector = '', dkimPrivateKey = '' }: DkimSettings) {
	if (!dkim) return undefined;
	const [domain, selector] = [dkimDomain.trim(), dkimSelector.trim()];
	if (!isName(domain) || !domain.includes('.')) throw new CrmError('The DKIM domain is no domain', 'Write the domain of the sender address, for example ottica.example.');
	if (!isName(selector)) throw new CrmError('The DKIM selector is none', 'Write the part before ._domainkey in the name of the DNS record, for example mail2026.');
	const key = readKey(dkimPrivateKey);
	const privateKey = key.export({ type: 'pkcs8', format: 'pem' }) as string;
	return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: SIGNED };
}

/**
 * What stands in the way of the signature in the DNS, or undefined: without the public key there, every signature fails.
 * @param resolveTxt as in node:dns/promises
 */
export async function dkimRecordProblem(settings: DkimSettings, resolveTxt: (name: string) => Promise<string[][]>): Promise<string | undefined> {
	const options = signingOptions(settings);
	if (!options) return undefined;
	const name = `${options.keySelector}._domainkey.${options.domainName}`;
	const records = await resolveTxt(name).catch((error: NodeJS.ErrnoException) => error.code ?? 'ERROR');
	if (typeof records === 'string') return `the DKIM record ${name} cannot be found in the DNS (${records})`;
	const wanted = createPublicKey(options.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
	const published = records.map((pieces) => /(?:^|;)\s*p\s*=([^;]*)/.exec(pieces.join(''))?.[1].replace(/\s/g, ''));
	return published.includes(wanted) ? undefined : `the DKIM record ${name} holds another key`;
}

function isName(text: string): boolean {
	return text.split('.').every((label) => LABEL.test(label));
}

/** A key as it may come out of a password field, which can lose its line ends. */
function readKey(text: string): KeyObject {
	const [, label, body] = /-----BEGIN ([A-Z ]+)-----(.*?)-----END \1-----/s.exec(text.replaceAll('\\n', '\n')) ?? [];
	const wrong = (howToGoOn: string) => new CrmError('The DKIM private key cannot be used', howToGoOn);
	if (!body) throw wrong('Paste the whole key, from -----BEGIN to the end of the -----END line.');
	let key: KeyObject;
	try {
		key = createPrivateKey(`-----BEGIN ${label}-----\n${body.replace(/\s/g, '').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`);
	} catch {
		// What OpenSSL says may quote the key, so it is not passed on.
		throw wrong('It is broken, or has a passphrase. Export it as PEM without one.');
	}
	if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_KEY) throw wrong('Make an RSA key of 2048 bits: openssl genrsa 2048.');
	return key;
}
