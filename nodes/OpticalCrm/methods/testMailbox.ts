import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import type { MailboxSettings } from '../../../lib/channels/mailbox/mailbox';
import { now } from '../../shared/clock';

/** Logs in and opens the folder; reads and marks nothing. */
export async function testMailbox(data: ICredentialDataDecryptedObject | undefined): Promise<INodeCredentialTestResult> {
	const settings = data as unknown as MailboxSettings;
	// Without one, the client would try this very machine.
	if (!settings.host?.trim()) return { status: 'Error', message: 'There is no host. Enter the name of the mail server.' };
	const { readMailbox } = await import('../../../lib/channels/mailbox/mailbox');
	try {
		const read = await readMailbox(settings, 0, now());
		await read.close();
		return { status: 'OK', message: 'The mailbox opens' };
	} catch (error) {
		const { message, authenticationFailed } = error as Error & { authenticationFailed?: boolean };
		return { status: 'Error', message: `The mailbox cannot be opened: ${message}. ${authenticationFailed ? 'Check user and password.' : 'Check host, port, SSL/TLS and folder.'}` };
	}
}
