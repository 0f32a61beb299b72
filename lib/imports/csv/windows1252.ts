/**
 * What Windows-1252 puts where Latin-1 has control characters, 0x80 to 0x9F (WHATWG Encoding Standard).
 * Written out because `TextDecoder` reads these bytes as Latin-1 in many Node versions (nodejs/node issue 56542).
 */
export const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text that was read as Latin-1, as Windows-1252 means it. */
export function fromLatin1(text: string): string {
	return text.replace(/[\x80-\x9f]/g, (character) => HIGH_CONTROLS[character.charCodeAt(0) - 0x80]);
}
