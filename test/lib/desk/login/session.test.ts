import { createHash } from 'node:crypto';
import { csrfMatches, csrfToken, deviceOf, newSessionToken, sessionHash, sessionStamp } from '../../../../lib/desk/login/session';

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

describe('the stamp of a session', () => {
	it('is another with another role, password or token', () => {
		const stamp = sessionStamp('token', { role: 'staff', secret: 'a' });
		expect(sessionStamp('token', { role: 'staff', secret: 'a' })).toBe(stamp);
		for (const other of [sessionStamp('token', { role: 'lead', secret: 'a' }), sessionStamp('token', { role: 'staff', secret: 'b' }), sessionStamp('other', { role: 'staff', secret: 'a' })]) expect(other).not.toBe(stamp);
	});
});

describe('deviceOf', () => {
	it.each([
		['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge, Windows'],
		['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari, iPhone'],
		['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
		['<script>alert(1)</script>', ''],
	])('%s: %s', (agent, device) => expect(deviceOf(agent)).toBe(device));

	it('is empty without a browser', () => expect([deviceOf(undefined), deviceOf(['Firefox/1', 'x'])]).toEqual(['', '']));
});
