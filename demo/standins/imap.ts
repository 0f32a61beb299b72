import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail in the folder; flags as IMAP writes them. */
export interface StoredMail {
	uid: number;
	raw: Buffer;
	flags: Set<string>;
	receivedAt: Date;
}

export interface ImapStandin {
	port: number;
	user: string;
	password: string;
	mails: StoredMail[];
	/** Puts a mail into INBOX. */
	deliver(raw: string | Buffer): StoredMail;
	stop(): Promise<void>;
}

const CAPABILITIES = 'IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+ UIDPLUS';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A mailbox with one folder that speaks as much of IMAP4rev1 (RFC 3501) as a client needs to look for unseen mails, read and mark them. On this machine only. */
export async function startImapStandin({ port = 0, user = 'shop', password = 'mailbox' }: { port?: number; user?: string; password?: string } = {}): Promise<ImapStandin> {
	const mails: StoredMail[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
		serve(socket, mails, `${user}\0${password}`);
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		user,
		password,
		mails,
		deliver: (raw) => {
			const mail = { uid: (mails.at(-1)?.uid ?? 0) + 1, raw: Buffer.from(raw), flags: new Set<string>(), receivedAt: new Date() };
			mails.push(mail);
			return mail;
		},
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function serve(socket: Socket, mails: StoredMail[], account: string): void {
	let [pending, known, waitsForLogin] = ['', false, ''];
	const say = (line: string) => socket.write(`${line}\r\n`);
	const logIn = (tag: string, given: string) => {
		known = given === account;
		say(known ? `${tag} OK done` : `${tag} NO [AUTHENTICATIONFAILED] wrong user or password`);
	};
	say(`* OK [CAPABILITY ${CAPABILITIES}] ready`);
	socket.on('data', (data) => {
		pending += data.toString('latin1');
		for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
			const line = pending.slice(0, end);
			pending = pending.slice(end + 2);
			if (waitsForLogin) {
				logIn(waitsForLogin, Buffer.from(line, 'base64').toString().replace(/^\0/, ''));
				waitsForLogin = '';
				continue;
			}
			const [, tag, command, rest] = /^(\S+) (?:UID )?(\S+) ?(.*)$/i.exec(line) ?? [];
			if (!tag) continue;
			const verb = command.toUpperCase();
			if (verb === 'CAPABILITY') say(`* CAPABILITY ${CAPABILITIES}`);
			else if (verb === 'AUTHENTICATE') {
				const initial = rest.split(' ')[1];
				if (initial) logIn(tag, Buffer.from(initial, 'base64').toString().replace(/^\0/, ''));
				else [waitsForLogin] = [tag, say('+ ')];
				continue;
			} else if (verb === 'LOGIN') {
				logIn(tag, [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).join('\0'));
				continue;
			} else if (verb === 'LOGOUT') {
				say('* BYE');
				socket.end(`${tag} OK done\r\n`);
				return;
			} else if (!known) {
				say(`${tag} NO log in first`);
				continue;
			} else if (verb === 'LIST' || verb === 'LSUB') say(`* ${verb} () "/" "INBOX"`);
			else if (verb === 'SELECT' || verb === 'EXAMINE') select(say, mails);
			else if (verb === 'SEARCH') say(`* SEARCH ${mails.filter(({ flags }) => !/UNSEEN|NOT SEEN/i.test(rest) || !flags.has('\\Seen')).map(({ uid }) => uid).join(' ')}`.trimEnd());
			else if (verb === 'FETCH') for (const mail of named(rest, mails)) fetch(socket, mail, mails.indexOf(mail) + 1, rest);
			else if (verb === 'STORE') for (const mail of named(rest, mails)) mail.flags.add(/\((.*?)\)/.exec(rest)?.[1] ?? '');
			say(`${tag} OK done`);
		}
	});
}

function select(say: (line: string) => void, mails: readonly StoredMail[]): void {
	say(`* ${mails.length} EXISTS`);
	say('* 0 RECENT');
	say('* FLAGS (\\Seen \\Answered \\Deleted)');
	say('* OK [PERMANENTFLAGS (\\Seen \\*)] .');
	say('* OK [UIDVALIDITY 1] .');
	say(`* OK [UIDNEXT ${(mails.at(-1)?.uid ?? 0) + 1}] .`);
}

/** Mails of a set such as `1:3,5`, by their unique numbers. */
function named(rest: string, mails: readonly StoredMail[]): StoredMail[] {
	const ranges = rest.split(' ')[0].split(',').map((part) => part.split(':').map((end) => (end === '*' ? Infinity : Number(end))));
	return mails.filter(({ uid }) => ranges.some(([from, to = from]) => uid >= from && uid <= to));
}

function fetch(socket: Socket, { uid, raw, flags, receivedAt }: StoredMail, place: number, wanted: string): void {
	const day = `${String(receivedAt.getUTCDate()).padStart(2, ' ')}-${MONTHS[receivedAt.getUTCMonth()]}-${receivedAt.getUTCFullYear()}`;
	const parts = [`UID ${uid}`, `FLAGS (${[...flags].join(' ')})`, `RFC822.SIZE ${raw.length}`, `INTERNALDATE "${day} ${receivedAt.toISOString().slice(11, 19)} +0000"`];
	const hasBody = /BODY(\.PEEK)?\[\]/i.test(wanted);
	socket.write(`* ${place} FETCH (${parts.join(' ')}${hasBody ? ` BODY[] {${raw.length}}\r\n` : ')\r\n'}`);
	if (!hasBody) return;
	socket.write(raw);
	socket.write(')\r\n');
}
