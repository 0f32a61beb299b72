import { createHmac, randomBytes } from 'node:crypto';
import type { Account } from './account';
import type { Baileys, BinaryNode } from './protocol';
import { bytesOf, child, SERVER } from './protocol';

/** What a phone tells the server when somebody scanned a QR code or typed a pairing code: the new device of its account. */
export function pairSuccess(baileys: Baileys, account: Account, device: number, companion: { identity: Uint8Array; advSecret: Uint8Array }): BinaryNode {
	const { proto, Curve } = baileys;
	const phone = account.phone.identityKeys;
	const details = proto.ADVDeviceIdentity.encode({ rawId: device, timestamp: Math.floor(Date.now() / 1000), keyIndex: device }).finish();
	const accountSignature = Curve.sign(phone.private, Buffer.concat([Buffer.from([6, 0]), details, companion.identity]));
	const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: phone.public, accountSignature }).finish();
	const hmac = createHmac('sha256', companion.advSecret).update(signed).digest();
	const number = account.number.slice(1);
	return {
		tag: 'iq', attrs: { from: SERVER, type: 'set', id: `pair-${randomBytes(4).toString('hex')}`, t: String(Math.floor(Date.now() / 1000)) },
		content: [{
			tag: 'pair-success', attrs: {},
			content: [
				{ tag: 'device-identity', attrs: {}, content: proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish() },
				{ tag: 'device', attrs: { jid: `${number}:${device}@s.whatsapp.net`, lid: `${account.lid}:${device}@lid` } },
				{ tag: 'platform', attrs: { name: 'android' } },
			],
		}],
	};
}

/** What stands in a QR code of a device that wants to be linked. */
export function readQr(text: string): { noiseKey: Buffer; identity: Buffer; advSecret: Buffer } {
	const [, noiseKey, identity, advSecret] = text.slice(text.indexOf('#') + 1).split(',');
	return { noiseKey: Buffer.from(noiseKey, 'base64'), identity: Buffer.from(identity, 'base64'), advSecret: Buffer.from(advSecret, 'base64') };
}

const SALT = 32;
const IV = 16;
const GCM_IV = 12;
const REF = Buffer.from('a-ref-of-the-stand-in');

/** The exchange behind a pairing code of eight characters, on the side of the phone on which it is typed. */
export class CodePairing {
	private readonly ephemeral;
	private companionEphemeral?: Buffer;

	/** @param hello `<link_code_companion_reg stage="companion_hello">` */
	constructor(private readonly baileys: Baileys, private readonly account: Account, private readonly hello: BinaryNode) {
		this.ephemeral = baileys.Curve.generateKeyPair();
	}

	/** Somebody types the code; a wrong one gives the device a key that fits nothing. */
	async typed(code: string): Promise<BinaryNode> {
		const wrapped = bytesOf(child(this.hello, 'link_code_pairing_wrapped_companion_ephemeral_pub'));
		const [salt, iv, sealed] = [wrapped.subarray(0, SALT), wrapped.subarray(SALT, SALT + IV), wrapped.subarray(SALT + IV)];
		const { aesDecryptCTR, aesEncryptCTR, derivePairingCodeKey } = this.baileys;
		this.companionEphemeral = aesDecryptCTR(sealed, await derivePairingCodeKey(code, salt), iv);
		const [ownSalt, ownIv] = [randomBytes(SALT), randomBytes(IV)];
		const own = Buffer.concat([ownSalt, ownIv, aesEncryptCTR(this.ephemeral.public, await derivePairingCodeKey(code, ownSalt), ownIv)]);
		return {
			tag: 'notification', attrs: { from: SERVER, type: 'link_code_companion_reg', id: `code-${randomBytes(4).toString('hex')}` },
			content: [{
				tag: 'link_code_companion_reg', attrs: { stage: 'primary_hello' },
				content: [
					{ tag: 'link_code_pairing_ref', attrs: {}, content: REF },
					{ tag: 'primary_identity_pub', attrs: {}, content: this.account.phone.identityKeys.public },
					{ tag: 'link_code_pairing_wrapped_primary_ephemeral_pub', attrs: {}, content: own },
				],
			}],
		};
	}

	/** @param finish `<link_code_companion_reg stage="companion_finish">` */
	finished(finish: BinaryNode): { identity: Buffer; advSecret: Buffer } {
		const { Curve, hkdf, aesDecryptGCM } = this.baileys;
		const bundle = bytesOf(child(finish, 'link_code_pairing_wrapped_key_bundle'));
		const identity = bytesOf(child(finish, 'companion_identity_public'));
		const shared = Curve.sharedKey(this.ephemeral.private, this.companionEphemeral as Buffer);
		const key = Buffer.from(hkdf(shared, 32, { salt: bundle.subarray(0, SALT), info: 'link_code_pairing_key_bundle_encryption_key' }));
		const opened = aesDecryptGCM(bundle.subarray(SALT + GCM_IV), key, bundle.subarray(SALT, SALT + GCM_IV), Buffer.alloc(0));
		const random = opened.subarray(64);
		const identityShared = Curve.sharedKey(this.account.phone.identityKeys.private, identity);
		return { identity, advSecret: Buffer.from(hkdf(Buffer.concat([shared, identityShared, random]), 32, { info: 'adv_secret' })) };
	}
}
