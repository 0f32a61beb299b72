import { readForm, type Form } from '../../web/form';

/** Never written into a page: passwords, the token of a session that is over, and a form held already. */
const LEFT_OUT = ['csrf', 'held', 'password', 'current', 'wanted', 'repeated'];

/** A form whose session was over, as one hidden field of the login page: after the login it goes on, and nothing that was typed is lost. */
export function holdForm(form: Form): string {
	return new URLSearchParams([...form].filter(([name]) => !LEFT_OUT.includes(name)).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))).toString();
}

/** The form that holdForm() wrote; undefined where there is none or it is beyond the limits of a form. */
export function heldForm(text: string): Form | undefined {
	if (text === '') return undefined;
	const fields = Map.groupBy(new URLSearchParams(text), ([name]) => name);
	const form = readForm(Object.fromEntries([...fields].map(([name, pairs]) => [name, pairs.map(([, value]) => value)])));
	return form && form.size > 0 ? form : undefined;
}
