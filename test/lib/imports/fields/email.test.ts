import fc from 'fast-check';
import { emails } from '../../../../lib/imports/fields/email';

test.each([
	['Giulia.Bianchi@Posta.Example', ['giulia.bianchi@posta.example']],
	['  a_b+news@sub.posta.example ', ['a_b+news@sub.posta.example']],
	['mailto:a@posta.example', ['a@posta.example']],
	['Giulia Bianchi <giulia@posta.example>', ['giulia@posta.example']],
	['a@posta.example; b@posta.example', ['a@posta.example', 'b@posta.example']],
	['a@posta.example / A@posta.example', ['a@posta.example']],
	["d'angelo@posta.example", ["d'angelo@posta.example"]],
	['a@città.example', ['a@città.example']],
	['rossi@rossi.example', ['rossi@rossi.example']],
])('%s', (text, values) => {
	expect(emails(text)).toEqual({ values });
});

test.each(['', '-', '.', 'nessuna', 'NESSUNA', 'non ha', 'n.d.', 'no', 'no@no.it', 'nomail@nomail.it', 'nessuna@gmail.com', 'x@x.it', '0', 'noemail@example.com'])('says nothing: "%s"', (text) => {
	expect(emails(text)).toEqual({ values: [] });
});

test.each([
	'giulia(at)posta.example', 'giulia@posta', '@posta.example', 'giulia@', 'giulia..b@posta.example', '.giulia@posta.example', 'giulia.@posta.example',
	'giulia@posta..example', 'giulia@-posta.example', 'giulia@posta.e', 'giulia@posta.123', 'nicolò@posta.example', 'via Roma 5', 'a@b@posta.example',
	"=cmd|'/C calc'!A0@posta.example", '=a@posta.example', '+a@posta.example', '-a@posta.example', `${'a'.repeat(65)}@posta.example`, `a@${'b.'.repeat(130)}example`, 'a '.repeat(600),
])('cannot be right: %s', (text) => {
	expect(emails(text)).toEqual({ values: [], problem: 'EMAIL_UNUSABLE' });
});

test('a bad address beside a good one is reported, and the good one is taken', () => {
	expect(emails('a@posta.example, b@posta')).toEqual({ values: ['a@posta.example'], problem: 'EMAIL_UNUSABLE' });
});

test('no address can break a mail header or begin a formula', () => {
	fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab@.;, \r\n\0<>"\'=+-|\u202e') }), (text) => {
		for (const address of emails(text).values) expect(address).toMatch(/^[a-z0-9_!#$%&'*/?^`{}~][^\s<>",;@\0\u202e|]*@[a-z0-9.-]+$/);
	}));
});
