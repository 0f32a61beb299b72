import { resolveTxt } from 'node:dns/promises';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';
import type { SmtpSettings } from '../../lib/channels/smtpSettings';

/** What to do about an error of the mail server, by nodemailer's code. https://nodemailer.com/errors */
const HOW_TO_GO_ON: Record<string, string> = {
	EAUTH: 'Check user and password; some providers want a password made for this use.',
	EDNS: 'Check the name of the host.',
	ETLS: 'The server offers no STARTTLS: ask for its encrypted port (often 465, with SSL/TLS on).',
	ESOCKET: 'Check host and port, and SSL/TLS: on for port 465, off for 587 and 25.',
	ETIMEDOUT: 'Check host and port, and whether a firewall stands in between.',
};

/** Logs in to the mail server and looks for the key of the signature in the DNS; sends nothing. */
export async function testSmtp(data: ICredentialDataDecryptedObject | undefined): Promise<INodeCredentialTestResult> {
	const settings = data as unknown as SmtpSettings;
	// Without one, the mailer would try this very machine.
	if (!settings.host?.trim()) return { status: 'Error', message: 'There is no host. Enter the name of the mail server.' };
	const { verifySmtp } = await import('../../lib/channels/email');
	const { dkimRecordProblem } = await import('../../lib/channels/dkim');
	try {
		await verifySmtp(settings);
		const problem = await dkimRecordProblem(settings, resolveTxt);
		if (problem) return { status: 'Error', message: `The mail server accepts the account, but ${problem}: signatures would fail. Publish the public key there, or switch off Sign with DKIM.` };
		return { status: 'OK', message: 'The server answers and accepts the account' };
	} catch (error) {
		if (error instanceof CrmError) return { status: 'Error', message: `${error.message}. ${error.howToGoOn}` };
		const { message, code } = error as Error & { code?: string };
		return { status: 'Error', message: `The mail server cannot be used: ${message.trim()}. ${HOW_TO_GO_ON[code ?? ''] ?? 'Check the settings.'}` };
	}
}
