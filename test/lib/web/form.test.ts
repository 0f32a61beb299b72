import { parse } from 'node:querystring';
import fc from 'fast-check';
import { FORM_LIMITS, only, positive, readForm, typedLine, typedText } from '../../../lib/web/form';

describe('readForm', () => {
	it('reads fields that come once or more', () => {
		const form = readForm(parse('a=1&b=2&b=3&c=%C3%A8+%26'));
		expect([...(form ?? [])]).toEqual([['a', ['1']], ['b', ['2', '3']], ['c', ['è &']]]);
	});

	it('reads the fields of a multipart body, and no files', () => {
		const form = readForm({ data: { 'List-Unsubscribe': 'One-Click' }, files: { a: 'x' } });
		expect([...(form ?? [])]).toEqual([['List-Unsubscribe', ['One-Click']]]);
	});

	it('survives any bytes and keeps nothing but text', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
				const form = readForm(parse(Buffer.from(bytes).toString()));
				for (const value of [...(form?.values() ?? [])].flat()) expect(typeof value).toBe('string');
			}),
		);
	});

	it('survives any parsed body and keeps nothing but text', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (body) => {
				for (const value of [...(readForm(body)?.values() ?? [])].flat()) expect(typeof value).toBe('string');
			}),
		);
	});

	it.each([undefined, null, 'a=1', 7, ['a']])('takes %j for no form', (body) => {
		expect(readForm(body)).toBeUndefined();
	});

	it('does not follow names that objects have by birth', () => {
		const form = readForm(JSON.parse('{"__proto__":"a","constructor":"b"}'));
		expect(form?.get('__proto__')).toEqual(['a']);
		expect(readForm({})?.get('constructor')).toBeUndefined();
	});

	it('refuses more than its limits, and takes exactly them', () => {
		const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, '']));
		expect(readForm(fields(FORM_LIMITS.fields))).toBeDefined();
		expect(readForm(fields(FORM_LIMITS.fields + 1))).toBeUndefined();
		expect(readForm({ a: Array(FORM_LIMITS.values).fill('') })).toBeDefined();
		expect(readForm({ a: Array(FORM_LIMITS.values + 1).fill('') })).toBeUndefined();
		expect(readForm({ a: 'x'.repeat(FORM_LIMITS.characters - 1) })).toBeDefined();
		expect(readForm({ a: 'x'.repeat(FORM_LIMITS.characters) })).toBeUndefined();
	});
});

describe('fields', () => {
	it('take no value where there are two', () => {
		const form = new Map([['a', ['1', '2']], ['b', ['3']]]);
		expect([only(form, 'a'), only(form, 'b'), only(form, 'c')]).toEqual(['', '3', '']);
	});

	it.each([['1', 1], ['120', 120], ['0', undefined], ['-1', undefined], ['1.5', undefined], ['1e3', undefined], [' 1', undefined], ['9'.repeat(16), undefined]])('%j is %j', (text, value) => {
		expect(positive(text)).toBe(value);
	});
});

describe('typed text', () => {
	it('has one kind of line end, no controls and no half characters', () => {
		expect(typedText(' a\r\nb\rc\td\u0000\u001b \ud800')).toBe('a\nb\nc\td \uFFFD');
		expect(typedText('🎂 e\u0301')).toBe('🎂 e\u0301');
	});

	it('cannot start a new mail header from a subject', () => {
		expect(typedLine('Auguri\r\nBcc: x@example.org')).toBe('Auguri Bcc: x@example.org');
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(typedLine(text)).not.toMatch(/[\r\n\0\u2028\u2029]/)));
	});
});
