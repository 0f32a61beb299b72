import type { E2ESession, SessionRecord, SignalStorage } from 'libsignal';
import { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord as Records } from 'libsignal';
import type { Baileys, BinaryNode } from './protocol';
import { bigEndian } from './protocol';

/** Everything of one device that others may know, to begin a conversation with it. */
export type Bundle = E2ESession;

/** One encrypted part of a message. */
export interface Sealed {
	type: 'pkmsg' | 'msg';
	content: Uint8Array;
}

const VERSION_BYTE = Buffer.from([5]);
const PREKEYS = 20;

/** A phone with its own Signal keys: it opens what comes to it, and seals what it sends. Nothing is kept beyond the process. */
export class SignalPerson {
	private readonly identity;
	private readonly signed;
	private readonly registrationId = 1 + Math.floor(Math.random() * 16_000);
	private readonly preKeys = new Map<number, { public: Uint8Array; private: Uint8Array }>();
	private readonly sessions = new Map<string, Uint8Array>();
	private given = 0;

	constructor(baileys: Baileys) {
		this.identity = baileys.Curve.generateKeyPair();
		this.signed = baileys.signedKeyPair(this.identity, 1);
		for (let id = 1; id <= PREKEYS; id++) this.preKeys.set(id, baileys.Curve.generateKeyPair());
	}

	/** Of the account, where this is its phone. */
	get identityKeys(): { public: Uint8Array; private: Uint8Array } {
		return this.identity;
	}

	/** What the server gives out when somebody wants to write: each time another one-time key, while there are any. */
	bundleNodes(): BinaryNode[] {
		const id = (this.given++ % PREKEYS) + 1;
		const preKey = this.preKeys.get(id);
		const key = (tag: string, keyId: number, value: Uint8Array, signature?: Uint8Array): BinaryNode => ({
			tag, attrs: {}, content: [
				{ tag: 'id', attrs: {}, content: bigEndian(keyId, 3) },
				{ tag: 'value', attrs: {}, content: value },
				...(signature ? [{ tag: 'signature', attrs: {}, content: signature }] : []),
			],
		});
		return [
			{ tag: 'registration', attrs: {}, content: bigEndian(this.registrationId, 4) },
			{ tag: 'type', attrs: {}, content: VERSION_BYTE },
			{ tag: 'identity', attrs: {}, content: this.identity.public },
			key('skey', this.signed.keyId, this.signed.keyPair.public, this.signed.signature),
			...(preKey ? [key('key', id, preKey.public)] : []),
		];
	}

	/** @param from the name of the sender's device in this phone's sessions */
	async open(from: string, { type, content }: Sealed): Promise<Buffer> {
		const cipher = new SessionCipher(this.storage, new ProtocolAddress(from, 0));
		return type === 'pkmsg' ? await cipher.decryptPreKeyWhisperMessage(Buffer.from(content)) : await cipher.decryptWhisperMessage(Buffer.from(content));
	}

	/** @param bundle of the receiving device, used where there is no session yet */
	async seal(to: string, data: Uint8Array, bundle: () => Bundle): Promise<Sealed> {
		const address = new ProtocolAddress(to, 0);
		if (!this.sessions.has(address.toString())) await new SessionBuilder(this.storage, address).initOutgoing(bundle());
		const { type, body } = await new SessionCipher(this.storage, address).encrypt(Buffer.from(data));
		return { type: type === 3 ? 'pkmsg' : 'msg', content: Buffer.from(body, 'binary') };
	}

	private get storage(): SignalStorage {
		const keyPair = (pair: { public: Uint8Array; private: Uint8Array }) => ({ privKey: Buffer.from(pair.private), pubKey: Buffer.concat([VERSION_BYTE, pair.public]) });
		return {
			loadSession: async (id) => {
				const stored = this.sessions.get(id);
				return stored && Records.deserialize(stored);
			},
			storeSession: async (id, session: SessionRecord) => void this.sessions.set(id, session.serialize()),
			isTrustedIdentity: () => true,
			loadPreKey: async (id) => {
				const pair = this.preKeys.get(Number(id));
				return pair && keyPair(pair);
			},
			removePreKey: () => undefined,
			loadSignedPreKey: () => keyPair(this.signed.keyPair),
			getOurRegistrationId: () => this.registrationId,
			getOurIdentity: () => keyPair(this.identity),
		};
	}
}
