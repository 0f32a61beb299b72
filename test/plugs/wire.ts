import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What can happen to a wire. `refuse`: nobody answers there. `cut`: it breaks after some bytes of the client. `answerLost`: what the client said arrives, and the answer does not.
 * `slow`: everything comes late. `silent`: it swallows what is said.
 */
export type WireFault = 'refuse' | 'cut' | 'answerLost' | 'slow' | 'silent';

const HOST = '127.0.0.1';
/** A slow wire delays each piece so long. */
const SLOW_MS = 250;

/** A wire between a process of ours and something that it talks to (a provider, a database), which can be cut and slowed. */
export class Wire {
	fault?: WireFault;
	/** Bytes of a client that a wire lets through before it is cut. */
	cutAfter = 0;
	port = 0;
	private server: Server = createServer();
	private readonly sockets = new Set<Socket>();

	private constructor(private readonly target: number) {}

	/** @param target the port that it leads to, on this machine */
	static async to(target: number): Promise<Wire> {
		const wire = new Wire(target);
		await wire.open(0);
		return wire;
	}

	/** Breaks the wire, or mends it (`undefined`); what is connected breaks off where nobody answers any more. */
	async set(fault: WireFault | undefined, cutAfter = 0): Promise<void> {
		const wasRefusing = this.fault === 'refuse';
		Object.assign(this, { fault, cutAfter });
		if (fault === 'refuse' && !wasRefusing) await this.close();
		if (fault !== 'refuse' && wasRefusing) await this.open(this.port);
		// A wire that is mended carries nothing of what it swallowed.
		if (fault === undefined) this.drop();
	}

	async close(): Promise<void> {
		this.drop();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private drop(): void {
		for (const socket of this.sockets) socket.destroy();
	}

	private async open(port: number): Promise<void> {
		this.server = createServer((client) => this.join(client));
		await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(port, HOST, resolve));
		this.port = (this.server.address() as AddressInfo).port;
	}

	private join(client: Socket): void {
		const far = createConnection(this.target, HOST);
		const both = [client, far];
		let said = 0;
		const end = () => both.forEach((socket) => socket.destroy());
		for (const socket of both) {
			this.sockets.add(socket);
			socket.on('error', end).on('close', () => {
				this.sockets.delete(socket);
				end();
			});
		}
		client.on('data', (piece) => {
			said += piece.length;
			if (this.fault === 'cut' && said > this.cutAfter) return end();
			this.pass(far, piece);
		});
		far.on('data', (piece) => {
			// What a server says of itself before it is asked is no answer.
			if (this.fault === 'answerLost' && said > this.cutAfter) return end();
			this.pass(client, piece);
		});
	}

	private pass(to: Socket, piece: Buffer): void {
		if (this.fault === 'silent') return;
		if (this.fault === 'slow') setTimeout(() => to.write(piece), SLOW_MS).unref();
		else to.write(piece);
	}
}
