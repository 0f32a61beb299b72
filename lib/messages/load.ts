import type { Channel, Language } from '../domain/glossary';
import { CrmError } from '../domain/errors';
import { OWN_VERSIONS_FROM, type OwnTemplate } from '../domain/ownTemplate';
import { partsOf, readTemplateFile, type TemplateFile, templateFiles } from './files';
import { parseTemplate, splitFrontMatter } from './parse';
import { checkFrontMatter } from './schema';
import type { Template } from './template';

/** One entry for each file of the package, so it cannot grow. */
const parsed = new Map<string, Template>();

/** Own templates of all shops that this process has used lately. */
const ownParsed = new Map<string, Template>();
/** More would only be kept for those who are not there: a shop has some dozens. */
const MOST_OWN = 500;

/**
 * A template in the customer's language, or in the second choice where it was not written in the first; the shop's own before the package's.
 *
 * @param secondChoice the shop's language
 * @param own the shop's own templates
 * @throws CrmError that lists what exists for the channel, if there is none; or that says what is wrong in the text
 */
export function loadTemplate(id: string, channel: Channel, language: Language, secondChoice: Language = language, own: readonly OwnTemplate[] = []): Template {
	const all = [...own, ...templateFiles()];
	const found = textsFor(channel)
		.map((of) => all.filter((each) => each.id === id && each.channel === of))
		.map((fitting) => fitting.find((each) => each.language === language) ?? fitting.find((each) => each.language === secondChoice))
		.find((each) => each !== undefined);
	if (!found) {
		const languages = [...new Set([language, secondChoice])];
		const fitting = all.filter((each) => textsFor(channel).includes(each.channel) && languages.includes(each.language)).map((each) => each.id);
		throw new CrmError(
			`There is no template "${id}" for the channel ${channel} in ${languages.join(' or ')}`,
			`Choose one of these: ${[...new Set(fitting)].sort().join(', ')}; or write your own with Optical CRM > Template > Create or Update.`,
		);
	}
	return 'source' in found ? readOwn(found) : read(found);
}

/** The channels whose texts a channel takes: the shop's own phone writes what is written for WhatsApp, unless it has a text of its own. */
function textsFor(channel: Channel): Channel[] {
	return channel === 'whatsappLinked' ? [channel, 'whatsapp'] : [channel];
}

/**
 * Which template a text says that it is.
 * @throws CrmError when its front matter cannot be read
 */
export function templateKey(source: string): Pick<OwnTemplate, 'id' | 'channel' | 'language'> {
	const { fields } = splitFrontMatter(source, 'The template');
	const { id, channel, locale } = checkFrontMatter({ ...(fields as object), version: OWN_VERSIONS_FROM }, 'The template');
	return { id, channel, language: locale };
}

/**
 * Reads a shop's own template, once for each text.
 * @throws CrmError that says what is wrong in it
 */
export function readOwn({ id, channel, language, version, source }: OwnTemplate): Template {
	const key = JSON.stringify([id, channel, language, version, source]);
	const known = ownParsed.get(key);
	if (known) return known;
	const name = `own template ${id}.${channel} (${language})`;
	const template = parseTemplate(source, name, partsOf(language), version);
	if (template.id !== id || template.channel !== channel || template.locale !== language) {
		throw new CrmError(`The ${name} says in its front matter that it is ${template.id}.${template.channel} (${template.locale}).`, 'Correct "id", "channel" and "locale".');
	}
	// The oldest goes: a process that serves many shops does not grow for ever.
	if (ownParsed.size >= MOST_OWN) ownParsed.delete(ownParsed.keys().next().value as string);
	ownParsed.set(key, template);
	return template;
}

/** The template that an occasion takes by itself: one for its stage, such as `progressive.3`, where there is one, else the one of its kind. */
export function templateIdOf({ kind, stage }: { kind: string; stage: number }, channel: Channel, own: readonly OwnTemplate[] = []): string {
	const ofStage = `${kind}.${stage}`;
	return [...own, ...templateFiles()].some((file) => file.id === ofStage && textsFor(channel).includes(file.channel)) ? ofStage : kind;
}

/** All templates of the package, sorted by language and name. */
export function listTemplates(): Template[] {
	return templateFiles().map(read);
}

function read({ id, channel, language, file }: TemplateFile): Template {
	const known = parsed.get(file);
	if (known) return known;

	const template = parseTemplate(readTemplateFile(file), `templates/${file}`, partsOf(language));
	if (template.id !== id || template.channel !== channel || template.locale !== language) {
		throw new CrmError(
			`templates/${file}: the front matter says ${template.locale}/${template.id}.${template.channel}.hbs.`,
			'Give the file that name and folder, or correct "id", "channel" and "locale".',
		);
	}
	parsed.set(file, template);
	return template;
}
