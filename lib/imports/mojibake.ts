import { HIGH_CONTROLS } from './csv/windows1252';

/** What Windows-1252 shows for the bytes 0x80 to 0xBF, the second and third of a character in UTF-8. */
const NEXT = `[\\u0080-\\u00bf${HIGH_CONTROLS}]`;
/** The signs and accented letters of Windows-1252 and of the languages around; nobody writes their first half before a sign. */
const BROKEN = new RegExp(`[ÂÃÄÅÆË]${NEXT}|â[€‚]${NEXT}`, 'g');
/** An à whose second half, a space that does not break, was trimmed or made a plain one. Behind a small letter stands no capital. */
const BROKEN_A = /(?<=\p{Ll})Ã(?=$|[\s.,;:)/-])/gu;
/** Some programs do it twice: ÃƒÂ© for é. */
const MOST_TIMES = 2;

/**
 * A text without UTF-8 that was read as Windows-1252: Perché for PerchÃ©, Già for GiÃ. Only what cannot be meant is mended; SÃO and MANHÃ
 * are left alone.
 */
export function withoutMojibake(text: string): string {
	let mended = text;
	for (let times = 0; times < MOST_TIMES && /[ÂÃÄÅÆËâ]/.test(mended); times++) {
		mended = mended.replace(BROKEN, (characters) => Buffer.from(Array.from(characters, byteOf)).toString('utf8')).replace(BROKEN_A, 'à');
	}
	return mended;
}

/** The byte that Windows-1252 shows as this character. */
function byteOf(character: string): number {
	const high = HIGH_CONTROLS.indexOf(character);
	return high < 0 ? character.charCodeAt(0) : high + 0x80;
}
