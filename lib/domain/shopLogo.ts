import { CrmError } from './errors';

/** The shop's logo, as its letters show it. */
export interface ShopLogo {
	type: 'image/png' | 'image/jpeg';
	/** Of the picture, in pixels. */
	width: number;
	height: number;
	/** Base64. */
	data: string;
}

/** Name of the logo inside an e-mail (RFC 2392). Always the same, so that a message shows the logo that the shop has when it leaves. */
export const LOGO_CID = 'logo@shop';

/** Each e-mail carries it: more would be slow on a phone. */
const MOST_BYTES = 50_000;
/** Widest and highest place that a letter has for it, in CSS pixels. */
const ROOM = { width: 200, height: 56 };
const SMALLEST = 16;
const LARGEST = 3000;
const HOW_TO_GO_ON = 'Give a PNG or JPEG of at most 50 kB; about 400 pixels wide is enough.';

/**
 * Reads a logo from the bytes of its file, whatever the file is called.
 * @throws CrmError when it is no PNG or JPEG, is broken, or is too large
 */
export function readLogo(bytes: Buffer): ShopLogo {
	if (bytes.length > MOST_BYTES) throw new CrmError(`The shop's logo has ${Math.ceil(bytes.length / 1000)} kB`, HOW_TO_GO_ON);
	const picture = pngSize(bytes) ?? jpegSize(bytes);
	if (!picture) throw new CrmError("The shop's logo is no PNG and no JPEG, or is broken", HOW_TO_GO_ON);
	const { width, height } = picture;
	if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
		throw new CrmError(`The shop's logo has ${width} x ${height} pixels`, HOW_TO_GO_ON);
	}
	return { ...picture, data: bytes.toString('base64') };
}

/** Width at which a letter shows the logo, in CSS pixels: as large as there is room, never larger than it is. */
export function shownWidth({ width, height }: Pick<ShopLogo, 'width' | 'height'>): number {
	return Math.max(1, Math.round(width * Math.min(1, ROOM.width / width, ROOM.height / height)));
}

/** An e-mail's HTML for a page that has no attachments: the logo stands in it. */
export function withLogoInside(html: string, logo: ShopLogo): string {
	// Text of a customer cannot hold it: there each quotation mark is escaped.
	return html.replaceAll(`src="cid:${LOGO_CID}"`, `src="data:${logo.type};base64,${logo.data}"`);
}

type Picture = Omit<ShopLogo, 'data'>;

/** PNG, section 5.2 and 11.2.2: the signature, then the header chunk with width and height; and the end chunk, so that the file is whole. */
function pngSize(bytes: Buffer): Picture | undefined {
	if (bytes.length < 45 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n' || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
	if (!bytes.includes('IEND', Math.max(0, bytes.length - 64), 'latin1')) return undefined;
	return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** JPEG (ITU T.81, annex B): segments one after the other until the frame header, which holds height and width. */
function jpegSize(bytes: Buffer): Picture | undefined {
	if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8 || !bytes.includes(Buffer.from([0xff, 0xd9]), Math.max(0, bytes.length - 64))) return undefined;
	for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
		const marker = bytes[at + 1];
		// C4, C8 and CC are tables; the others from C0 to CF are frame headers.
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
			return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
		}
	}
	return undefined;
}
