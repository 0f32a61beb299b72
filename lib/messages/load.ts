import type { Channel, Language } from '../domain/glossary';
import { CrmError } from '../domain/errors';
import { partsOf, readTemplateFile, type TemplateFile, templateFiles } from './files';
import { parseTemplate } from './parse';
import type { Template } from './template';

/** One entry for each file of the package, so it cannot grow; replaced when the file's text changes. */
const parsed = new Map<string, { text: string; template: Template }>();

/**
 * A template of the package in the customer's language, or in the second choice where it was not written in the first.
 *
 * @param secondChoice the shop's language
 * @throws CrmError that lists what exists, if there is none; or that says what is wrong in the file
 */
export function loadTemplate(id: string, channel: Channel, language: Language, secondChoice: Language = language): Template {
	const files = templateFiles();
	const fitting = files.filter((file) => file.id === id && file.channel === channel);
	const file = fitting.find((each) => each.language === language) ?? fitting.find((each) => each.language === secondChoice);
	if (!file) {
		throw new CrmError(
			`There is no template "${id}" for the channel ${channel} in ${[...new Set([language, secondChoice])].join(' or ')}.`,
			`Choose one of these: ${files.map((each) => `${each.id} (${each.channel}, ${each.language})`).join('; ')}.`,
		);
	}
	return read(file);
}

/** The template that an occasion takes by itself: one for its stage, such as `progressive.3`, where there is one, else the one of its kind. */
export function templateIdOf({ kind, stage }: { kind: string; stage: number }, channel: Channel): string {
	const ofStage = `${kind}.${stage}`;
	return templateFiles().some((file) => file.id === ofStage && file.channel === channel) ? ofStage : kind;
}

/** All templates of the package, sorted by language and name. */
export function listTemplates(): Template[] {
	return templateFiles().map(read);
}

function read({ id, channel, language, file }: TemplateFile): Template {
	const source = readTemplateFile(file);
	const parts = partsOf(language);
	const text = JSON.stringify([source, parts]);
	const known = parsed.get(file);
	if (known?.text === text) return known.template;

	const template = parseTemplate(source, `templates/${file}`, parts);
	if (template.id !== id || template.channel !== channel || template.locale !== language) {
		throw new CrmError(
			`templates/${file}: the front matter says ${template.locale}/${template.id}.${template.channel}.hbs.`,
			'Give the file that name and folder, or correct "id", "channel" and "locale".',
		);
	}
	parsed.set(file, { text, template });
	return template;
}
