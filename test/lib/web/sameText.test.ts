import { sameText } from '../../../lib/web/sameText';

it.each([
	['a', 'a', true],
	['', '', true],
	['a', 'b', false],
	['a', 'aa', false],
	['', 'a', false],
	['è', 'e\u0300', false],
])('%j and %j: %j', (one, other, same) => {
	expect(sameText(one, other)).toBe(same);
});
