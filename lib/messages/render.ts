import { CrmError } from '../domain/errors';
import { cleanLine } from './clean';
import { nameOf, type Template, type Texts } from './template';
import { declaredValues, type MessageVariables } from './values';

/** Longest texts in characters: no person writes a longer one, so something went wrong in the data. */
const LONGEST: Record<keyof Texts, number> = { subject: 200, preheader: 200, body: 10_000 };

/**
 * Fills in a template for one customer. A customer's name is text whatever it holds: it is never read as a template.
 * What comes back is the personal part, before signature and footer: subject and preheader on one line, the body in paragraphs
 * parted by an empty line.
 *
 * @throws CrmError if a variable is missing, is not what the template declares, or makes a text too long
 */
export function renderMessage(template: Template, variables: MessageVariables): Texts {
	const { subject, preheader, body } = fill(template, declaredValues(template, variables));
	return {
		subject: within('subject', cleanLine(subject), template),
		preheader: within('preheader', cleanLine(preheader), template),
		body: within('body', paragraphs(body), template),
	};
}

/** Conditions that do not hold leave empty lines behind. The values are clean lines already, so nothing else needs mending here. */
export function paragraphs(text: string): string {
	return text.replace(/\n\n\n+/g, '\n\n').trim();
}

function fill(template: Template, values: object): Texts {
	try {
		return template.fill(values);
	} catch (error) {
		throw new CrmError(
			`The template ${nameOf(template)} could not be filled in: ${(error as Error).message}`,
			`Correct the text in ${template.file}.`,
			{ cause: error },
		);
	}
}

function within(part: keyof Texts, text: string, template: Template): string {
	if (text.length <= LONGEST[part]) return text;
	throw new CrmError(
		`With this customer's data the ${part} of the template ${nameOf(template)} has ${text.length} characters; at most ${LONGEST[part]} are sent.`,
		'Look for a field of this customer that holds far too much text, and correct it.',
	);
}
