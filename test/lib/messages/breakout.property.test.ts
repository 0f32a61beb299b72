import fc from 'fast-check';
import { FORMALITIES, LANGUAGES } from '../../../lib/domain/glossary';
import { composeEmail } from '../../../lib/messages/compose/email';
import { loadTemplate } from '../../../lib/messages/load';
import { renderMessage } from '../../../lib/messages/render';
import { HOSTILE, hostileName } from './hostile';
import { readHtml, refusalUrl, shop, variables } from './support';

const name = hostileName();

const CONTROL_OR_DIRECTION = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

it('no name breaks out of its place', () => {
	fc.assert(
		fc.property(name, name, fc.constantFrom(...LANGUAGES), fc.constantFrom(...FORMALITIES), fc.constantFrom('F', 'M', undefined), fc.integer({ min: -3, max: 9 }),
			(firstName, lastName, language, formality, sex, daysLate) => {
				const write = (first: string, last: string) => {
					const texts = renderMessage(loadTemplate('birthday', 'email', language), variables({ firstName: first, lastName: last, formality, sex }, { daysLate }));
					return { texts, email: composeEmail({ ...texts, language, formality, class: 'relational', shop, refusalUrl }) };
				};
				const hostile = write(firstName, lastName);
				const harmless = write('Anna', 'Rossi');
				const [seen, wanted] = [readHtml(hostile.email.html), readHtml(harmless.email.html)];

				expect(seen.tags).toEqual(wanted.tags);
				expect(seen.links).toEqual(wanted.links);
				expect(seen.texts).toContain(hostile.texts.body.split('\n')[0]);
				expect(hostile.texts.subject).not.toMatch(CONTROL_OR_DIRECTION);
				expect(hostile.email.text.replace(/\n/g, '')).not.toMatch(CONTROL_OR_DIRECTION);
				expect(hostile.email.text.split('\n')).toHaveLength(harmless.email.text.split('\n').length);
				expect(hostile.texts.body.startsWith('\n')).toBe(false);
			}),
		{ numRuns: 400 },
	);
});

it('no edit of the staff breaks out of its place', () => {
	const free = fc.array(fc.oneof(fc.constantFrom(...HOSTILE, '\n\n'), fc.string({ maxLength: 12 })), { minLength: 1, maxLength: 6 }).map((pieces) => `x${pieces.join('')}`);
	fc.assert(
		fc.property(free, free, (subject, body) => {
			const email = composeEmail({ subject, body, language: 'it', formality: 'lei', class: 'relational', shop, refusalUrl });
			const allowed = /^(html|head|meta|title|style|body|div|table|tr|td|tbody|p|a|br|span|strong|comment) ?(?!.*\bon)/;
			for (const tag of readHtml(email.html).tags) expect(tag).toMatch(allowed);
			expect(email.subject).not.toMatch(/[\r\n]/);
			expect(email.text.endsWith(`${refusalUrl}\n`)).toBe(true);
		}),
		{ numRuns: 300 },
	);
});
