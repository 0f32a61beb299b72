import { createHash, createPublicKey, verify } from 'node:crypto';

/**
 * Checks the DKIM signature of a message as a mailbox does (RFC 6376, relaxed/relaxed), written apart from what signs. Gives the tags of the
 * signature; throws when body or headers are not what was signed.
 *
 * @param raw the message, each byte one character
 * @param publicKey PEM
 */
export function verifyDkim(raw: string, publicKey: string): Record<string, string> {
	const end = raw.indexOf('\r\n\r\n');
	const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
	const signature = headers.find((line) => /^dkim-signature:/i.test(line));
	if (!signature) throw new Error('The message is not signed');
	const tags = Object.fromEntries(signature.slice(signature.indexOf(':') + 1).split(';').map((tag) => tag.trim()).filter(Boolean).map((tag) => {
		const equals = tag.indexOf('=');
		return [tag.slice(0, equals).trim(), tag.slice(equals + 1).replace(/\s/g, '')];
	}));

	const body = raw.slice(end + 4).split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, '')).join('\r\n').replace(/(\r\n)*$/, '\r\n');
	if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.bh) throw new Error('The body is not what was signed');

	const unused = [...headers];
	const signed = tags.h.split(':').map((name) => {
		const at = unused.findLastIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
		return at < 0 ? '' : `${relaxed(unused.splice(at, 1)[0])}\r\n`;
	});
	const own = relaxed(signature.replace(/([;\s]b=)[^;]*/, '$1'));
	const holds = verify('RSA-SHA256', Buffer.from(signed.join('') + own, 'latin1'), createPublicKey(publicKey), Buffer.from(tags.b, 'base64'));
	if (!holds) throw new Error('The headers are not what was signed');
	return tags;
}

function relaxed(line: string): string {
	const colon = line.indexOf(':');
	return `${line.slice(0, colon).trim().toLowerCase()}:${line.slice(colon + 1).replace(/\r\n/g, '').replace(/[ \t]+/g, ' ').trim()}`;
}
