import fc from 'fast-check';
import { cleanLine } from '../../../lib/messages/clean';

/** What names hold that were not typed by friends. */
export const HOSTILE = [
	'<script>alert(1)</script>', '</p></td>', '{{shop.name}}', '{{#if', '}}', '{{{', '\n', '\r\nBcc: x@y.example', '\u202e', '\u2067', '\u200f', '\u0000', '\u0001', '\u001b[2J', '\u2028',
	'"', "'", '`', '=', '&', '&lt;', '&#60;', '<!--', '-->', ']]>', '🎂', '👩‍👩‍👧', '\ud800', 'محمد', 'יעל', '__proto__', 'constructor', '\\', '%0a', '$&', '$1',
];

/** Names out of such pieces, and of any others. */
export function hostileName(more: readonly string[] = []): fc.Arbitrary<string> {
	const piece = fc.oneof(fc.constantFrom(...HOSTILE, ...more), fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 }));
	return fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''))
		// An empty name and a web address are refused; render.test.ts shows it.
		.filter((text) => cleanLine(text) !== '' && !/:\/\/|\bwww\./i.test(text));
}
