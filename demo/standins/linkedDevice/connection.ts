import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import type { LinkedDevice } from './account';
import { answerOf } from './answers';
import type { NoiseServer } from './noise';
import { CodePairing, pairSuccess } from './pairing';
import { child, children, SERVER, type BinaryNode } from './protocol';
import type { World } from './server';

const RESTART = 515;

/** One device's connection, from its login or its wish to be linked to the end. */
export class Connection {
	/** Once it is logged in. */
	device?: LinkedDevice;
	codePairing?: CodePairing;
	/** Linked, but not yet told to log in. */
	private fresh?: LinkedDevice;

	constructor(private readonly world: World, private readonly noise: NoiseServer, readonly socket: WebSocket, private readonly noiseKey: Uint8Array) {}

	isOf(noiseKey: Uint8Array): boolean {
		return Buffer.compare(this.noiseKey, noiseKey) === 0;
	}

	send(node: BinaryNode): void {
		if (this.socket.readyState === this.socket.OPEN) this.noise.send(node);
	}

	async begin(payload: proto.ClientPayload): Promise<void> {
		if (payload.devicePairingData) this.offerPairing();
		else {
			const device = this.world.login(this.noiseKey, payload.device ?? 0);
			if (typeof device === 'number') return this.end(device);
			this.device = device;
			this.send({ tag: 'success', attrs: { t: String(Math.floor(Date.now() / 1000)), lid: device.lid } });
			const waiting = this.world.waitingFor();
			for (const node of waiting) this.send(node);
			this.send({ tag: 'ib', attrs: { from: SERVER }, content: [{ tag: 'offline', attrs: { count: String(waiting.length) } }] });
		}
		while (this.socket.readyState === this.socket.OPEN) await this.take(await this.noise.nextNode());
	}

	/** The phone has scanned the code that this device shows, or the codes fit together. */
	pair(identity: Uint8Array, advSecret: Uint8Array): void {
		this.fresh = this.world.link(this.noiseKey);
		this.send(pairSuccess(this.world.baileys, this.world.shop, this.fresh.device, { identity, advSecret }));
	}

	async typeCode(code: string): Promise<void> {
		if (this.codePairing) this.send(await this.codePairing.typed(code));
	}

	/** Ends the connection for a reason, as the server does. */
	end(code: number): void {
		if (code === 401 || code === 403) this.send({ tag: 'failure', attrs: { reason: String(code), location: 'stand-in' } });
		else this.send({ tag: 'stream:error', attrs: { code: String(code) }, content: [{ tag: code === 440 ? 'conflict' : 'text', attrs: { type: 'replaced' } }] });
		this.socket.close();
	}

	private offerPairing(): void {
		const refs = Array.from({ length: 6 }, (): BinaryNode => ({ tag: 'ref', attrs: {}, content: Buffer.from(`2@${randomBytes(24).toString('base64')}`) }));
		this.send({ tag: 'iq', attrs: { from: SERVER, type: 'set', id: 'pair-device', xmlns: 'md' }, content: [{ tag: 'pair-device', attrs: {}, content: refs }] });
	}

	private async take(node: BinaryNode): Promise<void> {
		if (node.tag === 'message') return await this.takeMessage(node);
		if (node.tag === 'receipt' || node.tag === 'ack') return this.world.confirmed(node.attrs.id);
		if (node.tag !== 'iq') return;
		if (node.attrs.type === 'result') return this.takeResult(node);
		const [asked] = children(node);
		if (asked?.tag === 'link_code_companion_reg') return this.takeCodePairing(node, asked);
		if (asked?.tag === 'remove-companion-device' && this.device) {
			this.world.unlink(this.device);
			return this.end(401);
		}
		// A device that is not linked asks for nothing but to be.
		if (this.device) this.send(answerOf(node, this.device, this.world));
	}

	private takeResult(node: BinaryNode): void {
		if (this.fresh && child(node, 'pair-device-sign')) this.end(RESTART);
	}

	private takeCodePairing(iq: BinaryNode, reg: BinaryNode): void {
		this.send({ tag: 'iq', attrs: { from: SERVER, type: 'result', id: iq.attrs.id } });
		if (reg.attrs.stage === 'companion_hello') this.codePairing = new CodePairing(this.world.baileys, this.world.shop, reg);
		else if (this.codePairing) {
			const { identity, advSecret } = this.codePairing.finished(reg);
			this.pair(identity, advSecret);
		}
	}

	/** Every phone opens its own part; the one of the shop gets a copy. */
	private async takeMessage(node: BinaryNode): Promise<void> {
		const { fate } = this.world;
		const { id, to } = node.attrs;
		this.world.handedOver.push(id);
		const isNacked = typeof fate === 'object';
		if (!isNacked) await this.read(node);
		await sleep(this.world.delayMs);
		if (fate === 'silence') return;
		if (fate === 'cut') return this.socket.terminate();
		this.send({ tag: 'ack', attrs: { class: 'message', id, from: to, t: String(Math.floor(Date.now() / 1000)), ...(isNacked && { error: String(fate.nack) }) } });
	}

	private async read(node: BinaryNode): Promise<void> {
		const { baileys } = this.world;
		for (const part of children(child(node, 'participants'))) {
			const account = this.world.find(part.attrs.jid);
			const enc = child(part, 'enc');
			if (!account || !enc || !this.device) continue;
			const opened = await account.phone.open(this.device.sessionName, { type: enc.attrs.type as 'pkmsg' | 'msg', content: enc.content as Uint8Array });
			const message = baileys.proto.Message.decode(baileys.unpadRandomMax16(opened));
			if (account === this.world.shop) continue;
			this.world.texts.push({ id: node.attrs.id, to: account.number, text: message.conversation || (message.extendedTextMessage?.text ?? ''), at: new Date().toISOString() });
		}
	}
}
