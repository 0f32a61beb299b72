import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import type { ComplaintEvent, DeliveryEvent, InboundEvent, ReplyEvent } from '../../domain/inbound';
import type { Instant } from '../../domain/time';
import { ourMessageId } from '../messageId';
import { newText } from './newText';
import { reportFields } from './reportFields';

/**
 * What a mail in the shop's mailbox tells: a report of failed delivery (RFC 3464), a complaint passed on by a mailbox provider (RFC 5965), or what a
 * customer wrote. Automatic answers and what machines send tell nothing.
 * @param raw the whole mail
 * @param receivedAt when it came into the mailbox; stands in where the mail names no day
 */
export async function mailEvents(raw: Buffer, receivedAt: Instant): Promise<InboundEvent[]> {
	const { simpleParser } = await import('mailparser');
	// A report's parts are no text to read and no file to keep: they come as attachments.
	const mail = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true, keepDeliveryStatus: true } as object);
	const eventId = mail.messageId ?? createHash('sha256').update(raw).digest('base64url');
	const at = momentOf(mail, receivedAt);
	const status = partOf(mail, 'message/delivery-status');
	if (status) return bounces(status, mail, eventId, at);
	const feedback = partOf(mail, 'message/feedback-report');
	if (feedback) return complaint(feedback, mail, eventId, at);
	return isAutomatic(mail) ? [] : reply(mail, eventId, at);
}

/** A mail that says it is from tomorrow is from now. */
function momentOf({ date }: ParsedMail, receivedAt: Instant): Instant {
	const written = date && !Number.isNaN(date.getTime()) ? date.toISOString() : receivedAt;
	return written > receivedAt ? receivedAt : written;
}

function partOf(mail: ParsedMail, type: string): string | undefined {
	return mail.attachments.find(({ contentType }) => contentType === type)?.content.toString('utf8');
}

/** The headers of our mail come back with the report, as a part of their own or inside the text. */
function ourId(mail: ParsedMail): string | undefined {
	const texts = [mail.inReplyTo ?? '', [mail.references ?? []].flat().join(' '), ...mail.attachments.map(({ content }) => content.toString('utf8', 0, 20_000)), mail.text ?? ''];
	return texts.map(ourMessageId).find((id) => id !== undefined);
}

/** One event for each recipient that the report names; a mere delay is no failure. */
function bounces(status: string, mail: ParsedMail, eventId: string, at: Instant): DeliveryEvent[] {
	const id = ourId(mail);
	if (!id) return [];
	return reportFields(status).flatMap(({ action, status: code, 'final-recipient': recipient }, index) => {
		if (!recipient || !['failed', 'delivered', 'relayed'].includes(action?.toLowerCase() ?? '')) return [];
		const failed = action?.toLowerCase() === 'failed';
		const base = { kind: 'delivery' as const, channel: 'email' as const, providerId: id, eventId: `${eventId}:${index}`, at };
		const smtp = /^[245]\.\d{1,3}\.\d{1,3}/.exec(code ?? '')?.[0];
		return [failed ? { ...base, state: 'failed', code: smtp ?? 'BOUNCE', permanent: smtp?.startsWith('5') ?? false } : { ...base, state: 'delivered' }];
	});
}

function complaint(feedback: string, mail: ParsedMail, eventId: string, at: Instant): ComplaintEvent[] {
	const [fields] = reportFields(feedback);
	const type = fields?.['feedback-type']?.toLowerCase();
	const to = fields?.['original-rcpt-to'] ?? /^To:.*?([\w.+-]+@[\w.-]+)/im.exec(mail.attachments.map(({ content }) => content.toString('utf8')).join('\n'))?.[1];
	if (!to || (type !== 'abuse' && type !== 'fraud' && type !== 'other')) return [];
	const id = ourId(mail);
	return [{ kind: 'complaint', channel: 'email', eventId, from: address(to), ...(id && { providerId: id }), at }];
}

/** RFC 3834: who answers for somebody, says so. */
function isAutomatic(mail: ParsedMail): boolean {
	const header = (name: string) => String(mail.headers.get(name) ?? '').toLowerCase();
	if (header('auto-submitted') !== '' && header('auto-submitted') !== 'no') return true;
	if (['bulk', 'list', 'junk', 'auto_reply'].includes(header('precedence')) || header('x-autoreply') !== '' || header('x-auto-response-suppress').includes('all')) return true;
	return mail.headers.has('list') || /^(mailer-daemon|postmaster|no-?reply|noreply)@/i.test(mail.from?.value[0]?.address ?? '');
}

function reply(mail: ParsedMail, eventId: string, at: Instant): ReplyEvent[] {
	const from = mail.from?.value[0]?.address;
	const text = newText(mail.text ?? '');
	if (!from || text === '') return [];
	const answered = ourId({ ...mail, attachments: [], text: '' });
	return [{ kind: 'reply', channel: 'email', eventId, from: address(from), text, at, ...(answered && { inReplyTo: answered }) }];
}

function address(text: string): string {
	return text.trim().replace(/^rfc822;\s*/i, '').replace(/^<|>$/g, '').toLowerCase();
}
