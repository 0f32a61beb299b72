import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { CrmError } from '../../domain/errors';
import { refuseOtherKinds } from './fileKind';
import { pieces } from './pieces';
import { fromLatin1 } from './windows1252';

/** `ascii`: nothing yet that tells the encodings apart. */
export type Encoding = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** One well-formed UTF-8 character above ASCII, in bytes read as Latin-1 (Unicode Standard, table 3-7). */
const CHARACTER = [
	'[\\xC2-\\xDF][\\x80-\\xBF]', '\\xE0[\\xA0-\\xBF][\\x80-\\xBF]', '[\\xE1-\\xEC\\xEE\\xEF][\\x80-\\xBF]{2}', '\\xED[\\x80-\\x9F][\\x80-\\xBF]',
	'\\xF0[\\x90-\\xBF][\\x80-\\xBF]{2}', '[\\xF1-\\xF3][\\x80-\\xBF]{3}', '\\xF4[\\x80-\\x8F][\\x80-\\xBF]{2}',
].join('|');
const FIRST_NON_ASCII = new RegExp(`(${CHARACTER})|[\\x80-\\xFF]`);
const CHARACTER_OR_STRAY = new RegExp(`(${CHARACTER})|[\\x80-\\xFF]`, 'g');

/** A file's text in pieces. `encoding` and `strayBytes` are final only after the last piece. */
export class DecodedText {
	encoding: Encoding = 'ascii';
	/** Bytes in a UTF-8 file that are no UTF-8; they were read as Windows-1252. */
	strayBytes = 0;

	constructor(private readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {}

	/**
	 * The text, without its byte order mark. The first byte above ASCII decides between UTF-8 and Windows-1252, wherever in the file it
	 * comes, so nothing has to be taken back; a broken byte in a UTF-8 file is read by itself and counted.
	 * @throws CrmError when the file is empty or of a known kind that is no CSV
	 */
	async *text(): AsyncGenerator<string> {
		let held: Buffer = Buffer.alloc(0);
		let utf16: TextDecoder | undefined;
		let first = true;
		for await (const piece of pieces(this.bytes)) {
			let body = piece;
			if (first) {
				first = false;
				refuseOtherKinds(body);
				body = this.withoutMark(body);
				if (this.encoding === 'utf-16le' || this.encoding === 'utf-16be') utf16 = new TextDecoder(this.encoding);
			}
			if (utf16) {
				yield utf16.decode(body, { stream: true });
				continue;
			}
			if (held.length > 0) body = Buffer.concat([held, body]);
			const end = endOfWholeCharacters(body);
			held = body.subarray(end);
			yield this.decode(body.subarray(0, end));
		}
		if (first) throw new CrmError('The file is empty.', 'Export the customers again and check that the file has rows.');
		if (utf16) yield utf16.decode();
		else if (held.length > 0) yield this.decode(held);
	}

	private withoutMark(start: Buffer): Buffer {
		const marks: Array<[Encoding, string]> = [['utf-8', 'efbbbf'], ['utf-16le', 'fffe'], ['utf-16be', 'feff']];
		for (const [encoding, mark] of marks) {
			const length = mark.length / 2;
			if (start.toString('hex', 0, length) !== mark) continue;
			this.encoding = encoding;
			return start.subarray(length);
		}
		return start;
	}

	private decode(body: Buffer): string {
		if (isAscii(body)) return body.toString('latin1');
		const latin1 = body.toString('latin1');
		if (this.encoding === 'ascii') this.encoding = FIRST_NON_ASCII.exec(latin1)?.[1] ? 'utf-8' : 'windows-1252';
		if (this.encoding === 'windows-1252') return fromLatin1(latin1);
		if (isUtf8(body)) return body.toString('utf8');
		return latin1.replace(CHARACTER_OR_STRAY, (bytes: string, character?: string) => {
			if (character) return Buffer.from(character, 'latin1').toString('utf8');
			this.strayBytes++;
			return fromLatin1(bytes);
		});
	}
}

/** Where the last whole UTF-8 character ends: a character that is cut by the end of a piece waits for the next one. */
function endOfWholeCharacters(body: Buffer): number {
	for (let back = 1; back <= Math.min(3, body.length); back++) {
		const byte = body[body.length - back];
		if (byte < 0x80) break;
		const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
		if (length > back) return body.length - back;
		if (length > 1) break;
	}
	return body.length;
}
