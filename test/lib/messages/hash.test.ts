import fc from 'fast-check';
import { type ApprovedContent, contentHash } from '../../../lib/messages/hash';

const content: ApprovedContent = { recipient: 'a@b.example', channel: 'email', subject: 'Auguri', text: 'Ciao', html: '<p>Ciao' };

it('is SHA-256 over a fixed encoding, so that approvals outlive an update', () => {
	expect(contentHash(content)).toBe('7c2dec8274374b5f71a11d380d9f4d8348fe3da0ca77cd4f89eea405cc70c2ff');
});

it('changes with every field', () => {
	const changed: ApprovedContent[] = [
		{ ...content, recipient: 'A@b.example' }, { ...content, channel: 'sms' }, { ...content, subject: 'Auguri ' }, { ...content, subject: undefined },
		{ ...content, subject: '' }, { ...content, text: 'ciao' }, { ...content, html: undefined }, { ...content, html: '' },
	];
	expect(new Set([content, ...changed].map(contentHash)).size).toBe(changed.length + 1);
});

it('is the same for two contents only if they are equal, wherever their pieces are cut', () => {
	const text = fc.oneof(fc.constantFrom('', '"', '","', '\n', '\u0000', '\ud800', '\ud801'), fc.string());
	const any = fc.record({ recipient: text, channel: fc.constantFrom('email' as const, 'sms' as const), subject: fc.option(text, { nil: undefined }), text, html: fc.option(text, { nil: undefined }) });
	fc.assert(fc.property(any, any, (a, b) => expect(contentHash(a) === contentHash(b)).toBe(JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b)))));
	fc.assert(fc.property(text, text, text, (a, b, c) => {
		fc.pre(b !== '');
		expect(contentHash({ ...content, subject: a + b, text: c })).not.toBe(contentHash({ ...content, subject: a, text: b + c }));
	}));
});
