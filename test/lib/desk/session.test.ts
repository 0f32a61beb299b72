import { createHash } from 'node:crypto';
import { checkLogin, passwordMatches, type DeskAccount } from '../../../lib/desk/login';
import { csrfMatches, csrfToken, newSessionToken, sessionHash } from '../../../lib/desk/session';

describe('sessions', () => {
	it('have tokens of 32 random bytes', () => {
		const tokens = Array.from({ length: 100 }, newSessionToken);
		expect(new Set(tokens).size).toBe(100);
		for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
	});

	it('keep only a hash', () => {
		expect(sessionHash('abc')).toBe(createHash('sha256').update('abc').digest('hex'));
	});

	it('have a form token of their own that does not give the session away', () => {
		const [one, other] = [newSessionToken(), newSessionToken()];
		expect(csrfMatches(one, csrfToken(one))).toBe(true);
		for (const wrong of [csrfToken(other), one, sessionHash(one), '', `${csrfToken(one)} `]) expect(csrfMatches(one, wrong)).toBe(false);
	});
});

describe('passwords', () => {
	const accounts: DeskAccount[] = [{ user: 'Chiara', password: 'perché sì', role: 'lead' }, { user: 'marco', password: '', role: 'staff' }];

	it.each([
		['chiara', 'perché sì', true],
		[' CHIARA', 'perche\u0301 si\u0300', true],
		['chiara', 'Perché sì', false],
		['chiara', 'perché sì ', false],
		['chiara', '', false],
		['marco', '', false],
		['nobody', 'perché sì', false],
		['', '', false],
	])('%j with %j: %j', async (user, password, open) => {
		expect(await checkLogin(accounts, user, password)).toBe(open ? accounts[0] : undefined);
	});

	it('open nothing where there is no account', async () => {
		expect(await checkLogin([], 'chiara', 'x')).toBeUndefined();
		expect(await passwordMatches('', undefined)).toBe(false);
		expect(await passwordMatches('', '')).toBe(false);
	});

	it('cost an unknown user as much time as a known one', async () => {
		const time = async (user: string) => {
			const started = performance.now();
			await checkLogin(accounts, user, 'wrong');
			return performance.now() - started;
		};
		const best = async (user: string) => Math.min(await time(user), await time(user), await time(user), await time(user));
		const [known, unknown] = [await best('chiara'), await best('nobody')];
		expect(unknown / known).toBeGreaterThan(0.4);
		expect(unknown / known).toBeLessThan(2.5);
	});
});
