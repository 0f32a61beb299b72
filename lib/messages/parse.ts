import { parse as parseYaml } from 'yaml';
import { CrmError } from '../domain/errors';
import { cleanLine, cleanText } from './clean';
import { compile, runtime } from './engine';
import { problemsOfText } from './names';
import { checkFrontMatter } from './schema';
import type { FrontMatter, Template, Texts } from './template';
import { metaBodies } from './whatsAppBody';
import { bodyProblems } from './whatsAppLimits';

/** Texts that several templates of one language include, for example the salutation: name -> text. */
export type Parts = Readonly<Record<string, string>>;

/** Nothing in a template repeats itself, so that its length bounds the time that writing from it can take. Characters. */
const LONGEST_SOURCE = 30_000;
/** The same once the parts that it includes are put in. */
const LONGEST_WHOLE = 60_000;

/** Splits a file into its front matter (still unchecked) and the text below it. */
export function splitFrontMatter(source: string, file: string): { fields: unknown; text: string } {
	const found = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(source.replace(/^\ufeff/, ''));
	if (!found) {
		throw new CrmError(`${file}: there is no front matter.`, 'Begin the file with a line ---, the fields (id, version, ...), and a line ---.');
	}
	try {
		return { fields: parseYaml(found[1] as string), text: (found[2] as string).trim() };
	} catch (error) {
		throw new CrmError(
			`${file}: the front matter is not valid YAML: ${(error as Error).message.split('\n')[0]}`,
			'Put texts with a colon, a brace or a quote between quotes.',
			{ cause: error },
		);
	}
}

/**
 * Reads a template: front matter, parts put in, names checked, texts compiled.
 *
 * @param file for error texts
 * @param parts texts that it may include with `{{> name}}`
 * @param version stands in place of the one that the front matter says
 * @throws CrmError with the file and everything that is wrong in it
 */
export function parseTemplate(source: string, file: string, parts: Parts = {}, version?: number): Template {
	if (source.length > LONGEST_SOURCE) throw new CrmError(`${file}: the text has ${source.length} characters; at most ${LONGEST_SOURCE} are read.`, 'Make it shorter: a message is read on a phone.');
	const { fields, text } = splitFrontMatter(source, file);
	const front = checkFrontMatter(version === undefined || typeof fields !== 'object' ? fields : { ...fields, version }, file);
	const texts: Texts = {
		subject: withParts(cleanLine(front.subject ?? ''), parts),
		preheader: withParts(cleanLine(front.preheader ?? ''), parts),
		body: withParts(cleanText(text), parts),
	};
	checkTexts(front, texts, file);
	const template: Template = { ...front, ...texts, file, fill: filler(texts, front.locale) };
	if (template.channel === 'whatsapp') checkForMeta(template);
	return template;
}

/** A text that Meta would refuse is told here, and not when it is submitted; and nothing is put around one that it has approved. */
function checkForMeta(template: Template): void {
	const problems = new Set(metaBodies(template).flatMap(bodyProblems));
	if (!template.body.includes('{{shop.name}}')) problems.add('it should name the shop with {{shop.name}} (rule 6)');
	if (problems.size > 0) throw new CrmError(`${template.file}: body, ${[...problems].join('; ')}.`, 'Correct the text: Meta approves a fixed text with places to fill in.');
}

// A part may include another; deeper than this it includes itself, and the check of the names reports what is left.
const DEEPEST_PART = 3;

function withParts(text: string, parts: Parts, depth = 0): string {
	if (depth > DEEPEST_PART) return text;
	return text.replace(/\{\{>\s*([a-z-]+)\s*\}\}/g, (include, name: string) =>
		Object.hasOwn(parts, name) ? withParts(parts[name] as string, parts, depth + 1) : include);
}

function checkTexts(front: FrontMatter, texts: Texts, file: string): void {
	const names = new Set(front.variables.map(({ group, field }) => `${group}.${field}`));
	const whole = Object.values<string>({ ...texts }).reduce((sum, text) => sum + text.length, 0);
	if (whole > LONGEST_WHOLE) throw new CrmError(`${file}: with its parts the text has ${whole} characters; at most ${LONGEST_WHOLE} are read.`, 'Include each part once.');
	const problems = Object.entries(texts).flatMap(([name, text]) => problemsOfText(text as string, names).map((problem) => `${name}, ${problem}`));
	if (texts.body === '') problems.push('body, there is no text');
	if (problems.length > 0) {
		throw new CrmError(`${file}: ${problems.join('; ')}.`, 'Declare the name under "variables" in the front matter, or correct the text.');
	}
}

// A control character: neither a cleaned value nor a cleaned template holds one.
const SEPARATOR = '\u0001';

/** All texts are compiled as one: starting Handlebars takes longer than filling in a subject. */
function filler({ subject, preheader, body }: Texts, locale: string): (values: object) => Texts {
	const all = compile([subject, preheader, body].join(`\n${SEPARATOR}\n`));
	const options = runtime(locale);
	return (values) => {
		const filled = all(values, options).split(SEPARATOR) as [string, string, string];
		return { subject: filled[0], preheader: filled[1], body: filled[2] };
	};
}
