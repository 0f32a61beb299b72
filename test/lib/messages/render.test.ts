import { CrmError } from '../../../lib/domain/errors';
import { loadTemplate } from '../../../lib/messages/load';
import { renderMessage } from '../../../lib/messages/render';
import type { MessageVariables } from '../../../lib/messages/values';
import { variables } from './support';

const template = loadTemplate('birthday', 'email', 'it');

function refusal(values: unknown): CrmError {
	try {
		renderMessage(template, values as MessageVariables);
	} catch (error) {
		expect(error).toBeInstanceOf(CrmError);
		return error as CrmError;
	}
	throw new Error('It was rendered.');
}

it.each([
	[variables({ firstName: undefined }), 'customer.firstName'],
	[variables({ lastName: '' }), 'customer.lastName'],
	[variables({ lastName: ' \u202e\u200f\n' }), 'customer.lastName'],
	[variables({ formality: null as never }), 'customer.formality'],
	[{ ...variables(), occasion: undefined }, 'occasion.dueOn'],
	[{ ...variables(), customer: Object.create(variables().customer) }, 'customer.firstName'],
])('names a missing variable, the template and the way on', (values, name) => {
	const error = refusal(values);
	expect(error.message).toBe(`The template "birthday" (email, it, version 1) needs ${name}, which is missing or empty.`);
	expect(error.howToGoOn).toContain(name);
});

it.each([
	[variables({ sex: 'female' as never }), 'customer.sex should be F, M or absent'],
	[variables({ formality: 'voi' as never }), 'customer.formality should be lei or tu'],
	[variables({ lastName: 5 as never }), 'customer.lastName should be a text'],
	[variables({}, { daysLate: 0.5 }), 'occasion.daysLate should be a whole number'],
	[variables({}, { daysLate: '1' as never }), 'occasion.daysLate should be a whole number'],
	[variables({}, { dueOn: '22/11/2026' }), 'occasion.dueOn should be a day'],
	[variables({}, { dueOn: '2026-02-30' }), 'occasion.dueOn should be a day'],
	[variables({ firstName: 'Vinci su http://x.example' }), 'customer.firstName holds a web address'],
	[variables({ lastName: 'WWW.x.example' }), 'customer.lastName holds a web address'],
])('says what a wrong variable should be, without its value', (values, expected) => {
	const error = refusal(values);
	expect(error.message).toContain(expected);
	expect(error.message).not.toMatch(/female|voi\b|x\.example|22\/11|Giulia|Conti/);
});

it('refuses a text that is far too long, without quoting it', () => {
	const error = refusal(variables({ lastName: 'Conti '.repeat(500) }));
	expect(error.message).toMatch(/the subject of the template .* characters; at most 200/);
	expect(error.message).not.toContain('Conti');
});

it('leaves capitals as they are, and takes what is no variable for text', () => {
	const { subject, body } = renderMessage(template, variables({ lastName: 'DE SANTIS {{shop.name}} <b>' }));
	expect(subject).toBe('Tanti auguri, Sig.ra DE SANTIS {{shop.name}} <b>');
	expect(body).toContain('Gentile Sig.ra DE SANTIS {{shop.name}} <b>,');
});

it('keeps a subject on one line whatever the name holds', () => {
	expect(renderMessage(template, variables({ lastName: 'Conti\r\nBcc: x@y.example\u2028z' })).subject).toBe('Tanti auguri, Sig.ra Conti Bcc: x@y.example z');
});

it('does not let one text run into the next', () => {
	const { subject, preheader } = renderMessage(template, variables({ lastName: 'Conti\u0001Rossi' }));
	expect(subject).toBe('Tanti auguri, Sig.ra ContiRossi');
	expect(preheader).toBe('Un pensiero da Chiara e Marco');
});
