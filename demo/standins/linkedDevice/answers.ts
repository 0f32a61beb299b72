import type { Account, LinkedDevice } from './account';
import type { BinaryNode } from './protocol';
import { bytesOf, child, children, SERVER } from './protocol';

/** Who there is, for the answers to a device's questions. */
export interface Directory {
	/** @param jid of a number or a LID, with or without a device */
	find(jid: string): Account | undefined;
	/** Numbers of the devices of an account, beside its phone. */
	devicesOf(account: Account): number[];
}

/** The answer to `<iq>`, the one kind of question of the protocol. What asks for nothing that a stand-in has gets an empty result. */
export function answerOf(iq: BinaryNode, device: LinkedDevice, directory: Directory): BinaryNode {
	const result = (...content: BinaryNode[]): BinaryNode => ({ tag: 'iq', attrs: { from: SERVER, type: 'result', id: iq.attrs.id, t: String(Math.floor(Date.now() / 1000)) }, content });
	const [asked] = children(iq);
	switch (`${iq.attrs.xmlns} ${asked?.tag ?? ''}`) {
		case 'encrypt count':
			return result({ tag: 'count', attrs: { value: String(device.preKeyCount) } });
		case 'encrypt digest':
			return result({ tag: 'digest', attrs: {} });
		case 'encrypt registration':
			device.upload(iq);
			return result();
		case 'encrypt rotate':
			device.sign(child(asked, 'skey'));
			return result();
		case 'encrypt key':
			return result({ tag: 'list', attrs: {}, content: children(asked).map(({ attrs: { jid } }) => bundleOf(jid, directory.find(jid))) });
		case 'usync usync':
			return result({ tag: 'usync', attrs: {}, content: [{ tag: 'list', attrs: {}, content: children(child(asked, 'list')).map((user) => whoIs(user, asked, directory)) }] });
		case 'privacy privacy':
			return result({ tag: 'privacy', attrs: {}, content: [{ tag: 'category', attrs: { name: 'readreceipts', value: 'all' } }] });
		case 'privacy tokens':
			return result({ tag: 'tokens', attrs: {} });
		case 'blocklist ':
			return result({ tag: 'list', attrs: {} });
		case 'abt props':
			return result({ tag: 'props', attrs: {} });
		default:
			return result();
	}
}

function bundleOf(jid: string, account: Account | undefined): BinaryNode {
	if (account) return { tag: 'user', attrs: { jid }, content: account.phone.bundleNodes() };
	return { tag: 'user', attrs: { jid }, content: [{ tag: 'error', attrs: { code: '404', text: 'item-not-found' } }] };
}

/** Whether a number is on WhatsApp, its LID and its devices: whatever of these is asked. */
function whoIs(user: BinaryNode, usync: BinaryNode, directory: Directory): BinaryNode {
	const number = bytesOf(child(user, 'contact')).toString();
	const account = directory.find(user.attrs.jid ?? `${number.replace('+', '')}@s.whatsapp.net`);
	const asked = new Set(children(child(usync, 'query')).map(({ tag }) => tag));
	const content: BinaryNode[] = [];
	if (asked.has('contact')) content.push({ tag: 'contact', attrs: { type: account ? 'in' : 'out' } });
	if (asked.has('lid') && account) content.push({ tag: 'lid', attrs: { val: `${account.lid}@lid` } });
	if (asked.has('devices') && account) {
		const devices = [0, ...directory.devicesOf(account)].map((id): BinaryNode => ({ tag: 'device', attrs: { id: String(id), ...(id > 0 && { 'key-index': String(id) }) } }));
		content.push({ tag: 'devices', attrs: {}, content: [{ tag: 'device-list', attrs: {}, content: devices }] });
	}
	return { tag: 'user', attrs: { jid: user.attrs.jid ?? account?.jid ?? `${number.replace('+', '')}@s.whatsapp.net` }, content };
}
