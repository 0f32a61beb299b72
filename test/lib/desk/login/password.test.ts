import { COST, hashPassword, isOutdated, oneTimePassword, passwordFault, passwordMatches, TooManyAtOnce } from '../../../../lib/desk/login/password';

// A hash is slow by design.
jest.setTimeout(30_000);

describe('hashes of passwords', () => {
	it('have a cost that OWASP names, a salt of their own, and open with the password alone', async () => {
		const [one, other] = [await hashPassword('perché sì davvero'), await hashPassword('perché sì davvero')];
		expect(one).toMatch(/^scrypt:15:8:3:[\w-]{22}:[\w-]{43}$/);
		expect(one).not.toBe(other);
		expect(await passwordMatches('perche\u0301 si\u0300 davvero', one)).toBe(true);
		for (const wrong of ['Perché sì davvero', 'perché sì davvero ', '']) expect(await passwordMatches(wrong, one)).toBe(false);
	});

	it('may grow: one of another cost still opens, and is known as outdated', async () => {
		const old = await hashPassword('perché sì davvero', { logN: 14, r: 8, p: 1 });
		expect(await passwordMatches('perché sì davvero', old)).toBe(true);
		expect([isOutdated(old), isOutdated(await hashPassword('x'))]).toEqual([true, false]);
	});

	it.each([undefined, '', 'plain text', 'scrypt:30:8:1:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'scrypt:15:8:3:x:y'])('%j opens nothing', async (hash) => {
		expect(await passwordMatches('', hash)).toBe(false);
		expect(await passwordMatches('plain text', hash)).toBe(false);
	});

	it('cost nobody as much time as somebody', async () => {
		const hash = await hashPassword('perché sì davvero');
		const time = async (given: string | undefined) => {
			const started = performance.now();
			await passwordMatches('wrong', given);
			return performance.now() - started;
		};
		const best = async (given: string | undefined) => Math.min(await time(given), await time(given), await time(given), await time(given));
		const [known, unknown] = [await best(hash), await best(undefined)];
		expect(unknown / known).toBeGreaterThan(0.4);
		expect(unknown / known).toBeLessThan(2.5);
	});

	it('refuse when too many come at once, and go on afterwards', async () => {
		const answers = await Promise.allSettled(Array.from({ length: 30 }, () => passwordMatches('x', undefined)));
		const refused = answers.filter((answer) => answer.status === 'rejected');
		// A hash or two may be ready before the last has come.
		expect(refused.length).toBeGreaterThanOrEqual(4);
		expect(refused.length).toBeLessThanOrEqual(9);
		for (const { reason } of refused) expect(reason).toBeInstanceOf(TooManyAtOnce);
		expect(await passwordMatches('x', undefined)).toBe(false);
	}, 60_000);

	it('cost what is written down', () => expect(2 ** COST.logN * COST.r * COST.p).toBe(2 ** 15 * 8 * 3));
});

describe('a new password', () => {
	it.each([
		['corta', 'short'], ['così così', 'short'], ['x'.repeat(201), 'long'], ['Chiara.2026!', 'name'], ['chiarachiara', 'name'], ['1234567890', 'common'], ['Password123!', 'common'], ['aaaaaaaaaaaa', 'common'],
		['abcabcabcabc', 'common'], ['Occhiali2026', 'common'], ['la vecchia frase', 'same'], ['tre gatti sul tetto', undefined], ['chiara mangia le mele', undefined], ['🙂🙃😉😊😀😃😄😁😆😅', undefined],
	])('%j: %j', (password, fault) => expect(passwordFault(password, 'Chiara', 'la vecchia frase')).toBe(fault));

	it('may be anything that the lead is given, each time another', () => {
		const made = Array.from({ length: 200 }, oneTimePassword);
		expect(new Set(made).size).toBe(200);
		for (const one of made) {
			expect(one).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2}$/);
			expect(passwordFault(one, 'chiara')).toBeUndefined();
		}
	});
});
