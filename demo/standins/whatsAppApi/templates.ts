import { graphError, type Answer } from './errors';

/** A template as the stand-in's account holds it. */
export interface StandinTemplate {
	id: string;
	name: string;
	language: string;
	category: string;
	status: string;
	parameter_format: 'NAMED' | 'POSITIONAL';
	components: Array<Record<string, unknown>>;
	quality_score?: { score: string };
}

type Part = Record<string, unknown>;
interface Parameter {
	type?: string;
	parameter_name?: string;
	text?: string;
}

const placesOf = (text: unknown): string[] => [...new Set([...String(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]))];
const partsOf = (list: unknown): Part[] => (Array.isArray(list) ? (list as Part[]) : []);
const typeIs = (type: string) => (part: Part) => String(part.type).toLowerCase() === type;

/** What is wrong with a template message, as Meta says it; undefined where it can go. */
export function templateError(template: Part, known: StandinTemplate | undefined): Answer | undefined {
	if (!known || !['APPROVED', 'PAUSED', 'DISABLED'].includes(known.status)) return graphError(132001);
	if (known.status === 'PAUSED') return graphError(132015);
	if (known.status === 'DISABLED') return graphError(132016);
	const sent = partsOf(template.components);
	const parametersOf = (type: string) => partsOf(sent.find(typeIs(type))?.parameters) as Parameter[];
	const header = known.components.find(typeIs('header'));
	if (header && String(header.format).toUpperCase() !== 'TEXT' && parametersOf('header')[0]?.type !== String(header.format).toLowerCase()) return graphError(132012);
	for (const type of ['header', 'body']) {
		const given = parametersOf(type).filter((parameter) => parameter.type === 'text');
		const wanted = placesOf(known.components.find(typeIs(type))?.text);
		if (given.length !== wanted.length) return graphError(132000, `${type}: number of localizable_params (${given.length}) does not match the expected number of params (${wanted.length})`);
		if (known.parameter_format === 'NAMED' && !wanted.every((name) => given.some((parameter) => parameter.parameter_name === name))) return graphError(100, 'Parameter name is missing or empty');
		const wrong = given.some(({ text }) => !text || /[\n\t]| {5}/.test(text));
		if (wrong) return graphError(132018, `${type}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`);
	}
	const buttons = partsOf(known.components.find(typeIs('buttons'))?.buttons);
	const missing = buttons.some(({ url }, index) => placesOf(url).length > 0 && !sent.some((part) => typeIs('button')(part) && String(part.index) === String(index)));
	return missing ? graphError(131008, 'Button: URL parameter is missing') : undefined;
}

/** The text as the customer reads it. */
export function shownText(template: Part, known: StandinTemplate): string {
	const given = partsOf(partsOf(template.components).find(typeIs('body'))?.parameters) as Parameter[];
	const body = String(known.components.find(typeIs('body'))?.text ?? '');
	return body.replace(/\{\{(\w+)\}\}/g, (_, name: string) => given.find(({ parameter_name }, index) => parameter_name === name || String(index + 1) === name)?.text ?? '');
}

/** What Meta refuses at once in a template that is submitted; the rest it looks at later. */
export function creationError({ name, language, category, components }: Part, there: readonly StandinTemplate[]): Answer | undefined {
	const refused = (subcode: number, title: string, said: string) =>
		graphError(100, undefined, { message: 'Invalid parameter', error_subcode: subcode, error_user_title: title, error_user_msg: said });
	const body = String(partsOf(components).find(typeIs('body'))?.text ?? '');
	if (!/^[a-z0-9_]{1,512}$/.test(String(name)) || !language || !/^(marketing|utility|authentication)$/i.test(String(category))) return graphError(100);
	if (there.some((each) => each.name === name && each.language === language)) return refused(2388024, 'Content in this language already exists', 'There is already content for this template in this language.');
	if (body === '' || body.length > 1024) return refused(2388040, 'Character limit exceeded', 'The body has too many characters, or none.');
	if (/^\s*\{\{|\}\}\W*$/.test(body)) return refused(2388299, 'Leading or trailing params not allowed', 'Variables can\'t be at the start or end of the template.');
	const places = body.match(/\{\{\w+\}\}/g)?.length ?? 0;
	const words = body.replace(/\{\{\w+\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
	if (words < places * 3) return refused(2388293, 'Parameters words ratio exceeds limit', 'This template has too many variables for its length.');
	return undefined;
}
