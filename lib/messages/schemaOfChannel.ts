import { type Channel, hasSubject } from '../domain/glossary';
import { check, type Fields, isFields, line, listOf, oneOf, type Rule, shortLine } from './schemaRule';
import { asksForStop } from './stopWord';
import { type FrontMatter, WHATSAPP_BUTTONS, WHATSAPP_MEDIA, type WhatsAppFrame } from './template';

const NAME: Record<Channel, string> = {
	email: 'an e-mail', sms: 'an SMS', whatsapp: 'a WhatsApp message', whatsappLinked: 'a WhatsApp message', letter: 'a letter', call: 'a call', push: 'a push notification',
};

/** The questions of a call. Their words stand on the staff's page as they are. */
export const QUESTIONS: Rule = listOf(
	{
		id: { expected: 'a short name', holds: (value) => typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) },
		question: shortLine(200),
		answers: { expected: 'a list of at least two texts', holds: (value) => Array.isArray(value) && value.length >= 2 && value.every(shortLine(60).holds) && new Set(value).size === value.length },
	},
	'{ id: comfort, question: "Si trova bene?", answers: ["Sì", "Così così", "No"] }, without placeholders',
);

/** Meta's limits: https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates */
const BUTTONS = listOf(
	{ kind: oneOf(WHATSAPP_BUTTONS), label: shortLine(25), url: { ...line, optional: true } },
	'{ kind: reply, label: STOP }, with url where the kind is url',
);
const WHATSAPP: Record<keyof WhatsAppFrame, Rule> = {
	name: { expected: 'lower-case letters, digits and underscores, as in richiamo_vista', holds: (value) => typeof value === 'string' && /^[a-z0-9_]{1,500}$/.test(value) },
	category: oneOf(['MARKETING', 'UTILITY']),
	header: { ...shortLine(60), optional: true },
	media: { expected: 'as in { kind: image, link: "https://ottica.example/vetrina.jpg" }, of the kind image, video or document', optional: true, holds: isMedia },
	footer: { ...shortLine(60), optional: true },
	buttons: { ...BUTTONS, optional: true },
};

/** What of a front matter does not fit its channel. The fields are of the right kind already. */
export function channelProblems(fields: Fields): string[] {
	const { channel, subject, preheader, questions, link, whatsApp } = fields as unknown as FrontMatter;
	const problems: string[] = [];
	const only = (field: string, value: unknown, fits: boolean) => {
		if (value !== undefined && !fits) problems.push(`"${field}" should not be there: ${NAME[channel]} has none`);
	};
	if (hasSubject(channel) && subject === undefined) problems.push(`"subject" should be there: ${NAME[channel]} needs one`);
	only('subject', subject, hasSubject(channel));
	only('preheader', preheader, channel === 'email');
	only('questions', questions, channel === 'call');
	only('link', link, channel === 'push');
	only('whatsApp', whatsApp, channel === 'whatsapp');
	if (channel === 'whatsapp' && whatsApp === undefined) problems.push('"whatsApp" should be there: Meta approves a template by name and category');
	if (channel === 'whatsapp' && whatsApp !== undefined) problems.push(...whatsAppProblems(fields));
	if (link !== undefined && !isDeclaredUrl(fields, link)) problems.push('"link" should be the name of a declared variable of the type url');
	return problems;
}

function whatsAppProblems(fields: Fields): string[] {
	const { class: cls, whatsApp } = fields as unknown as FrontMatter;
	const problems = check(whatsApp as unknown as Fields, WHATSAPP as Record<string, Rule>, 'whatsApp.');
	if (problems.length > 0) return problems;
	const { category, header, media, footer = '', buttons = [] } = whatsApp as WhatsAppFrame;
	if (media && header) problems.push('"whatsApp.header" should not be there beside "whatsApp.media": Meta has room for one of them');
	// RULES 31: what is no service is MARKETING, whatever one would like to pay.
	if (cls !== 'service' && category === 'UTILITY') problems.push('"whatsApp.category" should be MARKETING: UTILITY is for service messages');
	if (cls !== 'service' && !asksForStop(footer)) problems.push('"whatsApp.footer" should say how to refuse, as in "Rispondi STOP per non riceverne più" (rule 4)');
	for (const [index, { kind, url }] of buttons.entries()) {
		const name = `whatsApp.buttons[${index}].url`;
		if (kind !== 'url' && url !== undefined) problems.push(`"${name}" should not be there: only a button of the kind url has one`);
		if (kind === 'url' && !(url !== undefined && (isHttps(url) || isDeclaredUrl(fields, url, true)))) {
			problems.push(`"${name}" should be an https address, or the name of a declared and required variable of the type url`);
		}
	}
	return problems;
}

function isMedia(value: unknown): boolean {
	if (!isFields(value)) return false;
	const { kind, link, ...others } = value;
	return WHATSAPP_MEDIA.some((known) => known === kind) && isHttps(link) && Object.keys(others).length === 0;
}

function isHttps(value: unknown): boolean {
	return typeof value === 'string' && /^https:\/\/[^\s{}]+$/.test(value);
}

/** @param required whether it must always be there: Meta sends no button without its address */
function isDeclaredUrl({ variables }: Fields, name: string, required = false): boolean {
	const variable = isFields(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
	return isFields(variable) && variable.type === 'url' && (variable.required === true || !required);
}
