import { generateKeyPairSync } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { Outgoing } from '../../../lib/channels/channel';
import { dkimRecordProblem } from '../../../lib/channels/dkim';
import { emailChannel } from '../../../lib/channels/email';
import { CrmError } from '../../../lib/domain/errors';
import { openMailbox, type TestMailbox } from '../../nodes/support/mail';
import { verifyDkim } from './dkimVerify';

const rsa = (modulusLength: number) =>
	generateKeyPairSync('rsa', { modulusLength, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const KEY = rsa(2048);
const SIGNING = { dkim: true, dkimDomain: 'ottica.example', dkimSelector: 'mail2026', dkimPrivateKey: KEY.privateKey };
/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

let mailbox: TestMailbox;
beforeEach(async () => void (mailbox = await openMailbox()));
afterEach(async () => await mailbox.end());

async function send(settings: object = {}, message: Partial<Outgoing> = {}) {
	const channel = emailChannel({ ...mailbox.credential, ...settings }, 1);
	try {
		const delivery = await channel.send({
			id: 12, attempt: 1, class: 'relational', recipient: 'giulia@posta.example', recipientName: 'Giulia Conti', subject: 'Perché no? È il suo compleanno',
			text: 'Tanti auguri\n.\n  e buona giornata  \n\n\n', html: '<p>Tanti auguri</p>', refusalUrl: 'https://ottica.example/r/1',
			sender: { name: 'Ottica Prova', address: 'ciao@ottica.example' }, ...message,
		});
		expect(delivery).toEqual({ outcome: 'sent', providerId: '<ocrm-12-1@ottica.example>' });
		return mailbox.mails()[0];
	} finally {
		await channel.close();
	}
}

const headerOf = (mail: { headers: Array<{ name: string; value: string }> }, wanted: string) => mail.headers.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.value;

describe('without options', () => {
	it('signs nothing, and everything goes back to the sender', async () => {
		const mail = await send();
		expect(mail.envelope).toEqual({ from: 'ciao@ottica.example', to: ['giulia@posta.example'] });
		expect([headerOf(mail, 'DKIM-Signature'), headerOf(mail, 'Reply-To'), headerOf(mail, 'X-Mailin-custom')]).toEqual([undefined, undefined, undefined]);
	});
});

it('carries its id in a header that Brevo gives back, where Brevo tells of bounces', async () => {
	expect(headerOf(await send({ reportsBy: 'brevo' }), 'X-Mailin-custom')).toBe('<ocrm-12-1@ottica.example>');
});

describe('DKIM', () => {
	it('signs so that a mailbox accepts it, both headers of the one-click refusal included', async () => {
		const { raw } = await send(SIGNING);
		const tags = verifyDkim(raw, KEY.publicKey);
		expect(tags).toMatchObject({ v: '1', a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'ottica.example', s: 'mail2026' });
		expect(tags.h.toLowerCase().split(':')).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']));
	});

	it('signs a message with a picture and a Reply-To too', async () => {
		const { raw } = await send({ ...SIGNING, replyTo: 'banco@ottica.example' }, { inlineImages: [{ cid: 'logo@shop', type: 'image/png', data: PNG }] });
		expect(verifyDkim(raw, KEY.publicKey).h.split(':')).toContain('reply-to');
	});

	it('would be noticed to be broken: the check of this test can fail', async () => {
		const { raw } = await send(SIGNING);
		expect(() => verifyDkim(raw.replace('Tanti auguri', 'Altri auguri'), KEY.publicKey)).toThrow('The body');
		expect(() => verifyDkim(raw.replace('List-Unsubscribe=One-Click', 'List-Unsubscribe=Never'), KEY.publicKey)).toThrow('The headers');
		expect(() => verifyDkim(raw, rsa(2048).publicKey)).toThrow('The headers');
	});

	it.each([
		['spaces in place of line ends', KEY.privateKey.replaceAll('\n', ' ')],
		['line ends written as letters', KEY.privateKey.replaceAll('\n', '\\n')],
	])('takes a key with %s', async (_, dkimPrivateKey) => {
		expect(verifyDkim((await send({ ...SIGNING, dkimPrivateKey })).raw, KEY.publicKey).s).toBe('mail2026');
	});

	const ed25519 = generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
	it.each([
		['no key', { dkimPrivateKey: '' }, 'The DKIM private key'],
		['a broken key', { dkimPrivateKey: KEY.privateKey.replace(/\n.{10}/, '\n') }, 'The DKIM private key'],
		['a public key', { dkimPrivateKey: KEY.publicKey }, 'The DKIM private key'],
		['a key too short to count', { dkimPrivateKey: rsa(768).privateKey }, 'The DKIM private key'],
		['a key of another kind', { dkimPrivateKey: ed25519 }, 'The DKIM private key'],
		['no domain', { dkimDomain: 'ottica' }, 'The DKIM domain'],
		['a domain with a tag in it', { dkimDomain: 'ottica.example; l=0' }, 'The DKIM domain'],
		['no selector', { dkimSelector: '' }, 'The DKIM selector'],
		['the selector with the whole name', { dkimSelector: 'mail2026._domainkey.ottica.example.' }, 'The DKIM selector'],
	])('refuses %s instead of sending unsigned', async (_, changes, says) => {
		const error = await send({ ...SIGNING, ...changes }).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(CrmError);
		expect((error as CrmError).message).toContain(says);
		expect(mailbox.mails()).toEqual([]);
	});

	const published = KEY.publicKey.replace(/-----.*?-----|\s/g, '');
	it.each([
		['is right', [[`v=DKIM1; k=rsa; p=${published}`]], undefined],
		['is in two pieces, with spaces', [['v=DKIM1; p= ', `${published} `]], undefined],
		['holds another key', [['v=DKIM1; p=AAAA']], /mail2026\._domainkey\.ottica\.example holds another key/],
		['was withdrawn', [['v=DKIM1; p=']], /holds another key/],
		['is another record', [['v=spf1 -all']], /holds another key/],
		['is not there', Object.assign(new Error('queryTxt'), { code: 'ENOTFOUND' }), /cannot be found in the DNS \(ENOTFOUND\)/],
	])('knows when the record in the DNS %s', async (_, records, says) => {
		const asked: string[] = [];
		const problem = await dkimRecordProblem(SIGNING, async (name) => {
			asked.push(name);
			if (records instanceof Error) throw records;
			return records;
		});
		expect(asked).toEqual(['mail2026._domainkey.ottica.example']);
		if (says) expect(problem).toMatch(says);
		else expect(problem).toBeUndefined();
	});
});

describe('the bounce address', () => {
	it.each([
		['bounce+*@ottica.example', 'bounce+12-1@ottica.example'],
		['bounces@ottica.example', 'bounces@ottica.example'],
		['', 'ciao@ottica.example'],
	])('%j makes the envelope of %s, and the reader sees the shop', async (setting, from) => {
		const mail = await send({ bounceAddress: setting });
		expect(mail.envelope).toEqual({ from, to: ['giulia@posta.example'] });
		expect(mail.from).toBe('"Ottica Prova" <ciao@ottica.example>');
	});

	it.each(['bounce', 'bounce@x.example, ciao@x.example', 'Bounces <bounce@x.example>', 'bounce@x.example>\r\nRCPT TO:<a@b.example'])('refuses %j', async (bounceAddress) => {
		await expect(send({ bounceAddress })).rejects.toThrow('The Bounce Address');
		await expect(send({ replyTo: bounceAddress })).rejects.toThrow('The Reply-To');
	});
});

it('asks for answers where the settings say', async () => {
	expect(headerOf(await send({ replyTo: 'banco@ottica.example' }), 'Reply-To')).toBe('banco@ottica.example');
});

it('brings the picture along, beside the HTML that names it', async () => {
	const { raw } = await send({}, { html: '<p><img src="cid:logo@shop" alt="Ottica"></p>', inlineImages: [{ cid: 'logo@shop', type: 'image/png', data: PNG }] });
	const mail = await simpleParser(Buffer.from(raw, 'latin1'), { skipImageLinks: true });
	expect(mail.attachments).toMatchObject([{ contentType: 'image/png', contentDisposition: 'inline', cid: 'logo@shop', related: true, filename: 'logo.png' }]);
	expect(mail.attachments[0].content.toString('base64')).toBe(PNG);
	expect(raw).toMatch(/^Content-Type: multipart\/alternative/m);
	expect(raw).toMatch(/^Content-Type: multipart\/related/m);
	// A mail program shows it.
	expect((await simpleParser(Buffer.from(raw, 'latin1'))).html).toContain(`<img src="data:image/png;base64,${PNG}"`);
});
