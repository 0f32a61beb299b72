import fc from 'fast-check';
import { wordDiff, type DiffPiece } from '../../../../lib/desk/approve/wordDiff';

const brief = (pieces: DiffPiece[]) => pieces.map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind]).join('');
const joined = (pieces: DiffPiece[], leftOut: DiffPiece['kind']) => pieces.filter(({ kind }) => kind !== leftOut).map(({ text }) => text).join('');

it('shows what was removed before what took its place', () => {
	expect(brief(wordDiff('Gentile Anna, tanti auguri a lei.', 'Gentile Anna, buon compleanno a lei.'))).toBe('Gentile Anna, -tanti auguri -+buon compleanno +a lei.');
	expect(brief(wordDiff('uno due', 'uno due tre'))).toBe('uno due +tre+');
	expect(brief(wordDiff('Ciao,\n\na presto', 'Ciao, a  presto'))).toBe('Ciao, -\n\n-a  presto');
	expect(brief(wordDiff('', 'nuovo'))).toBe('+nuovo+');
	expect(brief(wordDiff('uguale', 'uguale'))).toBe('uguale');
});

it('keeps as many words as can be kept', () => {
	expect(brief(wordDiff('a b c d e', 'a x c d y'))).toBe('a -b -+x +c d -e-+y+');
	expect(brief(wordDiff('c a b', 'a b c'))).toBe('-c -a b +c+');
});

it('makes both texts up, whatever they hold', () => {
	const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.array(fc.constantFrom('a', 'b', 'c ', ' ', '\n', '\n\n', '<b>'), { maxLength: 30 }).map((parts) => parts.join('')));
	const words = (of: string) => of.match(/\n+|[^\s]+/g) ?? [];
	fc.assert(
		fc.property(text, text, (before, after) => {
			const pieces = wordDiff(before, after);
			expect(joined(pieces, 'removed')).toBe(after);
			expect(words(joined(pieces, 'added'))).toEqual(words(before));
		}),
	);
});
