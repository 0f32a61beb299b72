import fc from 'fast-check';
import { html, SafeHtml, type HtmlValue } from '../../../lib/web/html';
import { elementsOf, structureOf } from './markup';

const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('</p><script>x</script>', '" onload="x', "' autofocus onfocus='x", '<!--', '&lt;script&gt;', '</textarea><b>', ']]>', '&#0;', '<b'),
);

describe('html', () => {
	it('gives any text back unchanged to a parser, as text and as attribute', () => {
		fc.assert(
			fc.property(hostile, hostile, (title, text) => {
				const elements = elementsOf(html`<p title="${title}">${text}</p>`.toString());
				expect(elements).toEqual([{ name: 'p', attributes: { title }, text }]);
			}),
		);
	});

	it('keeps any text of a textarea or title inside it', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				expect(structureOf(html`<title>${text}</title><textarea>${text}</textarea><p></p>`.toString())).toBe('title \ntextarea \np ');
			}),
		);
	});

	it('lets only its own markup through', () => {
		expect(html`${[html`<b>${'&'}</b>`, '<i>', 3]}`.toString()).toBe('<b>&amp;</b>&lt;i&gt;3');
		const forged = { markup: '<b>', toString: () => '<b>' } as unknown as HtmlValue;
		expect(html`${forged}`.toString()).toBe('&lt;b&gt;');
	});

	it('leaves nothing for what is not there, but keeps 0 and the empty text', () => {
		expect(html`[${undefined}${null}${false}${0}${''}]`.toString()).toBe('[0]');
	});

	it('trusts what is said to be trusted', () => {
		expect(html`${SafeHtml.trusted('<hr>')}`.toString()).toBe('<hr>');
	});
});
