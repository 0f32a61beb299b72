import { DateTime } from 'luxon';
import type { InboundEvent } from '../../domain/inbound';
import { complaint, delivery, fields, objects, parsed, statusCode, text, type MailWebhookRequest, type Told } from './events';
import type { MailProviderSettings } from './settings';
import { readSns } from './sns';

/** Reports that are no reproach. */
const NO_COMPLAINTS = ['not-spam', 'auth-failure', 'virus'];

/** What Amazon tells of mails; that it is not Amazon; or that it asks whether this address wants to be told, to be answered by a GET of `confirmUrl`. */
export type SesResult = InboundEvent[] | 'forged' | { confirmUrl: string };

/**
 * Bounces, complaints and deliveries of Amazon SES, as its topic at SNS tells them. SES gives every mail a Message-ID of its own: ours is only in the headers, so the
 * notifications must include the original ones. https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
 * @param certificate PEM, from the address that `certificateUrl` gives
 */
export function sesWebhook({ reportTopic = '' }: MailProviderSettings, request: MailWebhookRequest, certificate: string): SesResult {
	const message = readSns(request, certificate, reportTopic);
	if (message === 'forged') return 'forged';
	if (message.confirmUrl !== undefined) return { confirmUrl: message.confirmUrl };
	return message.type === 'Notification' ? eventsOf(fields(parsed(message.text)), request) : [];
}

function eventsOf(notification: Record<string, unknown>, { receivedAt }: MailWebhookRequest): InboundEvent[] {
	const mail = fields(notification.mail);
	const ids = objects(mail.headers).filter(({ name }) => text(name).toLowerCase() === 'message-id').map(({ value }) => text(value));
	const quoted = [...ids, text(fields(mail.commonHeaders).messageId)].join(' ');
	// By event publishing the same is called eventType.
	const type = text(notification.notificationType ?? notification.eventType);
	const told = (given: Record<string, unknown>, key: string, recipient: unknown, index: number): Told => ({ eventId: `ses:${key}:${index}`, quoted, recipient: text(recipient), at: instantAt(given.timestamp, receivedAt) });
	switch (type) {
		case 'Bounce': {
			const bounce = fields(notification.bounce);
			const [kind, subtype] = [text(bounce.bounceType), text(bounce.bounceSubType)];
			return objects(bounce.bouncedRecipients).flatMap(({ emailAddress, status, diagnosticCode }, index) =>
				delivery(told(bounce, text(bounce.feedbackId), emailAddress, index), 'failed', { code: statusCode(status) ?? statusCode(diagnosticCode) ?? `SES_${subtype || kind}`, permanent: kind === 'Permanent' }));
		}
		case 'Complaint': {
			const given = fields(notification.complaint);
			if (NO_COMPLAINTS.includes(text(given.complaintFeedbackType))) return [];
			return objects(given.complainedRecipients).flatMap(({ emailAddress }, index) => complaint(told(given, text(given.feedbackId), emailAddress, index)));
		}
		case 'Delivery': {
			const given = fields(notification.delivery);
			return delivery(told(given, `${text(mail.messageId)}:delivered`, '', 0), 'delivered');
		}
		case 'Reject':
			return delivery(told({}, `${text(mail.messageId)}:rejected`, '', 0), 'failed', { code: 'SES_Reject' });
		default:
			return [];
	}
}

function instantAt(value: unknown, receivedAt: string): string {
	const at = DateTime.fromISO(text(value), { zone: 'utc' });
	const instant = at.isValid ? at.toISO() : receivedAt;
	return instant > receivedAt ? receivedAt : instant;
}
