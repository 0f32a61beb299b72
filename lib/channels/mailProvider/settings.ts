/** Of the credential "Optical SMTP": who tells by webhook what becomes of mails, and how it proves who it is. */
export interface MailProviderSettings {
	/** `none`: bounces come into a mailbox, if anywhere. */
	reportsBy?: 'none' | 'brevo' | 'mailgun' | 'ses';
	/** Brevo: the token of the webhook. Mailgun: the account's signing key for webhooks. */
	reportSecret?: string;
	/** Amazon: the only topic that is listened to. */
	reportTopic?: string;
}
