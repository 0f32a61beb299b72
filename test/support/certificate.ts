import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate that signs itself, and its key. */
export interface TestCertificate {
	pem: string;
	privateKey: KeyObject;
}

/** Makes a certificate of X.509 for RSA, valid between the two instants, so that no key lies in the tree. */
export function testCertificate(from = '2020-01-01T00:00:00.000Z', to = '2045-01-01T00:00:00.000Z'): TestCertificate {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const algorithm = sequence(tagged(0x06, Buffer.from('2a864886f70d01010b', 'hex')), tagged(0x05, Buffer.alloc(0)));
	const name = sequence(tagged(0x31, sequence(tagged(0x06, Buffer.from('550403', 'hex')), tagged(0x0c, Buffer.from('sns.test')))));
	const content = sequence(tagged(0x02, Buffer.from([1])), algorithm, name, sequence(time(from), time(to)), name, publicKey.export({ type: 'spki', format: 'der' }));
	const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('RSA-SHA256', content, privateKey)]));
	const lines = sequence(content, algorithm, signature).toString('base64').match(/.{1,64}/g) as string[];
	return { privateKey, pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n` };
}

/** A value of DER with its tag and length. */
function tagged(tag: number, content: Buffer): Buffer {
	const size = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
	return tagged(0x30, Buffer.concat(parts));
}

function time(instant: string): Buffer {
	return tagged(0x17, Buffer.from(`${instant.slice(2, 19).replace(/[-:T]/g, '')}Z`));
}
