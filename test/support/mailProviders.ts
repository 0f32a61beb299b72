import { createHmac, sign, type KeyObject } from 'node:crypto';

/** The address that Amazon's notifications claim to be signed at, and the topic that is listened to. */
export const CERTIFICATE_URL = 'https://sns.eu-south-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';
export const TOPIC = 'arn:aws:sns:eu-south-1:123456789012:bounces';

/** A message of SNS, signed as Amazon documents it. */
export function snsMessage(privateKey: KeyObject, message: object | string, changes: Record<string, string> = {}): Record<string, string> {
	const body: Record<string, string> = {
		Type: 'Notification', MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324', TopicArn: TOPIC, Subject: 'Amazon SES Email Event Notification',
		Message: typeof message === 'string' ? message : JSON.stringify(message), Timestamp: '2026-11-22T07:59:00.000Z', SignatureVersion: '2', SigningCertURL: CERTIFICATE_URL, ...changes,
	};
	return { ...body, Signature: signatureOf(privateKey, body) };
}

export function signatureOf(privateKey: KeyObject, body: Record<string, string>): string {
	const names = body.Type === 'Notification' ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
	const text = names.filter((name) => name in body).map((name) => `${name}\n${body[name]}\n`).join('');
	return sign(body.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256', Buffer.from(text), privateKey).toString('base64');
}

/** The part of SES's notifications that tells of the mail, with the original headers. */
export function sesMail(id: string) {
	return {
		timestamp: '2026-11-22T07:58:00.000Z', source: 'ciao@ottica.example', messageId: '010f0189-ses', destination: ['giulia@posta.example'], headersTruncated: false,
		headers: [{ name: 'From', value: 'Ottica Prova <ciao@ottica.example>' }, { name: 'Message-ID', value: id }],
		commonHeaders: { from: ['Ottica Prova <ciao@ottica.example>'], messageId: '010f0189-ses' },
	};
}

/** An event of Mailgun with its signature. */
export function mailgunCall(event: object, key: string, { token = '0123456789'.repeat(5), timestamp = '1795334340' } = {}): string {
	return JSON.stringify({ signature: { token, timestamp, signature: createHmac('sha256', key).update(timestamp + token).digest('hex') }, 'event-data': event });
}
