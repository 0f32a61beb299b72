import fc from 'fast-check';
import { type Channel, FORMALITIES, LANGUAGES } from '../../../lib/domain/glossary';
import { compose } from '../../../lib/messages/compose';
import { loadTemplate } from '../../../lib/messages/load';
import { parseTemplate } from '../../../lib/messages/parse';
import { renderMessage } from '../../../lib/messages/render';
import type { Template } from '../../../lib/messages/template';
import { hostileName } from './hostile';
import { refusalUrl, shop, variables } from './support';

const LINE_MARKS = ['*', '_', '~', '`', '```', '> ', '- ', '*a*', '_a_', '>'];
const name = hostileName(LINE_MARKS);

/** What a name could do to a text: end a line, turn the direction, ring a bell. */
const CONTROL_OR_DIRECTION = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const TEMPLATES: Array<[Channel, (language: 'it' | 'en') => Template]> = [
	['sms', (language) => loadTemplate('birthday', 'sms', language)],
	['whatsapp', (language) => loadTemplate('birthday', 'whatsapp', language)],
	['whatsappLinked', (language) => loadTemplate('birthday', 'whatsappLinked', language)],
	['letter', (language) => loadTemplate('birthday', 'letter', language)],
	['call', (language) => loadTemplate('recall.vision', 'call', language)],
	['push', (language) => loadTemplate('order.ready', 'push', language)],
];

describe.each(TEMPLATES)('%s', (channel, load) => {
	const write = (language: 'it' | 'en', customer: object) => {
		const template = load(language);
		const given = variables(customer);
		const { subject, body } = renderMessage(template, given);
		return { subject, ...compose({ channel, subject, body, language, formality: given.customer.formality, class: template.class, shop, refusalUrl, whatsApp: template.whatsApp }) };
	};

	it('no name breaks out of its place', () => {
		fc.assert(
			fc.property(name, name, fc.constantFrom(...LANGUAGES), fc.constantFrom(...FORMALITIES), fc.constantFrom('F', 'M', undefined), (firstName, lastName, language, formality, sex) => {
				let hostile: ReturnType<typeof write>;
				try {
					hostile = write(language, { firstName, lastName, formality, sex });
				} catch (error) {
					// A name of nothing but marks is none, and an SMS of a thousand signs is refused.
					expect((error as Error).message).toMatch(/missing or empty|would take \d+ SMS/);
					return;
				}
				const harmless = write(language, { firstName: 'Anna', lastName: 'Rossi', formality, sex });
				for (const part of ['subject', 'text'] as const) {
					const [seen, wanted] = [hostile[part] ?? '', harmless[part] ?? ''];
					expect(seen.split('\n')).toHaveLength(wanted.split('\n').length);
					expect(seen.replace(/\n/g, '')).not.toMatch(CONTROL_OR_DIRECTION);
				}
				// What stands around the name is as it was.
				expect(hostile.text.split('\n').at(-1)).toBe(harmless.text.split('\n').at(-1));
				if (channel.startsWith('whatsapp')) expect(hostile.text.match(/[*_~`]|^[>-] ?/gm)).toBeNull();
			}),
			{ numRuns: 100 },
		);
	});
});

it('a name at the beginning of a WhatsApp line makes no quotation and no list', () => {
	const source = '---\nid: x\nversion: 1\nchannel: whatsapp\nclass: service\npurpose: service\nintent: institutional\nlocale: it\nmayHoldOffer: false\nwhatsApp: { name: x, category: UTILITY }\nvariables:\n  customer.lastName: { type: text, required: true, example: A }\n  shop.name: { type: text, required: true, example: A }\n---\nUn saluto per la festa a\n{{customer.lastName}}\nda {{shop.name}}, a presto.';
	const template = parseTemplate(source, 'x');
	fc.assert(fc.property(name, (lastName) => {
		fc.pre(lastName.replace(/[*_~`>\s-]|[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, '') !== '');
		expect(renderMessage(template, variables({ lastName })).body.split('\n')[1]).not.toMatch(/^[>-]|[*_~`]/);
	}));
});
