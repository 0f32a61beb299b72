import fc from 'fast-check';
import { bareLetters, fold } from '../../../lib/domain/text';

test('folding has a short way for plain words, which gives the same', () => {
	const slowly = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
	const text = fc.oneof(fc.string({ unit: fc.constantFrom(...'abzABZ09 \'-.,_àÈñßİK️́') }), fc.string({ unit: 'binary' }));
	fc.assert(fc.property(text, (written) => {
		expect(fold(written)).toBe(slowly(written));
		// The search of a proof leaves out what does not hold all words.
		for (const word of fold(written).split(' ')) expect(bareLetters(written)).toContain(word);
	}), { numRuns: 2000 });
});

test('works the same letters once, however often they stand in a text', () => {
	const worked = jest.spyOn(String.prototype, 'normalize');
	expect(bareLetters('ǚ e poi ǚ e poi ǚ')).toBe('u e poi u e poi u');
	expect(worked).toHaveBeenCalledTimes(1);
	worked.mockRestore();
});
