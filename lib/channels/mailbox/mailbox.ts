import type { InboundEvent } from '../../domain/inbound';
import type { Instant } from '../../domain/time';
import { mailEvents } from './mailEvents';

/** Where bounces and answers come in: the shop's mailbox, over IMAP. */
export interface MailboxSettings {
	host: string;
	port: number;
	secure: boolean;
	user: string;
	password: string;
	/** Its folder. */
	folder: string;
}

/** Larger mails are not fetched: whoever sends them has written no answer. Bytes. */
const LARGEST_MAIL = 2_000_000;

/** What was read, and how to go on. */
export interface ReadMails {
	events: InboundEvent[];
	mails: number;
	/** Unseen mails too large to be read, left alone. */
	skipped: number;
	/** Marks what was read as seen; call it once its events are kept. */
	done(): Promise<void>;
	close(): Promise<void>;
}

/**
 * Reads the unseen mails of the folder, the oldest first. They stay unseen until `done`: a process that dies in between reads them again, and
 * each event counts once anyway.
 * @throws Error as the mail server puts it
 */
export async function readMailbox(settings: MailboxSettings, limit: number, now: Instant): Promise<ReadMails> {
	const { ImapFlow } = await import('imapflow');
	const { host, port, secure, user, password, folder } = settings;
	const client = new ImapFlow({ host, port, secure, auth: { user, pass: password }, logger: false, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 });
	// Without a listener, a connection that breaks later would end the whole process.
	client.on('error', () => undefined);
	await client.connect();
	try {
		await client.mailboxOpen(folder || 'INBOX');
		const unseen = ((await client.search({ seen: false }, { uid: true })) || []).slice(0, limit);
		const sizes = unseen.length === 0 ? [] : await client.fetchAll(unseen, { size: true, uid: true }, { uid: true });
		const fit = sizes.filter(({ size }) => (size ?? 0) <= LARGEST_MAIL).map(({ uid }) => uid);
		const events: InboundEvent[] = [];
		const fetched = fit.length === 0 ? [] : await client.fetchAll(fit, { source: true, internalDate: true, uid: true }, { uid: true });
		for (const { source, internalDate } of fetched) {
			if (source) events.push(...(await mailEvents(source, internalDate ? new Date(internalDate).toISOString() : now)));
		}
		return {
			events,
			mails: fetched.length,
			skipped: unseen.length - fit.length,
			done: async () => void (fit.length > 0 && (await client.messageFlagsAdd(fit, ['\\Seen'], { uid: true }))),
			close: async () => await client.logout(),
		};
	} catch (error) {
		client.close();
		throw error;
	}
}
