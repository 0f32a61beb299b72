/** Bytes in one piece: enough to see the headings in the first, small enough to keep memory flat. */
export const PIECE_BYTES = 64 * 1024;

/** The same bytes in pieces of one size (the last may be shorter), however the source cuts them. */
export async function* pieces(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
	let held: Buffer[] = [];
	let size = 0;
	for await (const chunk of bytes) {
		held.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
		size += chunk.byteLength;
		if (size < PIECE_BYTES) continue;
		const all = held.length === 1 ? held[0] : Buffer.concat(held);
		let at = 0;
		for (; all.length - at >= PIECE_BYTES; at += PIECE_BYTES) yield all.subarray(at, at + PIECE_BYTES);
		held = [all.subarray(at)];
		size = all.length - at;
	}
	if (size > 0) yield Buffer.concat(held);
}
