import { generateKeyPairSync } from 'node:crypto';
import { SendMessage } from '../../../nodes/SendMessage/SendMessage.node';
import { testCredential } from '../../support/runNode';
import { eachInItsOwnShop, mailbox } from './support';

eachInItsOwnShop();

describe('the test button of the credential', () => {
	const test = async (changes: object = {}) => await testCredential(SendMessage, 'opticalSmtpApi', { ...mailbox.credential, ...changes });

	it('accepts what works', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it('finds a signature whose key the DNS does not have', async () => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
		const { status, message } = await test({ dkim: true, dkimDomain: 'ottica.invalid', dkimSelector: 'mail', dkimPrivateKey: privateKey });
		expect([status, message]).toEqual(['Error', expect.stringMatching(/mail\._domainkey\.ottica\.invalid cannot be found.*Publish the public key/)]);
	});

	it.each([
		['the bounce address is none', { bounceAddress: 'bounces' }, /Bounce Address.*without a name/],
		['the key of the signature is none', { dkim: true, dkimDomain: 'ottica.example', dkimSelector: 'mail' }, /DKIM private key.*Paste the whole key/],
		['the password is wrong', { password: 'wrong' }, /Check user and password/],
		['nobody listens', { port: 1 }, /Check host and port/],
		['the host does not exist', { host: 'nowhere.invalid' }, /Check the name of the host/],
		['there is no encryption', { requireTls: true }, /offers no STARTTLS/],
		['SSL/TLS is on where it is not spoken', { secure: true }, /SSL\/TLS: on for port 465/],
		['there is no host', { host: '' }, /Enter the name of the mail server/],
	])('says what to do where %s', async (_, changes, says) => {
		const { status, message } = await test(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(says);
	});
});
