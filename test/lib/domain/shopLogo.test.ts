import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOGO_CID, readLogo, shownWidth, withLogoInside } from '../../../lib/domain/shopLogo';

const fileOf = (name: string) => readFileSync(join(__dirname, '..', '..', 'support', name));
const PNG = fileOf('logo.png');
const JPEG = fileOf('logo.jpg');

it.each([
	['PNG', PNG, 'image/png'],
	['JPEG', JPEG, 'image/jpeg'],
])('reads a %s by its bytes', (_, bytes, type) => {
	const logo = readLogo(bytes);
	expect(logo).toEqual({ type, width: 400, height: 96, data: bytes.toString('base64') });
});

/** A PNG that says of itself another size. */
const sized = (width: number, height: number) => {
	const bytes = Buffer.from(PNG);
	bytes.writeUInt32BE(width, 16);
	bytes.writeUInt32BE(height, 20);
	return bytes;
};

it.each([
	['an SVG, which can hold a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /no PNG and no JPEG/],
	['a page that calls itself a picture', Buffer.from('\x89PNG<html>', 'latin1'), /no PNG and no JPEG/],
	['a GIF', Buffer.from('GIF89a'.padEnd(100, ' ')), /no PNG and no JPEG/],
	['nothing', Buffer.alloc(0), /no PNG and no JPEG/],
	['half a PNG', PNG.subarray(0, PNG.length / 2), /broken/],
	['half a JPEG', JPEG.subarray(0, JPEG.length / 2), /broken/],
	['a JPEG without a frame', Buffer.from('ffd8ffe00004aaaaffd9', 'hex'), /broken/],
	['a JPEG whose segments lead in a circle', Buffer.from('ffd8ffe00000ffe00000ffd9', 'hex'), /broken/],
	['what is too large', Buffer.concat([PNG, Buffer.alloc(50_000)]), /has \d\d kB/],
	['what is too small to see', sized(400, 8), /400 x 8 pixels/],
	['what would fill the memory of a phone', sized(60_000, 60_000), /60000 x 60000 pixels/],
])('refuses %s', (_, bytes, says) => {
	expect(() => readLogo(bytes)).toThrow(says);
});

it.each([
	[400, 96, 200],
	[96, 96, 56],
	[100, 400, 14],
	[120, 40, 120],
	[3000, 16, 200],
	[16, 3000, 1],
])('shows %d x %d pixels %d wide', (width, height, shown) => {
	expect(shownWidth({ width, height })).toBe(shown);
});

it('stands in a page that has no attachments, and only where it was named', () => {
	const html = `<img src="cid:${LOGO_CID}" alt="x"><p>src=&quot;cid:${LOGO_CID}&quot;</p>`;
	expect(withLogoInside(html, { type: 'image/png', width: 1, height: 1, data: 'AA==' })).toBe(`<img src="data:image/png;base64,AA==" alt="x"><p>src=&quot;cid:${LOGO_CID}&quot;</p>`);
});
