import { createTransport } from 'nodemailer';
import { CrmError } from '../domain/errors';
import { signingOptions } from './dkim';
import { transportOptions } from './email';
import { checkAddresses, type SmtpSettings } from './smtpSettings';

/** A mail to people of the shop, not to customers: no consent, no refusal link, no history. */
export interface StaffMail {
	from: { name: string; address: string };
	to: readonly string[];
	subject: string;
	text: string;
	html: string;
}

/** @throws CrmError with the server's code where the mail was not taken */
export async function sendStaffMail(settings: SmtpSettings, { from, to, subject, text, html }: StaffMail): Promise<void> {
	checkAddresses(settings);
	const transport = createTransport({ ...transportOptions(settings), dkim: signingOptions(settings) });
	try {
		// Nobody need see who else gets it, and no answering machine shall answer.
		await transport.sendMail({ from, to: from, bcc: [...to], subject, text, html, headers: { 'Auto-Submitted': 'auto-generated' }, envelope: { from: from.address, to: [...to] } });
	} catch (error) {
		const { responseCode, code } = error as { responseCode?: number; code?: string };
		throw new CrmError(`The mail server did not take the notice (${responseCode ? `SMTP_${responseCode}` : (code ?? 'SMTP_ERROR')})`, 'Test the credential "Optical SMTP API", and look at the recipients\' addresses.');
	} finally {
		transport.close();
	}
}
