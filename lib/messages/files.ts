import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Channel, CHANNELS, type Language, LANGUAGES } from '../domain/glossary';
import { CrmError } from '../domain/errors';
import { remembered } from '../domain/remember';

// The same two steps up from the source (lib/messages) and from the build (dist/lib/messages).
const FOLDER = path.join(__dirname, '..', '..', 'templates');
const TEMPLATE_FILE = new RegExp(`^(.+)\\.(${CHANNELS.join('|')})\\.hbs$`);
const PART_FILE = /^([a-z-]+)\.hbs$/;

/** A template file by its name, `<language>/<id>.<channel>.hbs`. */
export interface TemplateFile {
	id: string;
	channel: Channel;
	language: Language;
	/** Relative to the templates folder, with `/`. */
	file: string;
}

/* A folder and a file are read once: they change only with the package, and n8n starts anew for a new one. */

/** The template files of the package, sorted by language and name. */
export const templateFiles = remembered((): readonly TemplateFile[] =>
	LANGUAGES.flatMap((language) =>
		namesIn(language).flatMap((name) => {
			const [, id, channel] = TEMPLATE_FILE.exec(name) ?? [];
			return id === undefined ? [] : [{ id, channel: channel as Channel, language, file: `${language}/${name}` }];
		}),
	));

/** The parts of a language that its templates may include: name -> text. */
export const partsOf = remembered((language: Language): Readonly<Record<string, string>> =>
	Object.fromEntries(
		namesIn(`${language}/parts`).flatMap((name) => {
			const part = PART_FILE.exec(name)?.[1];
			return part === undefined ? [] : [[part, readTemplateFile(`${language}/parts/${name}`).trim()]];
		}),
	));

/**
 * The text of a file in the templates folder.
 *
 * @throws CrmError if the package was installed without it
 */
export const readTemplateFile = remembered((file: string): string => inFolder(file, () => readFileSync(path.join(FOLDER, file), 'utf8')));

function namesIn(folder: string): string[] {
	return inFolder(folder, () => readdirSync(path.join(FOLDER, folder)).sort());
}

function inFolder<T>(name: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw new CrmError(`templates/${name} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Install the package n8n-nodes-optical-crm again.', { cause: error });
	}
}
