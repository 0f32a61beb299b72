import qrcode from 'qrcode-generator';

/** Dots of a code's smallest square, and squares of the white border that readers need. */
const CELL = 5;
const MARGIN = 4;

/** A text as a QR code: a GIF, base64. */
export function qrGif(text: string): string {
	const code = qrcode(0, 'L');
	code.addData(text, 'Byte');
	code.make();
	return code.createDataURL(CELL, MARGIN * CELL).replace(/^data:image\/gif;base64,/, '');
}
