import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailbox, type Mailbox } from '../../../demo/standins/mailbox';

/** The stand-in for a mail server, and the credential for it. */
export interface TestMailbox extends Mailbox {
	credential: { host: string; port: number; user: string; password: string; secure: boolean; requireTls: boolean };
	end(): Promise<void>;
}

export async function openMailbox(): Promise<TestMailbox> {
	const folder = mkdtempSync(join(tmpdir(), 'optical-crm-mail-'));
	const mailbox = await startMailbox({ folder });
	const { host, port, user, password, stop } = mailbox;
	return {
		...mailbox,
		credential: { host, port, user, password, secure: false, requireTls: false },
		end: async () => {
			await stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
