import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { keepMail, readMails, type ReceivedMail } from './mailFolder';

/** How the stand-in misbehaves; for tests. By default it does not. */
export interface MailboxFaults {
	/** Milliseconds between the end of DATA and its answer; by then the mail is already kept. */
	delayMs: number;
	/** Recipients (lower case) that get this SMTP code: 450 for "later", 550 for "never". */
	refuse: Record<string, number>;
	/** What follows DATA: its answer, silence, or a cut connection. The mail is kept in all three cases, as on a real server whose answer was lost. */
	afterData: 'answer' | 'hang' | 'disconnect';
}

export interface MailboxOptions {
	/** Where mails are kept, so that a restart finds them. */
	folder: string;
	/** 0 or nothing: any free port. */
	port?: number;
	user?: string;
	password?: string;
}

/** A running stand-in for a mail server. It accepts everything and delivers nothing. */
export interface Mailbox {
	host: string;
	port: number;
	user: string;
	password: string;
	/** Oldest first. */
	mails(): readonly ReceivedMail[];
	/** Can be changed at any time; counts for the next command of a client. */
	faults: MailboxFaults;
	/** Closes all connections. Mails stay in the folder. */
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Starts a local SMTP server with user and password and without TLS: it listens on the loopback address only.
 *
 * @throws if the port is taken
 */
export async function startMailbox({ folder, port = 0, user = 'ottica', password = 'demo-mailbox' }: MailboxOptions): Promise<Mailbox> {
	const mails = await readMails(folder);
	const faults: MailboxFaults = { delayMs: 0, refuse: {}, afterData: 'answer' };

	const server = new SMTPServer({
		// A certificate nobody trusts would only stop clients that try STARTTLS by themselves.
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		disableReverseLookup: true,
		closeTimeout: 100,
		logger: false,
		onAuth: (auth, _session, callback) => {
			if (auth.username === user && auth.password === password) callback(null, { user });
			else callback(smtpError(535, 'Wrong user or password'));
		},
		onRcptTo: ({ address }, _session, callback) => {
			const code = faults.refuse[address.toLowerCase()];
			if (code) callback(smtpError(code, 'Recipient refused by the demo'));
			else callback();
		},
		onData: (stream, session, callback) => {
			take(stream, session).then(
				(answer) => answer && callback(null, 'Kept'),
				(error: Error) => callback(smtpError(451, error.message)),
			);
		},
	});

	async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<boolean> {
		const { mailFrom, rcptTo } = session.envelope;
		const source = await buffer(stream);
		mails.push(await keepMail(folder, mailFrom ? mailFrom.address : '', rcptTo.map(({ address }) => address), source));
		await sleep(faults.delayMs);
		if (faults.afterData === 'disconnect') {
			for (const connection of server.connections) if (connection.session === session) connection.close();
		}
		return faults.afterData === 'answer';
	}

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
	// A client that vanishes in the middle of a command is no reason to end the demo.
	server.removeAllListeners('error').on('error', () => undefined);

	return {
		host: HOST,
		port: (server.server.address() as { port: number }).port,
		user,
		password,
		mails: () => mails,
		faults,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

function smtpError(responseCode: number, message: string): Error {
	return Object.assign(new Error(message), { responseCode });
}
