import fc from 'fast-check';
import { DecodedText } from '../../../../lib/imports/csv/encoding';
import { PIECE_BYTES } from '../../../../lib/imports/csv/pieces';
import { CrmError } from '../../../../lib/domain/errors';

const names = 'Nicolò;D’Angelo;Désirée;Muñoz;€ 5;“Œuvre”\r\n';
/** The bytes of `names` in Windows-1252, written out by hand. */
const namesIn1252 = Buffer.from('4e69636f6cf23b4492416e67656c6f3b44e9736972e9653b4d75f16f7a3b8020353b938c75767265940d0a', 'hex');

async function read(bytes: Iterable<Uint8Array>): Promise<{ text: string; decoded: DecodedText }> {
	const decoded = new DecodedText(bytes);
	let text = '';
	for await (const piece of decoded.text()) text += piece;
	return { text, decoded };
}

function inChunks(bytes: Buffer, size: number): Buffer[] {
	return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

test.each([
	['utf-8', Buffer.from(names)],
	['utf-8', Buffer.from(`\ufeff${names}`)],
	['windows-1252', namesIn1252],
	['utf-16le', Buffer.from(`\ufeff${names}`, 'utf16le')],
	['utf-16be', Buffer.from(`\ufeff${names}`, 'utf16le').swap16()],
] as const)('reads %s, however it is cut', async (encoding, bytes) => {
	for (const size of [1, 2, 3, 7, 1000]) {
		const { text, decoded } = await read(inChunks(bytes, size));
		expect(text).toBe(names);
		expect(decoded.encoding).toBe(encoding);
		expect(decoded.strayBytes).toBe(0);
	}
});

test('the first byte above ASCII decides, also when it comes late', async () => {
	const plain = Buffer.alloc(3 * PIECE_BYTES, 'Rossi;Mario\r\n');
	expect((await read([plain])).decoded.encoding).toBe('ascii');
	const late1252 = await read([plain, namesIn1252]);
	expect(late1252.text.endsWith(names)).toBe(true);
	expect(late1252.decoded.encoding).toBe('windows-1252');
	const lateUtf8 = await read([plain, Buffer.from(names)]);
	expect(lateUtf8.text.endsWith(names)).toBe(true);
	expect(lateUtf8.decoded.encoding).toBe('utf-8');
});

test('a line of Windows-1252 glued into a UTF-8 file spoils nothing, and its bytes are counted', async () => {
	const { text, decoded } = await read([Buffer.from(names), namesIn1252, Buffer.from(names)]);
	expect(text).toBe(names.repeat(3));
	expect(decoded.encoding).toBe('utf-8');
	expect(decoded.strayBytes).toBe(9);
});

test('every text in UTF-8 is read back at every cut', async () => {
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 1, max: 5 }), async (text, size) => {
			// Padded so that characters fall on the edge of a piece.
			const padded = `è${'x'.repeat(PIECE_BYTES - 3)}${text.toWellFormed()}`;
			expect((await read(inChunks(Buffer.from(padded), PIECE_BYTES - size))).text).toBe(padded);
		}),
		{ numRuns: 50 },
	);
});

test.each([
	['Excel workbook', Buffer.from('PK\x03\x04xl/workbook.xml')],
	['old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
	['PDF', Buffer.from('%PDF-1.7\n')],
	['compressed', Buffer.from('1f8b0800', 'hex')],
	['web page', Buffer.from('\r\n<HTML><table><tr><td>Cognome')],
	['XML', Buffer.from('<?xml version="1.0"?>')],
	['JSON', Buffer.from('[ {"Cognome":"Rossi"}]')],
	['empty', Buffer.alloc(0)],
])('refuses: %s', async (what, bytes) => {
	const error = await read([bytes]).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(CrmError);
	expect((error as CrmError).message).toContain(what);
	expect((error as CrmError).howToGoOn).not.toBe('');
});
