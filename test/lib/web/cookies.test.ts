import fc from 'fast-check';
import { readCookie, writeCookie } from '../../../lib/web/cookies';

describe('readCookie', () => {
	it.each([
		['desk=abc', 'abc'],
		['a=1; desk=abc; b=2', 'abc'],
		['desk=long-path; desk=short-path', 'long-path'],
		['xdesk=no; desk=a=b', 'a=b'],
		['desk=', ''],
		['desk', undefined],
		['', undefined],
		[undefined, undefined],
	])('%j', (header, value) => {
		expect(readCookie(header, 'desk')).toBe(value);
	});

	it('survives any header', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => void readCookie(header, 'desk')));
	});
});

describe('writeCookie', () => {
	const cookie = { name: 'desk', value: 'abc', path: '/webhook/desk', secure: true };

	it('is always out of reach of scripts and other sites', () => {
		expect(writeCookie(cookie)).toBe('desk=abc; Path=/webhook/desk; HttpOnly; SameSite=Strict; Secure');
		expect(writeCookie({ ...cookie, secure: false, maxAge: 0 })).toBe('desk=abc; Path=/webhook/desk; Max-Age=0; HttpOnly; SameSite=Strict');
	});

	it.each([{ value: 'a;b' }, { value: 'a\nb' }, { path: '/a; Domain=x' }, { path: 'a' }, { name: 'a=b' }, { name: '' }])('refuses %j', (part) => {
		expect(() => writeCookie({ ...cookie, ...part })).toThrow(RangeError);
	});
});
