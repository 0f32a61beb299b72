import { verify, X509Certificate } from 'node:crypto';
import { sameSecret } from '../sms/webhookRequest';
import { fields, parsed, text, type MailWebhookRequest } from './events';

/* Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html and the formats of messages beside it */

const HOST = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$/;

/** What is signed, in this order; what a message does not have is left out. */
const SIGNED = {
	Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
	SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
	UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

/** A message of Amazon's notification service. */
export interface SnsMessage {
	type: keyof typeof SIGNED;
	text: string;
	/** Where a subscription is confirmed by a GET; only for a confirmation of one, and only at Amazon. */
	confirmUrl?: string;
}

/** Where the certificate is that a message of our topic claims to be signed with; undefined where it is of another topic, or not at Amazon's own place for them. */
export function certificateUrl({ rawBody }: Pick<MailWebhookRequest, 'rawBody'>, topic: string): string | undefined {
	const { SigningCertURL, TopicArn } = fields(parsed(rawBody.toString('utf8')));
	const url = atAmazon(text(SigningCertURL));
	return isTopic(TopicArn, topic) && url?.pathname.endsWith('.pem') ? url.href : undefined;
}

/**
 * The message, where Amazon has signed it and it is of our topic: everybody who has an account there can have topics signed.
 * @param certificate PEM, from `certificateUrl`
 */
export function readSns({ rawBody, receivedAt }: Pick<MailWebhookRequest, 'rawBody' | 'receivedAt'>, certificate: string, topic: string): SnsMessage | 'forged' {
	const body = fields(parsed(rawBody.toString('utf8')));
	const type = text(body.Type);
	if (!isTopic(body.TopicArn, topic) || !isType(type)) return 'forged';
	if (!isSigned(body, SIGNED[type], certificate, receivedAt)) return 'forged';
	const confirm = type === 'SubscriptionConfirmation' ? atAmazon(text(body.SubscribeURL)) : undefined;
	return { type, text: text(body.Message), ...(confirm?.searchParams.get('Action') === 'ConfirmSubscription' && { confirmUrl: confirm.href }) };
}

function isTopic(told: unknown, topic: string): boolean {
	return topic !== '' && sameSecret(text(told), topic);
}

function isType(type: string): type is keyof typeof SIGNED {
	return Object.hasOwn(SIGNED, type);
}

function atAmazon(address: string): URL | undefined {
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	return url.protocol === 'https:' && HOST.test(url.hostname) && url.port === '' && url.username === '' ? url : undefined;
}

function isSigned(body: Record<string, unknown>, names: readonly string[], certificate: string, now: string): boolean {
	const algorithm = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }[text(body.SignatureVersion)];
	if (!algorithm) return false;
	const signed = names.filter((name) => body[name] !== undefined && body[name] !== null).map((name) => `${name}\n${text(body[name])}\n`).join('');
	try {
		const { publicKey, validFrom, validTo } = new X509Certificate(certificate);
		if (Date.parse(now) < Date.parse(validFrom) || Date.parse(now) > Date.parse(validTo)) return false;
		return verify(algorithm, Buffer.from(signed), publicKey, Buffer.from(text(body.Signature), 'base64'));
	} catch {
		return false;
	}
}
