/** How an SMS is counted, and so paid: 3GPP TS 23.038 and 23.040. */
export interface SmsLength {
	/** GSM-7 where every sign is of its alphabet, else UCS-2, in which a message holds less than half. */
	encoding: 'GSM-7' | 'UCS-2';
	/** Places that the text takes: in GSM-7 some signs take two, in UCS-2 an emoji does. */
	units: number;
	/** Messages that are sent, and paid for. */
	segments: number;
	/** The signs that are not of GSM-7, each once. */
	outside: string[];
}

const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const TWO_PLACES = new Set('^{}\\[~]|€\f');
/** Places in a single message, and in each of several: the others number the parts. */
const ROOM = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/** Counts an SMS. No sign is torn apart between two messages. */
export function smsLength(text: string): SmsLength {
	const signs = [...text];
	const outside = [...new Set(signs.filter((sign) => !BASIC.has(sign) && !TWO_PLACES.has(sign)))];
	const encoding = outside.length === 0 ? 'GSM-7' : 'UCS-2';
	const sizes = signs.map((sign) => (encoding === 'UCS-2' ? sign.length : TWO_PLACES.has(sign) ? 2 : 1));
	const units = sizes.reduce((sum, size) => sum + size, 0);
	const { single, part } = ROOM[encoding];
	return { encoding, units, segments: units <= single ? 1 : partsOf(sizes, part), outside };
}

function partsOf(sizes: readonly number[], room: number): number {
	let [parts, left] = [1, room];
	for (const size of sizes) {
		if (size > left) [parts, left] = [parts + 1, room];
		left -= size;
	}
	return parts;
}

/** What stands for signs that are not of GSM-7: capitals with an accent as Italians write them where there is none. */
const WRITTEN_AS: Record<string, string> = {
	À: "A'", È: "E'", Ì: "I'", Ò: "O'", Ù: "U'", ç: 'c', œ: 'oe', Œ: 'OE', 'ł': 'l', Ł: 'L', đ: 'd', Đ: 'D', '™': '(TM)', '©': '(C)', '®': '(R)', '°': 'o', 'º': 'o', 'ª': 'a', '•': '-', '·': '-', '…': '...', '×': 'x',
};
const QUOTES: Array<[RegExp, string]> = [[/[‘’‚‛′`´]/g, "'"], [/[“”„‟″«»]/g, '"'], [/[‐‑‒–—―−]/g, '-'], [/[\u00a0\u2000-\u200a\u202f\u3000\t]/g, ' ']];

/** The text as near as GSM-7 can write it, so that it takes fewer messages. What has no place there at all, such as emoji, is left out. */
export function gsmSafe(text: string): string {
	const plain = QUOTES.reduce((result, [pattern, sign]) => result.replace(pattern, sign), text);
	const safe = [...plain].map((sign) => (isGsm(sign) ? sign : (WRITTEN_AS[sign] ?? [...sign.normalize('NFKD')].filter(isGsm).join('')))).join('');
	// Where something was left out, it leaves no gap behind.
	return safe === plain ? safe : safe.replace(/ {2,}/g, ' ').replace(/ +(\n|$)/g, '$1');
}

function isGsm(sign: string): boolean {
	return BASIC.has(sign) || TWO_PLACES.has(sign);
}
