import { parse } from 'node:querystring';
import fc from 'fast-check';
import { CHANNELS } from '../../../lib/domain/glossary';
import { renderRefusal, renderRefusalDone, renderRefusalInvalid, renderRefusalTrouble } from '../../../lib/replies/refusal';
import { parseRefusalPost } from '../../../lib/replies/refusalPost';
import { readForm } from '../../../lib/web/form';
import { elementsOf, structureOf } from '../web/markup';

const token = 'Abc-123_def.456~ghi';
const shop = { name: 'Ottica Lumière', phone: '+39 055 123456', email: 'ciao@lumiere.example' };
const state = { language: 'it', shop } as const;
const text = (body: string) => elementsOf(body).find(({ name }) => name === 'body')?.text.replace(/\s+/g, ' ') ?? '';

describe('the refusal page', () => {
	it('names the shop, says what stops and what does not, and has two buttons', () => {
		const page = renderRefusal({ ...state, channel: 'email', token });
		expect(text(page.body)).toContain('Ottica Lumière non le scriverà più per e-mail con auguri e iniziative');
		expect(text(page.body)).toContain('Gli avvisi sui suoi ordini e appuntamenti continueranno');
		const elements = elementsOf(page.body);
		expect(elements.filter(({ name }) => name === 'button').map(({ attributes, text: words }) => [attributes.name, attributes.value, words])).toEqual([
			['scope', 'channel', 'Non scrivetemi più per e-mail'],
			['scope', 'all', 'Non contattatemi più in nessun modo'],
		]);
		expect(elements.filter(({ name }) => name === 'form').map(({ attributes }) => [attributes.method, attributes.action])).toEqual([['post', '?']]);
	});

	it('posts what parseRefusalPost reads', () => {
		const hidden = elementsOf(renderRefusal({ ...state, channel: 'email', token }).body).filter(({ name }) => name === 'input');
		const fields = Object.fromEntries(hidden.map(({ attributes }) => [attributes.name, attributes.value]));
		expect(parseRefusalPost(readForm({ ...fields, scope: 'all' }))).toEqual({ token, scope: 'all', oneClick: false });
	});

	it.each(CHANNELS)('has words for %s in both languages', (channel) => {
		for (const language of ['it', 'en'] as const) {
			const page = renderRefusal({ ...state, language, channel, token });
			expect(elementsOf(page.body).find(({ name }) => name === 'html')?.attributes.lang).toBe(language);
			expect(text(page.body)).not.toMatch(/[{}]|undefined/);
		}
	});

	it('says what was done', () => {
		expect(text(renderRefusalDone({ ...state, channel: 'email', scope: 'channel' }).body)).toContain('non le scriverà più per e-mail');
		expect(text(renderRefusalDone({ ...state, channel: 'email', scope: 'all' }).body)).toContain('non la contatterà più, in nessun modo');
		expect(renderRefusalDone({ ...state, channel: 'email', scope: 'all' }).status).toBe(200);
	});

	it('leaves nobody alone with a broken link', () => {
		const page = renderRefusalInvalid(state);
		const links = elementsOf(page.body).filter(({ name }) => name === 'a').map(({ attributes }) => attributes.href);
		expect([page.status, links]).toEqual([404, ['tel:+39055123456', 'mailto:ciao@lumiere.example']]);
		expect(text(renderRefusalInvalid({ ...state, shop: { name: 'Ottica' } }).body)).toContain('ce lo dica in negozio');
	});

	it('does not claim success when it failed', () => {
		const page = renderRefusalTrouble(state);
		expect([page.status, text(page.body).includes('non è stata registrata')]).toEqual([503, true]);
	});

	it('needs no shop to say that it failed', () => {
		const page = renderRefusalTrouble({ language: 'en', shop: { name: '' } });
		expect(elementsOf(page.body).find(({ name }) => name === 'title')?.text).toBe('That did not work');
		expect(elementsOf(page.body).filter(({ name }) => name === 'svg')).toEqual([]);
	});

	it('makes no link of what is no number or address', () => {
		const page = renderRefusalInvalid({ ...state, shop: { name: 'x', phone: '055";x', email: 'a@b?bcc=c@d' } });
		expect(elementsOf(page.body).filter(({ name }) => name === 'a')).toEqual([]);
	});

	it('has the same elements and attributes whatever the words are', () => {
		const words = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('<script>', '"><b>', '</title><b>'));
		const expected = structureOf(renderRefusal({ ...state, channel: 'email', token }).body);
		fc.assert(fc.property(words, words, (name, secret) => expect(structureOf(renderRefusal({ ...state, shop: { ...shop, name }, channel: 'email', token: secret }).body)).toBe(expected)));
	});
});

describe('parseRefusalPost', () => {
	it('reads the one-click request of a mail program, also as multipart', () => {
		const refusal = { token, scope: 'channel', oneClick: true };
		expect(parseRefusalPost(readForm(parse('List-Unsubscribe=One-Click')), token)).toEqual(refusal);
		expect(parseRefusalPost(readForm({ data: { 'List-Unsubscribe': 'One-Click' }, files: {} }), token)).toEqual(refusal);
	});

	it.each([
		['one click without a token', { 'List-Unsubscribe': 'One-Click' }, undefined],
		['one click with two tokens', { 'List-Unsubscribe': 'One-Click' }, [token, token]],
		['another word', { 'List-Unsubscribe': 'Yes' }, token],
		['an empty form, as a link scanner may post', {}, token],
		['no scope', { token }, undefined],
		['an unknown scope', { token, scope: 'toString' }, undefined],
		['a token that can be none', { token: '<b>', scope: 'all' }, undefined],
		['a token in the query of a person’s form', { scope: 'all' }, token],
	])('refuses %s', (_, body, query) => {
		expect(parseRefusalPost(readForm(body), query)).toBeUndefined();
	});

	it('survives anything', () => {
		expect(parseRefusalPost(undefined, token)).toBeUndefined();
		fc.assert(fc.property(fc.anything(), fc.anything(), (body, query) => void parseRefusalPost(readForm(body), query)));
	});
});
