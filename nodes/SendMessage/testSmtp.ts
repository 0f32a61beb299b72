import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import type { SmtpSettings } from '../../lib/channels/email';

/** What to do about an error of the mail server, by nodemailer's code. https://nodemailer.com/errors */
const HOW_TO_GO_ON: Record<string, string> = {
	EAUTH: 'Check user and password; some providers want a password made for this use.',
	EDNS: 'Check the name of the host.',
	ETLS: 'The server offers no STARTTLS: ask for its encrypted port (often 465, with SSL/TLS on).',
	ESOCKET: 'Check host and port, and SSL/TLS: on for port 465, off for 587 and 25.',
	ETIMEDOUT: 'Check host and port, and whether a firewall stands in between.',
};

/** Logs in to the mail server, and sends nothing. */
export async function testSmtp(data: ICredentialDataDecryptedObject | undefined): Promise<INodeCredentialTestResult> {
	const settings = data as unknown as SmtpSettings;
	// Without one, the mailer would try this very machine.
	if (!settings.host?.trim()) return { status: 'Error', message: 'There is no host. Enter the name of the mail server.' };
	const { verifySmtp } = await import('../../lib/channels/email');
	try {
		await verifySmtp(settings);
		return { status: 'OK', message: 'The server answers and accepts the account' };
	} catch (error) {
		const { message, code } = error as Error & { code?: string };
		return { status: 'Error', message: `The mail server cannot be used: ${message.trim()}. ${HOW_TO_GO_ON[code ?? ''] ?? 'Check the settings.'}` };
	}
}
