import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { ReceivedMail } from './mailFolder';

/** What the customer's mail program sends when she answers a mail of the shop. */
export async function answerTo(mail: ReceivedMail, text: string): Promise<Buffer> {
	const answered = messageId(mail);
	return await new MailComposer({ from: mail.envelope.to[0], to: mail.from, subject: `Re: ${mail.subject}`, inReplyTo: answered, references: answered, text }).compile().build();
}

/** What a mail server sends where there is no such address. Source: RFC 3464. */
export function bounceOf(mail: ReceivedMail): Buffer {
	const lines = [
		`Date: ${new Date().toUTCString()}`, 'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>', `Message-ID: <${randomUUID()}@mx.example>`, `To: <${mail.envelope.from}>`, 'MIME-Version: 1.0',
		'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', 'Subject: Returned mail: see transcript for details', '',
		'--b', '', 'The address does not exist.', '',
		'--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '',
		`Final-Recipient: rfc822; ${mail.envelope.to[0]}`, 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 5.1.1 no such user', '',
		'--b', 'Content-Type: message/rfc822', '', `Message-ID: ${messageId(mail)}`, `To: ${mail.envelope.to[0]}`, '', '--b--', '',
	];
	return Buffer.from(lines.join('\r\n'));
}

function messageId({ headers }: ReceivedMail): string {
	return headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value ?? '';
}
