import type { Baileys, BinaryNode } from './protocol';
import { bytesOf, child, children } from './protocol';
import { SignalPerson, type Bundle } from './signalPerson';

/** A text that a customer's phone could decrypt. */
export interface ReadText {
	/** Of the message, as the shop's device named it. */
	id: string;
	/** E.164 number of the phone that it came to. */
	to: string;
	text: string;
	/** UTC instant, ISO 8601. */
	at: string;
}

/** A number on WhatsApp, with its phone. */
export class Account {
	readonly phone: SignalPerson;
	readonly jid: string;

	/** @param lid the number that hides the number: since 2025 conversations are kept by it */
	constructor(baileys: Baileys, readonly number: string, readonly lid: string) {
		this.phone = new SignalPerson(baileys);
		this.jid = `${number.slice(1)}@s.whatsapp.net`;
	}
}

/** A device that was linked to an account: what it has proved and uploaded. */
export class LinkedDevice {
	private identity?: Buffer;
	private registrationId = 0;
	private signed?: { id: number; value: Buffer; signature: Buffer };
	private readonly preKeys: Array<{ id: number; value: Buffer }> = [];

	/** @param device its number beside the phone, which is 0 */
	constructor(readonly account: Account, readonly device: number, readonly noiseKey: string) {}

	get jid(): string {
		return `${this.account.number.slice(1)}:${this.device}@s.whatsapp.net`;
	}

	get lid(): string {
		return `${this.account.lid}:${this.device}@lid`;
	}

	/** By what others' phones remember their session with it. */
	get sessionName(): string {
		return `${this.account.number.slice(1)}:${this.device}`;
	}

	get preKeyCount(): number {
		return this.preKeys.length;
	}

	/** `<iq xmlns="encrypt" type="set">`: the keys by which others can write to it. */
	upload({ content }: BinaryNode): void {
		const iq: BinaryNode = { tag: 'iq', attrs: {}, content };
		const keyOf = (node: BinaryNode) => ({ id: bytesOf(child(node, 'id')).readUIntBE(0, 3), value: bytesOf(child(node, 'value')) });
		this.identity = bytesOf(child(iq, 'identity'));
		this.registrationId = bytesOf(child(iq, 'registration')).readUInt32BE(0);
		this.preKeys.push(...children(child(iq, 'list')).map(keyOf));
		this.sign(child(iq, 'skey'));
	}

	sign(skey: BinaryNode | undefined): void {
		if (skey) this.signed = { id: bytesOf(child(skey, 'id')).readUIntBE(0, 3), value: bytesOf(child(skey, 'value')), signature: bytesOf(child(skey, 'signature')) };
	}

	/** @throws where it has uploaded nothing yet */
	bundle(): Bundle {
		const preKey = this.preKeys.shift();
		if (!this.identity || !this.signed || !preKey) throw new Error('The linked device has uploaded no keys');
		const versioned = (key: Buffer) => Buffer.concat([Buffer.from([5]), key]);
		return {
			registrationId: this.registrationId,
			identityKey: versioned(this.identity),
			signedPreKey: { keyId: this.signed.id, publicKey: versioned(this.signed.value), signature: this.signed.signature },
			preKey: { keyId: preKey.id, publicKey: versioned(preKey.value) },
		};
	}
}
