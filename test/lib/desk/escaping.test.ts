import fc from 'fast-check';
import type { Page } from '../../../lib/web/page';
import { elementsOf, structureOf } from '../web/markup';
import { LOGIN, PAGES } from './pages';

const hostile = fc.oneof(
	fc.string({ unit: 'binary', minLength: 1 }),
	fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='x", '</textarea><b>', '</title><b>', '</style><b>', '<!--', '{name}', '$&', 'toString', '__proto__'),
);

/** Which words differ decides where a difference is marked, and nothing else. */
const shape = ({ body }: Page) => structureOf(body).replace(/^(?:ins|del) ?\n/gm, '');

describe.each(PAGES)('the page %s', (_, render) => {
	it('has the same elements and attributes whatever the words are', () => {
		const expected = shape(render());
		fc.assert(
			fc.property(fc.array(hostile, { minLength: 1, maxLength: 8 }), (words) => {
				let next = 0;
				expect(shape(render(() => words[next++ % words.length]))).toBe(expected);
			}),
			{ numRuns: 60 },
		);
	});

	it('runs nothing, loads nothing and leads nowhere else', () => {
		const elements = elementsOf(render(() => 'javascript:alert(1)').body);
		for (const { name, attributes } of elements) {
			expect(['script', 'base', 'object', 'embed', '!comment']).not.toContain(name);
			for (const attribute of Object.keys(attributes)) expect(attribute).not.toMatch(/^on|^style$|^srcdoc$|^formaction$/);
			if (name === 'meta') expect(attributes).not.toHaveProperty('http-equiv');
			// An image lies in the page itself: a chart.
			const isDrawn = ['img', 'source'].includes(name);
			if (isDrawn) expect(attributes.src ?? attributes.srcset).toMatch(/^data:image\/svg\+xml;base64,[\w+/=]+$/);
			if (name !== 'link' && !isDrawn) for (const address of [attributes.href, attributes.src, attributes.action]) if (address !== undefined) expect(address).toMatch(/^(?:[?#]|tel:\+\d+$)/);
		}
	});

	it('posts its forms to itself, with token and way back', () => {
		const elements = elementsOf(render().body);
		const forms = elements.filter(({ name }) => name === 'form');
		const count = (field: string) => elements.filter(({ name, attributes }) => name === 'input' && attributes.name === field).length;
		for (const { attributes } of forms) expect(attributes).toMatchObject({ action: '?' });
		// What only searches is a GET, and carries no token into the address.
		const posting = forms.filter(({ attributes: { method } }) => method !== 'get');
		for (const { attributes } of posting) expect(attributes).toMatchObject({ method: 'post' });
		expect(count('back')).toBe(posting.length);
		// The login has no session yet: it is guarded by sameOrigin alone.
		expect(count('csrf')).toBe(render === LOGIN ? 0 : posting.length);
	});

	it('gives each field a label, each id once, and each button a name', () => {
		const elements = elementsOf(render().body);
		const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
		expect(new Set(ids).size).toBe(ids.length);
		const labelled = new Set(elements.flatMap(({ attributes }) => attributes.for ?? []));
		for (const { name, attributes, text } of elements) {
			if (['input', 'select', 'textarea'].includes(name) && !['hidden', 'checkbox'].includes(attributes.type)) expect(labelled).toContain(attributes.id);
			if (['button', 'a', 'summary'].includes(name) && attributes['aria-hidden'] !== 'true') expect(text.trim()).not.toBe('');
			for (const reference of [attributes['aria-labelledby'], attributes['aria-describedby'], attributes.for]) if (reference) expect(ids).toContain(reference);
		}
		expect(elements.filter(({ name }) => name === 'h1')).toHaveLength(1);
		expect(elements.filter(({ name }) => name === 'main')).toHaveLength(1);
	});
});
