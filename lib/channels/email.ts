import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Channel, Delivery, Outgoing } from './channel';
import { signingOptions } from './dkim';
import { BREVO_HEADER } from './mailProvider/brevo';
import { messageId } from './messageId';
import { bounceAddress, checkAddresses, type SmtpSettings } from './smtpSettings';

/** Longest waits for a connection and for an answer, in seconds. */
const CONNECT_SECONDS = 15;
const ANSWER_SECONDS = 45;
/** After so many seconds a message counts as unknown, whatever the server still does. Shorter than the lease of a message in `sending`. */
const SEND_SECONDS = 90;

/**
 * E-mail through an SMTP server, over a pool of connections.
 * @throws CrmError when an address or the key of the settings cannot be right
 */
export function emailChannel(settings: SmtpSettings, connections: number): Channel {
	checkAddresses(settings);
	// The pool would by itself send a message again whose connection broke, and it may have arrived: never.
	const transport = createTransport({ ...transportOptions(settings), dkim: signingOptions(settings), pool: true, maxConnections: connections, maxRequeues: 0 });
	// A stream is made when an open connection takes the message: before that, nothing can have left.
	transport.use('stream', (mail, done) => {
		const { onHandOver } = mail.data as { onHandOver?: () => void };
		mail.message.transform(() => {
			onHandOver?.();
			return new PassThrough();
		});
		done();
	});
	return {
		send: (message) => deliver(transport, toMail(message, settings)),
		close: async () => transport.close(),
	};
}

async function deliver(transport: ReturnType<typeof createTransport>, mail: SendMailOptions): Promise<Delivery> {
	let handedOver = false;
	const onHandOver = () => (handedOver = true);
	const sending = transport.sendMail({ ...mail, onHandOver } as SendMailOptions).then(
		(info): Delivery => ({ outcome: 'sent', providerId: info.messageId }),
		(error): Delivery => failed(error, handedOver),
	);
	const timer = new AbortController();
	const late = setTimeout(SEND_SECONDS * 1000, { outcome: 'unknown', code: 'TIMEOUT' } as Delivery, { signal: timer.signal, ref: false });
	try {
		return await Promise.race([sending, late]);
	} finally {
		late.catch(() => undefined);
		timer.abort();
	}
}

/** Whether the server can be reached and accepts the account. Throws what the server said, or a CrmError when a setting cannot be right. */
export async function verifySmtp(settings: SmtpSettings): Promise<void> {
	checkAddresses(settings);
	signingOptions(settings);
	const transport = createTransport(transportOptions(settings));
	try {
		await transport.verify();
	} finally {
		transport.close();
	}
}

/** How the server is reached; what a text says can make it read nothing. */
export function transportOptions({ host, port, user, password, secure, requireTls }: SmtpSettings) {
	return {
		host,
		port,
		secure,
		requireTLS: requireTls,
		auth: user ? { user, pass: password ?? '' } : undefined,
		connectionTimeout: CONNECT_SECONDS * 1000,
		greetingTimeout: CONNECT_SECONDS * 1000,
		socketTimeout: ANSWER_SECONDS * 1000,
		// A text comes from customers' data: it must never make the sender read files or addresses.
		disableFileAccess: true,
		disableUrlAccess: true,
	};
}

function toMail({ id, attempt, recipient, subject, text, html, inlineImages = [], refusalUrl, sender }: Outgoing, settings: SmtpSettings): SendMailOptions {
	const ownId = messageId({ id, attempt }, sender.address.split('@')[1]);
	const bounces = bounceAddress(settings.bounceAddress, { id, attempt });
	return {
		from: { name: sender.name, address: sender.address },
		to: { name: '', address: recipient },
		replyTo: settings.replyTo || undefined,
		envelope: bounces ? { from: bounces, to: { name: '', address: recipient } } : undefined,
		subject,
		text,
		html,
		attachments: inlineImages.map(({ cid, type, data }) => ({
			cid,
			contentType: type,
			contentDisposition: 'inline',
			filename: `${cid.split('@')[0]}.${type.split('/')[1]}`,
			content: Buffer.from(data, 'base64'),
		})),
		messageId: ownId,
		headers: {
			// RFC 8058: the mailbox's own button refuses by one POST.
			...(refusalUrl && { 'List-Unsubscribe': `<${refusalUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
			...(settings.reportsBy === 'brevo' && { [BREVO_HEADER]: ownId }),
		},
	};
}

/** Sorts a failure by what it is about, and by whether the server may have taken the text. https://nodemailer.com/errors */
function failed(error: Error & { code?: string; command?: string; responseCode?: number }, handedOver: boolean): Delivery {
	const code = error.responseCode ? `SMTP_${error.responseCode}` : (error.code ?? 'SMTP_ERROR');
	// Whoever refuses the sender's address refuses every message.
	const ofEnvelope = error.code === 'EENVELOPE' && error.command !== 'MAIL FROM';
	// A password or a sender's address does not mend itself.
	if (!ofEnvelope && (!handedOver || error.code === 'EENVELOPE')) return { outcome: 'down', code, ...((error.code === 'EAUTH' || error.code === 'EENVELOPE') && { alert: true }) };
	if (error.responseCode) return { outcome: 'refused', code, retry: error.responseCode < 500 };
	return ofEnvelope ? { outcome: 'refused', code, retry: false } : { outcome: 'unknown', code };
}
