import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { Account, LinkedDevice, type ReadText } from './account';
import { Connection } from './connection';
import { NoiseServer } from './noise';
import { readQr } from './pairing';
import { loadBaileys, type Baileys, type BinaryNode } from './protocol';

/** What happens to a message that a device hands over; for tests. `cut`: it was delivered, and the connection breaks before the ack. */
export type Fate = 'ack' | 'silence' | 'cut' | { nack: number };

/**
 * A running stand-in for WhatsApp's servers, the shop's phone and the phones of its customers, on this machine only. What leaves a linked device encrypted is
 * decrypted here on the side of the receiver, with keys that the device never had.
 */
export interface LinkedDeviceStandin {
	/** `ws:` address for the device. */
	url: string;
	/** The shop's number, E.164. */
	number: string;
	/** What customers could read, oldest first. */
	readonly texts: readonly ReadText[];
	/** Messages that were handed over, whatever became of them. */
	readonly handedOver: readonly string[];
	/** Of the messages to come. */
	fate: Fate;
	/** Milliseconds before a message is acknowledged; by then its text has been read. */
	delayMs: number;
	/** A number from now on on WhatsApp; a second time, the same. */
	customer(number: string): void;
	/** The lead scans the QR code with the shop's phone. */
	scan(qr: string): void;
	/** The lead types the pairing code on the shop's phone. */
	typeCode(code: string): Promise<void>;
	/** A customer writes to the shop; what comes while no device is there waits for it. Returns the message's id. */
	say(number: string, text: string): Promise<string>;
	/** A customer's phone has got, or shown, a message. */
	report(id: string, state: 'delivered' | 'read'): void;
	/** All connections break. */
	drop(): void;
	/** The server ends the connection with a reason: 401 logged out, 403 banned, 440 another device took the place. */
	refuse(code: number): void;
	/** Devices that are connected and logged in. */
	connected(): number;
	/** Connections that were ever begun. */
	visits(): number;
	stop(): Promise<void>;
}

export async function startLinkedDeviceStandin({ port = 0, number = '+390555000100' }: { port?: number; number?: string } = {}): Promise<LinkedDeviceStandin> {
	const baileys = await loadBaileys();
	const world = new World(baileys, number);
	const server = new WebSocketServer({ host: '127.0.0.1', port });
	await once(server, 'listening');
	server.on('connection', (socket) => void world.serve(socket).catch(() => socket.terminate()));
	return Object.assign(world, {
		url: `ws://127.0.0.1:${(server.address() as { port: number }).port}`,
		stop: async () => {
			for (const socket of server.clients) socket.terminate();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}

/** Accounts, devices and what goes between them. */
export class World {
	readonly texts: ReadText[] = [];
	readonly handedOver: string[] = [];
	fate: Fate = 'ack';
	delayMs = 0;
	readonly shop: Account;
	private readonly accounts = new Map<string, Account>();
	private readonly devices: LinkedDevice[] = [];
	private readonly connections = new Set<Connection>();
	/** What a device has not confirmed yet: it comes again at the next login. By id. */
	private readonly waiting = new Map<string, BinaryNode>();
	private readonly staticKey;
	private readonly certificate: Uint8Array;
	private begun = 0;
	private nextDevice = 1;
	private nextLid = 100_000_000_001;
	/** A reason for which every device is sent away that logs in. */
	private refusal?: number;

	constructor(readonly baileys: Baileys, readonly number: string) {
		this.shop = this.account(number);
		this.staticKey = baileys.Curve.generateKeyPair();
		this.certificate = certificateOf(baileys, this.staticKey.public);
	}

	async serve(socket: WebSocket): Promise<void> {
		this.begun++;
		const noise = new NoiseServer(this.baileys, socket, this.staticKey, this.certificate);
		socket.on('message', (data: Buffer) => noise.take(data));
		const hello = await noise.handshake();
		const connection = new Connection(this, noise, socket, hello.noiseKey);
		this.connections.add(connection);
		socket.on('close', () => this.connections.delete(connection));
		await connection.begin(this.baileys.proto.ClientPayload.decode(hello.payload));
	}

	customer(number: string): void {
		this.account(number);
	}

	scan(qr: string): void {
		const { noiseKey, identity, advSecret } = readQr(qr);
		const connection = [...this.connections].find((one) => one.isOf(noiseKey));
		if (!connection) throw new Error('No device shows this QR code');
		connection.pair(identity, advSecret);
	}

	async typeCode(code: string): Promise<void> {
		const found = () => [...this.connections].find(({ codePairing }) => codePairing !== undefined);
		// The lead needs longer than the wire.
		for (let waited = 0; waited < 40 && !found(); waited++) await sleep(50);
		const connection = found();
		if (!connection) throw new Error('No device waits for a code');
		await connection.typeCode(code);
	}

	async say(number: string, text: string): Promise<string> {
		const from = this.account(number);
		const id = `3A${randomBytes(9).toString('hex').toUpperCase()}`;
		const [device] = this.devices;
		if (!device) throw new Error('No device is linked');
		const plain = this.baileys.encodeWAMessage({ conversation: text });
		const { type, content } = await from.phone.seal(device.sessionName, plain, () => device.bundle());
		this.deliver({
			tag: 'message',
			attrs: { from: `${from.lid}@lid`, id, t: String(Math.floor(Date.now() / 1000)), type: 'text', notify: 'Cliente', addressing_mode: 'lid', sender_pn: from.jid },
			content: [{ tag: 'enc', attrs: { v: '2', type }, content }],
		});
		return id;
	}

	report(id: string, state: 'delivered' | 'read'): void {
		const to = this.texts.find((text) => text.id === id)?.to;
		if (!to) throw new Error('Nobody has got this message');
		this.deliver({ tag: 'receipt', attrs: { from: this.account(to).jid, id, t: String(Math.floor(Date.now() / 1000)), ...(state === 'read' && { type: 'read' }) } });
	}

	drop(): void {
		for (const { socket } of this.connections) socket.terminate();
	}

	refuse(code: number): void {
		if (code === 401 || code === 403) {
			this.refusal = code;
			this.devices.splice(0);
		}
		for (const connection of this.connections) connection.end(code);
	}

	visits(): number {
		return this.begun;
	}

	connected(): number {
		return [...this.connections].filter(({ device }) => device !== undefined).length;
	}

	/** Why a device may not log in, or the device. */
	login(noiseKey: Uint8Array, device: number): LinkedDevice | number {
		const known = this.devices.find((one) => one.device === device && one.noiseKey === Buffer.from(noiseKey).toString('base64'));
		// One connection for each device: a second one takes the place of the first.
		if (known) for (const connection of this.connections) if (connection.device === known) connection.end(440);
		return known ?? this.refusal ?? 401;
	}

	link(noiseKey: Uint8Array): LinkedDevice {
		this.refusal = undefined;
		const device = new LinkedDevice(this.shop, this.nextDevice++, Buffer.from(noiseKey).toString('base64'));
		this.devices.push(device);
		return device;
	}

	unlink(device: LinkedDevice): void {
		this.devices.splice(this.devices.indexOf(device), 1);
	}

	find(jid: string): Account | undefined {
		const user = jid.split('@')[0].split(':')[0];
		return [...this.accounts.values()].find(({ number, lid }) => number === `+${user}` || lid === user);
	}

	devicesOf(account: Account): number[] {
		return this.devices.filter((device) => device.account === account).map(({ device }) => device);
	}

	/** What waits for a device. */
	waitingFor(): BinaryNode[] {
		return [...this.waiting.values()].map((node) => ({ ...node, attrs: { ...node.attrs, offline: '1' } }));
	}

	/** A device has got it. */
	confirmed(id: string): void {
		this.waiting.delete(id);
	}

	private deliver(node: BinaryNode): void {
		this.waiting.set(node.attrs.id, node);
		for (const connection of this.connections) if (connection.device) connection.send(node);
	}

	private account(number: string): Account {
		const account = this.accounts.get(number) ?? new Account(this.baileys, number, String(this.nextLid++));
		this.accounts.set(number, account);
		return account;
	}
}

/** Signed by nobody: only WhatsApp has the key that the client knows. The client's library does not look at what its check of the signature says. */
function certificateOf({ proto, Curve }: Baileys, key: Uint8Array): Uint8Array {
	const intermediate = Curve.generateKeyPair();
	const root = Curve.generateKeyPair();
	const { Details } = proto.CertChain.NoiseCertificate;
	const leaf = Details.encode({ serial: 2, issuerSerial: 1, key }).finish();
	const middle = Details.encode({ serial: 1, issuerSerial: 0, key: intermediate.public }).finish();
	return proto.CertChain.encode({
		leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
		intermediate: { details: middle, signature: Curve.sign(root.private, middle) },
	}).finish();
}

