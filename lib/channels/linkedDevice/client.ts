import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionState, WASocket } from '@whiskeysockets/baileys';
import { CrmError } from '../../domain/errors';
import type { DeliveryEvent, ReplyEvent } from '../../domain/inbound';
import type { KeyShelf } from '../../domain/keyShelf';
import type { Instant } from '../../domain/time';
import { deliveryOf, replyOf } from './inbound';
import { authState } from './keys';
import { loadBaileys } from './load';
import { isSafeAddress } from './settings';

/** How the client is opened. */
export interface ClientSettings {
	/** Where WhatsApp is; absent: WhatsApp's own address. See `isSafeAddress`. */
	url?: string;
	shelf: KeyShelf;
	/** Marks the names of our messages. */
	secret: string;
	clock: () => Instant;
	/** Called for each change. */
	hears(news: News): Promise<void> | void;
}

/** What the client tells. */
export type News =
	/** To be shown as a QR code, until the next. */
	| { kind: 'qr'; text: string }
	/** Connected and logged in, as this number (E.164). */
	| { kind: 'open'; number: string }
	/** The connection is over; nothing more is told. `code`: see `endingOf`. */
	| { kind: 'closed'; code: number }
	| { kind: 'events'; events: Array<ReplyEvent | DeliveryEvent> };

/** What became of a message that was handed over: the server's word, or none. */
export type Handed = { acknowledged: true; error?: string } | { acknowledged: false };

/** One connection of the shop's linked device. */
export interface LinkedClient {
	/** A code of eight characters that the lead types on the phone with this number (E.164); only while a QR code is offered. */
	pairingCode(number: string): Promise<string>;
	/** @throws where nobody answers */
	isOnWhatsApp(number: string): Promise<boolean>;
	/** Fetches what is needed to write to this number, so that nothing but the message itself is left to be done. */
	prepare(number: string): Promise<void>;
	/** Shows "is typing" for so long. */
	type(number: string, ms: number): Promise<void>;
	/** Hands the message over and waits so long for the server's word. Milliseconds. */
	hand(number: string, text: string, name: string, ackMs: number): Promise<Handed>;
	/** Takes the device off the phone's list. */
	logOut(): Promise<void>;
	close(): Promise<void>;
}

/** Whoever has not answered by then does not answer. */
const QUERY_MS = 30_000;
const SILENT = { level: 'silent', child: () => SILENT, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Opens a connection with Baileys, which is loaded only now.
 * @throws CrmError where the address is not safe
 */
export async function openLinkedClient({ url, shelf, secret, clock, hears }: ClientSettings): Promise<LinkedClient> {
	if (url !== undefined && !isSafeAddress(url)) {
		throw new CrmError('The address of WhatsApp is no secure one', 'Leave the address empty, or enter one that begins with wss://.');
	}
	const baileys = await loadBaileys();
	const { jidNormalizedUser, isJidBroadcast, isJidGroup, isJidNewsletter, isLidUser, isPnUser } = baileys;
	const auth = await authState(baileys, shelf);
	const socket: WASocket = baileys.makeWASocket({
		auth,
		logger: SILENT,
		...(url !== undefined && { waWebSocketUrl: url }),
		browser: baileys.Browsers.ubuntu('Chrome'),
		// What is on the phone stays there: no chats and no contacts are copied.
		syncFullHistory: false,
		shouldSyncHistoryMessage: () => false,
		shouldIgnoreJid: (jid) => [isJidGroup, isJidBroadcast, isJidNewsletter].some((isOther) => isOther(jid) === true),
		// The phone goes on ringing for who is in the shop.
		markOnlineOnConnect: false,
		emitOwnEvents: false,
		defaultQueryTimeoutMs: QUERY_MS,
		generateHighQualityLinkPreview: false,
	});
	let isOver = false;
	// Kept one after the other, so that an older state never lies over a newer one.
	let saving: Promise<unknown> = Promise.resolve();
	const over = async (code: number) => {
		if (isOver) return;
		isOver = true;
		await saving.catch(() => undefined);
		await hears({ kind: 'closed', code });
	};
	const orEnd = (work: Promise<unknown>) => void work.catch(() => void Promise.resolve(socket.end(undefined)).catch(() => undefined).then(async () => await over(0)));

	socket.ev.on('creds.update', () => {
		saving = saving.then(async () => await auth.saveCreds());
		orEnd(saving);
	});
	socket.ev.on('connection.update', ({ connection, qr, lastDisconnect }: Partial<ConnectionState>) => {
		if (qr) orEnd(Promise.resolve(hears({ kind: 'qr', text: qr })));
		if (connection === 'open') orEnd(Promise.resolve(hears({ kind: 'open', number: numberOf(jidNormalizedUser(auth.creds.me?.id)) })));
		if (connection === 'close') void over(codeOf(lastDisconnect?.error));
	});
	const tell = async (events: Array<ReplyEvent | DeliveryEvent | undefined>) => {
		const news = events.filter((event) => event !== undefined);
		if (news.length > 0) await hears({ kind: 'events', events: news });
	};
	socket.ev.on('messages.upsert', ({ messages }) => orEnd((async () => {
		const replies = await Promise.all(messages.map(async (message) => {
			const { remoteJid, remoteJidAlt } = message.key;
			const jid = [remoteJid, remoteJidAlt].find((one) => isPnUser(one ?? undefined)) ?? (isLidUser(remoteJid ?? undefined) ? await socket.signalRepository.lidMapping.getPNForLID(remoteJid as string) : undefined);
			// Who hides the number cannot be told apart from anybody; the message is on the phone.
			return jid ? replyOf(message, numberOf(jid), clock()) : undefined;
		}));
		await tell(replies);
	})()));
	socket.ev.on('messages.update', (updates) => orEnd(tell(updates.map((update) => deliveryOf(update, secret, clock())))));

	return {
		pairingCode: async (number) => await socket.requestPairingCode(number.replace(/\D/g, '')),
		isOnWhatsApp: async (number) => {
			const found = await socket.onWhatsApp(jidOf(number));
			// No answer is no "no": the number would count as dead for good.
			if (!found) throw new Error('WhatsApp has not answered');
			return found.some(({ exists }) => exists);
		},
		prepare: async (number) => {
			const own = jidNormalizedUser(auth.creds.me?.id);
			const devices = await socket.getUSyncDevices([own, jidOf(number)], true, false);
			await socket.assertSessions(devices.map(({ jid }) => jid).filter((jid) => jid !== auth.creds.me?.id));
		},
		type: async (number, ms) => {
			await socket.sendPresenceUpdate('composing', jidOf(number));
			await sleep(ms);
			await socket.sendPresenceUpdate('paused', jidOf(number));
		},
		hand: async (number, text, name, ackMs) => {
			const acknowledged = ackOf(socket, name, ackMs);
			try {
				await socket.sendMessage(jidOf(number), { text, linkPreview: null }, { messageId: name });
			} catch {
				// It may have left before what went wrong: only the server's word counts.
			}
			return await acknowledged;
		},
		logOut: async () => await socket.logout(),
		close: async () => {
			isOver = true;
			await Promise.resolve(socket.end(undefined)).catch(() => undefined);
			await saving.catch(() => undefined);
		},
	};
}

/** Waits for the server's word about a message; also where the connection ends first. */
async function ackOf(socket: WASocket, name: string, ackMs: number): Promise<Handed> {
	return await new Promise((resolve) => {
		const finish = (handed: Handed) => {
			clearTimeout(timer);
			socket.ws.off(`TAG:${name}`, told);
			socket.ws.off('close', ended);
			resolve(handed);
		};
		const told = (node: { tag: string; attrs: Record<string, string> }) => {
			if (node.tag === 'ack') finish({ acknowledged: true, ...(node.attrs.error && { error: node.attrs.error }) });
		};
		const ended = () => finish({ acknowledged: false });
		const timer = setTimeout(ended, ackMs);
		socket.ws.on(`TAG:${name}`, told);
		socket.ws.on('close', ended);
	});
}

function jidOf(number: string): string {
	return `${number.replace(/\D/g, '')}@s.whatsapp.net`;
}

function numberOf(jid: string): string {
	return `+${jid.split('@')[0].split(':')[0]}`;
}

/** Of the errors of the client: HTTP-like, under `output`. */
function codeOf(error: unknown): number {
	return (error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode ?? 0;
}
