import { createHash } from 'node:crypto';
import { pageHeaders } from '../../../lib/web/headers';
import { html } from '../../../lib/web/html';
import { page, seeOther } from '../../../lib/web/page';
import { stylesheet } from '../../../lib/web/stylesheet';
import { elementsOf } from './markup';

const style = stylesheet('p { color: red; }', 'a > b { margin: 0; }');
const answer = page({ language: 'it', title: 'A & <B>', style, body: html`<p>ciao</p>` });

function directives(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(headers['Content-Security-Policy'].split('; ').map((one) => one.split(/ (.*)/s).slice(0, 2)));
}

describe('page', () => {
	it('has language, title and the content', () => {
		const elements = elementsOf(answer.body);
		expect(elements.find(({ name }) => name === 'html')?.attributes.lang).toBe('it');
		expect(elements.find(({ name }) => name === 'title')?.text).toBe('A & <B>');
		expect(elements.find(({ name }) => name === 'p')?.text).toBe('ciao');
		expect(answer.status).toBe(200);
	});

	it('allows exactly the style that it carries', () => {
		const css = /<style>(.*)<\/style>/s.exec(answer.body)?.[1] ?? '';
		const hash = createHash('sha256').update(css).digest('base64');
		expect(directives(answer.headers)['style-src']).toBe(`'sha256-${hash}'`);
	});

	it('runs no script, frames nothing, is framed by nobody and posts only to itself', () => {
		expect(directives(answer.headers)).toMatchObject({
			'default-src': "'none'",
			'form-action': "'self'",
			'frame-src': "'none'",
			'base-uri': "'none'",
			'frame-ancestors': "'none'",
			sandbox: 'allow-forms allow-same-origin allow-downloads allow-top-navigation-to-custom-protocols',
		});
		expect(answer.headers['Content-Security-Policy']).not.toMatch(/script|unsafe|\*/);
		expect(answer.headers['X-Frame-Options']).toBe('DENY');
	});

	it('is not kept anywhere and tells other sites nothing', () => {
		expect(answer.headers).toMatchObject({
			'Content-Type': 'text/html; charset=utf-8',
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'same-origin',
			'X-Content-Type-Options': 'nosniff',
		});
	});

	it('opens frames only where told', () => {
		const headers = pageHeaders(style.hash, { shows: 'self', shownBy: 'self' });
		expect(directives(headers)).toMatchObject({ 'frame-src': "'self'", 'frame-ancestors': "'self'" });
		expect(headers['X-Frame-Options']).toBe('SAMEORIGIN');
	});
});

describe('seeOther', () => {
	it('leads to a query of the same page', () => {
		expect(seeOther('?page=2#m4', 'a=b')).toMatchObject({ status: 303, headers: { Location: '?page=2#m4', 'Set-Cookie': 'a=b', 'Cache-Control': 'no-store' } });
		expect(seeOther('?').headers).not.toHaveProperty('Set-Cookie');
	});

	it.each(['https://evil.example', '//evil.example', '/other', '', '?a\r\nSet-Cookie: b', '?a b'])('refuses %j', (address) => {
		expect(() => seeOther(address)).toThrow(RangeError);
	});
});
