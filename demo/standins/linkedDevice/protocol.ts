import type { BinaryNode } from '@whiskeysockets/baileys';

export type { BinaryNode };

/** Everything of the client's own package that the other side of the wire needs too: proto messages, the binary form of nodes, the curve. */
export { loadBaileys, type Baileys } from '../../../lib/channels/linkedDevice/load';

export const SERVER = 's.whatsapp.net';

/** The parts of a node, by tag. */
export function child(node: BinaryNode | undefined, tag: string): BinaryNode | undefined {
	return children(node).find((one) => one.tag === tag);
}

export function children(node: BinaryNode | undefined): BinaryNode[] {
	return Array.isArray(node?.content) ? node.content : [];
}

export function bytesOf(node: BinaryNode | undefined): Buffer {
	const content = node?.content;
	return content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(typeof content === 'string' ? content : '');
}

/** A number as the wire has it. */
export function bigEndian(value: number, bytes: number): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntBE(value, 0, bytes);
	return buffer;
}
