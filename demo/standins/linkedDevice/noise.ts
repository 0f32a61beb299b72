import type { WebSocket } from 'ws';
import type { Baileys, BinaryNode } from './protocol';

/** Keys of a Curve25519 pair, without the version byte. */
interface Pair {
	public: Uint8Array;
	private: Uint8Array;
}

/** What a client proved and told when it connected. */
export interface Hello {
	/** Its long-lived key of the transport. */
	noiseKey: Uint8Array;
	/** `ClientPayload`, still encoded. */
	payload: Uint8Array;
}

const NONCE_BYTES = 12;
const HEADER_BYTES = 4;

/**
 * The server's side of WhatsApp's transport: Noise XX with Curve25519, AES-256-GCM and SHA-256, then frames of three bytes of length each. The certificate that
 * it shows cannot be WhatsApp's own: nobody else has that key.
 */
export class NoiseServer {
	private readonly ephemeral: Pair;
	private hash: Uint8Array;
	private salt: Uint8Array;
	private key: Uint8Array;
	private counter = 0;
	private bytes = Buffer.alloc(0);
	private readonly waiting: Array<(frame: Buffer) => void> = [];
	private readonly frames: Buffer[] = [];
	private transport?: { write: Uint8Array; read: Uint8Array; written: number; readCount: number };
	private sawHeader = false;

	constructor(private readonly baileys: Baileys, private readonly socket: WebSocket, private readonly staticKey: Pair, private readonly certificate: Uint8Array) {
		this.ephemeral = baileys.Curve.generateKeyPair();
		this.hash = this.salt = this.key = Buffer.from(baileys.NOISE_MODE);
	}

	/** The three messages of the handshake. */
	async handshake(): Promise<Hello> {
		const { proto, Curve } = this.baileys;
		const first = await this.nextFrame();
		const clientEphemeral = proto.HandshakeMessage.decode(first).clientHello?.ephemeral as Uint8Array;
		this.mixHash(this.baileys.NOISE_WA_HEADER);
		this.mixHash(clientEphemeral);
		this.mixHash(this.ephemeral.public);
		this.mixKey(Curve.sharedKey(this.ephemeral.private, clientEphemeral));
		const encryptedStatic = this.encrypt(this.staticKey.public);
		this.mixKey(Curve.sharedKey(this.staticKey.private, clientEphemeral));
		const payload = this.encrypt(this.certificate);
		this.write(proto.HandshakeMessage.encode({ serverHello: { ephemeral: this.ephemeral.public, static: encryptedStatic, payload } }).finish());
		const { clientFinish } = proto.HandshakeMessage.decode(await this.nextFrame());
		const noiseKey = this.decrypt(clientFinish?.static as Uint8Array);
		this.mixKey(Curve.sharedKey(this.ephemeral.private, noiseKey));
		const told = this.decrypt(clientFinish?.payload as Uint8Array);
		const [read, write] = this.derive(new Uint8Array(0));
		this.transport = { read, write, written: 0, readCount: 0 };
		return { noiseKey, payload: told };
	}

	/** Bytes of the socket, however they are cut. */
	take(data: Buffer): void {
		this.bytes = Buffer.concat([this.bytes, data]);
		if (!this.sawHeader && this.bytes.length >= HEADER_BYTES) {
			this.sawHeader = true;
			this.bytes = this.bytes.subarray(this.introLength());
		}
		while (this.bytes.length >= 3 && this.bytes.length >= 3 + this.bytes.readUIntBE(0, 3)) {
			const length = this.bytes.readUIntBE(0, 3);
			const frame = this.bytes.subarray(3, 3 + length);
			this.bytes = this.bytes.subarray(3 + length);
			const waiter = this.waiting.shift();
			if (waiter) waiter(frame);
			else this.frames.push(frame);
		}
	}

	async nextNode(): Promise<BinaryNode> {
		const frame = await this.nextFrame();
		const transport = this.transport as NonNullable<typeof this.transport>;
		const plain = this.baileys.aesDecryptGCM(frame, transport.read, nonce(transport.readCount++), Buffer.alloc(0));
		return await this.baileys.decodeBinaryNode(plain);
	}

	send(node: BinaryNode): void {
		const transport = this.transport as NonNullable<typeof this.transport>;
		this.write(this.baileys.aesEncryptGCM(this.baileys.encodeBinaryNode(node), transport.write, nonce(transport.written++), Buffer.alloc(0)));
	}

	/** Behind "ED" and a length stands where the client was served last; then comes the header proper. */
	private introLength(): number {
		return this.bytes.toString('latin1', 0, 2) === 'ED' ? 7 + this.bytes.readUIntBE(4, 3) + HEADER_BYTES : HEADER_BYTES;
	}

	private async nextFrame(): Promise<Buffer> {
		return this.frames.shift() ?? (await new Promise<Buffer>((resolve) => this.waiting.push(resolve)));
	}

	private write(frame: Uint8Array): void {
		const length = Buffer.alloc(3);
		length.writeUIntBE(frame.byteLength, 0, 3);
		this.socket.send(Buffer.concat([length, frame]));
	}

	private mixHash(data: Uint8Array): void {
		this.hash = this.baileys.sha256(Buffer.concat([this.hash, data]));
	}

	private derive(data: Uint8Array): [Uint8Array, Uint8Array] {
		const key = Buffer.from(this.baileys.hkdf(Buffer.from(data), 64, { salt: Buffer.from(this.salt), info: '' }));
		return [key.subarray(0, 32), key.subarray(32)];
	}

	private mixKey(data: Uint8Array): void {
		[this.salt, this.key] = this.derive(data);
		this.counter = 0;
	}

	private encrypt(plain: Uint8Array): Uint8Array {
		const sealed = this.baileys.aesEncryptGCM(plain, this.key, nonce(this.counter++), this.hash);
		this.mixHash(sealed);
		return sealed;
	}

	private decrypt(sealed: Uint8Array): Uint8Array {
		const plain = this.baileys.aesDecryptGCM(sealed, this.key, nonce(this.counter++), this.hash);
		this.mixHash(sealed);
		return plain;
	}
}

function nonce(counter: number): Uint8Array {
	const bytes = Buffer.alloc(NONCE_BYTES);
	bytes.writeUInt32BE(counter, NONCE_BYTES - 4);
	return bytes;
}
