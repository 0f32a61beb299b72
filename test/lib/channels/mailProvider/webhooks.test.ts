import { brevoMailWebhook } from '../../../../lib/channels/mailProvider/brevo';
import { mailgunWebhook } from '../../../../lib/channels/mailProvider/mailgun';
import { sesWebhook } from '../../../../lib/channels/mailProvider/ses';
import { certificateUrl } from '../../../../lib/channels/mailProvider/sns';
import { testCertificate } from '../../../support/certificate';
import { CERTIFICATE_URL, mailgunCall, sesMail, signatureOf, snsMessage, TOPIC } from '../../../support/mailProviders';

const NOW = '2026-11-22T08:00:00.000Z';
const SECONDS = Date.parse(NOW) / 1000 - 60;
const AT = '2026-11-22T07:59:00.000Z';
const OURS = '<ocrm-12-1@ottica.example>';
const BASE = { kind: 'delivery', channel: 'email', providerId: OURS, at: AT };
const request = (body: string | object, more: object = {}) => ({ query: '', headers: {}, rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), receivedAt: NOW, ...more });

describe('Brevo', () => {
	const TOKEN = { reportSecret: 'our-token' };
	/** As the documentation shows it. */
	const event = (changes: object) => ({
		event: 'hard_bounce', email: 'Giulia@posta.example', id: 26224, date: '2026-11-22 08:59:00', ts: SECONDS, 'message-id': '<202611220759.1@smtp-relay.mailin.fr>', ts_event: SECONDS, subject: 'Auguri',
		'X-Mailin-custom': OURS, sending_ip: '192.0.2.1', reason: '550-5.1.1 The email account does not exist', ...changes,
	});
	const told = (body: object, headers: object = { authorization: 'Bearer our-token' }) => brevoMailWebhook(TOKEN, request(body, { headers }));

	it.each<[string, object[]]>([
		['hard_bounce', [{ ...BASE, state: 'failed', code: '5.1.1', permanent: true }]],
		['invalid_email', [{ ...BASE, state: 'failed', code: '5.1.1', permanent: true }]],
		['soft_bounce', [{ ...BASE, state: 'failed', code: '5.1.1', permanent: false }]],
		['blocked', [{ ...BASE, state: 'failed', permanent: false }]],
		['delivered', [{ ...BASE, state: 'delivered' }]],
		['spam', [{ kind: 'complaint', channel: 'email', from: 'giulia@posta.example', providerId: OURS, at: AT }]],
		['unsubscribed', [{ kind: 'preference', channel: 'email', from: 'giulia@posta.example', marketing: 'stop', at: AT }]],
		['request', []], ['deferred', []], ['opened', []], ['click', []],
	])('tells of %s', (name, expected) => {
		const events = told(event({ event: name }));
		expect(events).toMatchObject(expected);
		expect(events).toHaveLength(expected.length);
	});

	it('tells several at once, each under an id of its own, and nothing of mails that are not ours', () => {
		const events = told([event({}), event({ event: 'spam' }), event({ ts_event: SECONDS + 1 }), event({ 'X-Mailin-custom': undefined })]);
		expect(events).toHaveLength(3);
		expect(new Set((events as Array<{ eventId: string }>).map(({ eventId }) => eventId)).size).toBe(3);
		expect(told(event({ event: 'hard_bounce', 'X-Mailin-custom': undefined, 'message-id': OURS }))).toMatchObject([{ providerId: OURS }]);
		expect(told(event({ 'X-Mailin-custom': undefined, 'X-Mailin-Custom': OURS }))).toMatchObject([{ providerId: OURS }]);
	});

	it('names the state where no status is told, and no day that is still to come', () => {
		expect(told(event({ reason: undefined, ts_event: SECONDS + 9e6 }))).toMatchObject([{ code: 'BREVO_hard_bounce', at: NOW }]);
	});

	it.each<[string, object]>([
		['without a token', {}], ['with another', { headers: { authorization: 'Bearer other' } }], ['with the token as a password', { headers: { authorization: 'Basic our-token' } }], ['with another in the address', { query: '?token=our-toke' }],
	])('is not believed %s', (_, more) => expect(brevoMailWebhook(TOKEN, request(event({}), more))).toBe('forged'));

	it('may carry the token in the address, and nobody is Brevo where none is set', () => {
		expect(brevoMailWebhook(TOKEN, request(event({}), { query: '?from=email&token=our-token' }))).toHaveLength(1);
		expect(brevoMailWebhook({ reportSecret: '' }, request(event({}), { query: '?token=' }))).toBe('forged');
	});
});

describe('Mailgun', () => {
	const KEY = 'signing-key';
	const event = (changes: object) => ({
		event: 'failed', id: 'G9Bn5sl1TC6nu79C8C0bwg', timestamp: SECONDS, severity: 'permanent', reason: 'bounce', recipient: 'Giulia@posta.example', 'recipient-domain': 'posta.example',
		'delivery-status': { code: 550, 'enhanced-code': '5.1.1', message: '5.1.1 The email account does not exist', 'attempt-no': 1 },
		message: { headers: { to: 'giulia@posta.example', 'message-id': OURS.slice(1, -1), from: 'ciao@ottica.example', subject: 'Auguri' } }, ...changes,
	});
	const told = (changes: object) => mailgunWebhook({ reportSecret: KEY }, request(mailgunCall(event(changes), KEY)));

	it.each<[string, object, object[]]>([
		['an address that does not exist', {}, [{ ...BASE, state: 'failed', code: '5.1.1', permanent: true }]],
		['one that bounced before', { reason: 'suppress-bounce', 'delivery-status': { code: 605, message: 'Not delivering to previously bounced address' } }, [{ state: 'failed', code: 'MAILGUN_suppress-bounce', permanent: true }]],
		['one that unsubscribed before', { reason: 'suppress-unsubscribe', 'delivery-status': { code: 606 } }, [{ state: 'failed', permanent: false }]],
		['a server that took nothing for hours', { reason: 'old', 'delivery-status': { code: 602, message: 'Too old' } }, [{ state: 'failed', permanent: false }]],
		['a mere delay', { severity: 'temporary', 'delivery-status': { code: 451 } }, []],
		['an arrival', { event: 'delivered' }, [{ ...BASE, state: 'delivered' }]],
		['a complaint', { event: 'complained' }, [{ kind: 'complaint', from: 'giulia@posta.example', providerId: OURS }]],
		['an unsubscription', { event: 'unsubscribed' }, [{ kind: 'preference', from: 'giulia@posta.example', marketing: 'stop' }]],
		['an opening', { event: 'opened' }, []],
		['a mail of others', { message: { headers: { 'message-id': 'x@ottica.example' } } }, []],
	])('tells of %s', (_, changes, expected) => {
		const events = told(changes);
		expect(events).toMatchObject(expected);
		expect(events).toHaveLength(expected.length);
	});

	it('gives a copied signature no second event', () => {
		const [one, other] = [told({}), told({ event: 'complained', id: 'another' })] as Array<Array<{ eventId: string }>>;
		expect(other[0].eventId).toBe(one[0].eventId);
	});

	it.each<[string, string]>([
		['signed with another key', mailgunCall(event({}), 'other')],
		['with a signature of days ago', mailgunCall(event({}), KEY, { timestamp: String(SECONDS - 2 * 86_400) })],
		['with a signature of tomorrow', mailgunCall(event({}), KEY, { timestamp: String(SECONDS + 86_400) })],
		['without a token', mailgunCall(event({}), KEY, { token: '' })],
		['without a signature', JSON.stringify({ 'event-data': event({}) })],
		['that is no JSON', 'signature'],
	])('does not believe a call %s', (_, body) => expect(mailgunWebhook({ reportSecret: KEY }, request(body))).toBe('forged'));

	it('is nobody where no key is set', () => expect(mailgunWebhook({}, request(mailgunCall(event({}), '')))).toBe('forged'));
});

describe('Amazon SES', () => {
	const { pem, privateKey } = testCertificate();
	const other = testCertificate();
	const read = (body: object, certificate = pem) => sesWebhook({ reportTopic: TOPIC }, request(body), certificate);
	const told = (notification: object) => read(snsMessage(privateKey, { mail: sesMail(OURS), ...notification }));
	const bounce = (changes: object = {}, recipient: object = {}) => ({
		notificationType: 'Bounce',
		bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ emailAddress: 'giulia@posta.example', status: '5.1.1', action: 'failed', diagnosticCode: 'smtp; 550 5.1.1 user unknown', ...recipient }], timestamp: AT, feedbackId: 'f1', ...changes },
	});
	const complaint = (changes: object = {}) => ({ notificationType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: 'Giulia@posta.example' }], timestamp: AT, feedbackId: 'f2', complaintFeedbackType: 'abuse', ...changes } });

	it.each<[string, object, object[]]>([
		['an address that does not exist', bounce(), [{ ...BASE, eventId: 'ses:f1:0', state: 'failed', code: '5.1.1', permanent: true }]],
		['one on its own list', bounce({ bounceSubType: 'OnAccountSuppressionList' }, { status: undefined, diagnosticCode: undefined }), [{ state: 'failed', code: 'SES_OnAccountSuppressionList', permanent: true }]],
		['a full mailbox', bounce({ bounceType: 'Transient', bounceSubType: 'MailboxFull' }, { status: '4.2.2' }), [{ state: 'failed', code: '4.2.2', permanent: false }]],
		['a bounce by event publishing', { ...bounce(), notificationType: undefined, eventType: 'Bounce' }, [{ state: 'failed', permanent: true }]],
		['a complaint', complaint(), [{ kind: 'complaint', eventId: 'ses:f2:0', from: 'giulia@posta.example', providerId: OURS, at: AT }]],
		['somebody who takes one back', complaint({ complaintFeedbackType: 'not-spam' }), []],
		['an arrival', { notificationType: 'Delivery', delivery: { timestamp: AT, recipients: ['giulia@posta.example'] } }, [{ ...BASE, state: 'delivered' }]],
		['a delay', { eventType: 'DeliveryDelay', deliveryDelay: {} }, []],
		['a mail of others', { ...bounce(), mail: sesMail('<x@ottica.example>') }, []],
	])('tells of %s', (_, notification, expected) => {
		const events = told(notification);
		expect(events).toMatchObject(expected);
		expect(events).toHaveLength(expected.length);
	});

	it('takes both versions of the signature, and a message without a subject', () => {
		expect(read(snsMessage(privateKey, { mail: sesMail(OURS), ...bounce() }, { SignatureVersion: '1' }))).toHaveLength(1);
		const { Subject: _, Signature: __, ...plain } = snsMessage(privateKey, { mail: sesMail(OURS), ...bounce() });
		expect(read({ ...plain, Signature: signatureOf(privateKey, plain) })).toHaveLength(1);
	});

	it.each<[string, Record<string, string>, string]>([
		['signed with another key', snsMessage(other.privateKey, bounce()), pem],
		['of another topic, which Amazon signs as well', snsMessage(privateKey, bounce(), { TopicArn: `${TOPIC}-of-others` }), pem],
		['with another text', { ...snsMessage(privateKey, bounce()), Message: JSON.stringify(complaint()) }, pem],
		['of an unknown kind', snsMessage(privateKey, bounce(), { Type: 'constructor' }), pem],
		['of an unknown version', { ...snsMessage(privateKey, bounce()), SignatureVersion: '3' }, pem],
		['without a signature', { ...snsMessage(privateKey, bounce()), Signature: '' }, pem],
		['with a certificate that is none', snsMessage(privateKey, bounce()), 'no certificate'],
	])('does not believe a message %s', (_, body, certificate) => expect(read(body, certificate)).toBe('forged'));

	it('does not believe a certificate that has ended', () => {
		const ended = testCertificate('2020-01-01T00:00:00.000Z', '2026-11-21T00:00:00.000Z');
		expect(read(snsMessage(ended.privateKey, bounce()), ended.pem)).toBe('forged');
	});

	it('gives the address by which a subscription is confirmed, at Amazon only', () => {
		const asked = (SubscribeURL: string) => read(snsMessage(privateKey, 'You have chosen to subscribe', { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL }));
		const url = `https://sns.eu-south-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t`;
		expect(asked(url)).toEqual({ confirmUrl: url });
		expect(asked('https://evil.example/?Action=ConfirmSubscription')).toEqual([]);
		expect(asked('https://sns.eu-south-1.amazonaws.com/?Action=Unsubscribe')).toEqual([]);
	});

	it.each([
		[CERTIFICATE_URL, CERTIFICATE_URL],
		['https://sns.cn-north-1.amazonaws.com.cn/a.pem', 'https://sns.cn-north-1.amazonaws.com.cn/a.pem'],
		['http://sns.eu-south-1.amazonaws.com/a.pem', undefined], ['https://sns.eu-south-1.amazonaws.com.evil.example/a.pem', undefined], ['https://evil.example/sns.eu-south-1.amazonaws.com/a.pem', undefined],
		['https://s3.eu-south-1.amazonaws.com/a.pem', undefined], ['https://sns.eu-south-1.amazonaws.com:8443/a.pem', undefined], ['https://u@sns.eu-south-1.amazonaws.com/a.pem', undefined],
		['https://sns.eu-south-1.amazonaws.com/a.txt', undefined], ['', undefined],
	])('looks for the certificate %s at %s', (SigningCertURL, expected) => {
		expect(certificateUrl(request({ SigningCertURL, TopicArn: TOPIC }), TOPIC)).toBe(expected);
		expect(certificateUrl(request({ SigningCertURL, TopicArn: `${TOPIC}x` }), TOPIC)).toBeUndefined();
	});
});
