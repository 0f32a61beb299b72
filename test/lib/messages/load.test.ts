import { CrmError } from '../../../lib/domain/errors';
import { LANGUAGES } from '../../../lib/domain/glossary';
import { templateFiles } from '../../../lib/messages/files';
import { listTemplates, loadTemplate, templateIdOf } from '../../../lib/messages/load';

it('finds a template in the language asked for', () => {
	for (const language of LANGUAGES) expect(loadTemplate('birthday', 'email', language)).toMatchObject({ id: 'birthday', channel: 'email', locale: language });
});

it('takes the second choice where the first was not written', () => {
	expect(loadTemplate('birthday', 'email', 'de' as never, 'it').locale).toBe('it');
	expect(loadTemplate('birthday', 'email', 'en', 'it').locale).toBe('en');
});

it.each([['birthdya', 'email'], ['welcome', 'push'], ['../it/birthday', 'email'], ['', 'email']] as const)('lists what exists instead of %s (%s)', (id, channel) => {
	let error: unknown;
	try {
		loadTemplate(id, channel, 'it', 'en');
	} catch (caught) {
		error = caught;
	}
	expect(error).toBeInstanceOf(CrmError);
	expect((error as CrmError).message).toBe(`There is no template "${id}" for the channel ${channel} in it or en`);
	expect((error as CrmError).howToGoOn).toMatch(/birthday, .*Template > Create or Update/);
	// Two hundred names would help nobody.
	expect((error as CrmError).howToGoOn.length).toBeLessThan(700);
});

it('compiles a template once', () => {
	expect(loadTemplate('birthday', 'email', 'it')).toBe(loadTemplate('birthday', 'email', 'it'));
});

it('lists every template file, and neither parts nor footers', () => {
	expect(listTemplates().map(({ file }) => file)).toEqual(templateFiles().map(({ file }) => `templates/${file}`));
	expect(templateFiles().map(({ id }) => id)).not.toContain('email-footer');
	expect(templateFiles().length).toBeGreaterThanOrEqual(2);
});

it('takes for the shop\'s own phone what is written for WhatsApp, unless it has a text of its own', () => {
	expect(loadTemplate('birthday', 'whatsappLinked', 'it').channel).toBe('whatsapp');
	expect(templateIdOf({ kind: 'birthday', stage: 1 }, 'whatsappLinked')).toBe('birthday');
	const source = '---\nid: birthday\nchannel: whatsappLinked\nclass: service\npurpose: service\nintent: institutional\nlocale: it\nmayHoldOffer: false\nvariables: {}\n---\nCiao.';
	const own = [{ id: 'birthday', channel: 'whatsappLinked', language: 'it', version: 10_001, source }] as const;
	expect(loadTemplate('birthday', 'whatsappLinked', 'it', 'it', own)).toMatchObject({ channel: 'whatsappLinked', version: 10_001 });
	expect(() => loadTemplate('welcome', 'push', 'it')).toThrow('no template "welcome" for the channel push');
});
