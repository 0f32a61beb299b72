/** The fields of a form or a query, each with its values in the order in which they came. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** Far above what our own forms send, far below what hurts. */
export const FORM_LIMITS = { fields: 60, values: 500, characters: 100_000 } as const;

/**
 * Reads a parsed body or query, of which nothing is known, as a form. Values that are no text are left out.
 * n8n hands over a multipart body as `{ data, files }`: its fields are taken, files never.
 *
 * @returns undefined where it is no form at all or beyond FORM_LIMITS
 */
export function readForm(body: unknown): Form | undefined {
	const fields = fieldsOf(body);
	if (fields === undefined || fields.length > FORM_LIMITS.fields) return undefined;
	const form = new Map<string, readonly string[]>();
	let [count, size] = [0, 0];
	for (const [name, value] of fields) {
		const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
		count += values.length;
		size += values.reduce((sum, one) => sum + one.length, name.length);
		if (count > FORM_LIMITS.values || size > FORM_LIMITS.characters) return undefined;
		if (values.length > 0) form.set(name, values);
	}
	return form;
}

function fieldsOf(body: unknown): Array<[string, unknown]> | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const fields = Object.entries(body);
	const names = fields.map(([name]) => name).sort().join();
	return names === 'data,files' ? fieldsOf((body as { data: unknown }).data) : fields;
}

/** The value of a field that comes once; empty where it is missing or comes more than once. */
export function only(form: Form, name: string): string {
	const values = form.get(name);
	return values?.length === 1 ? values[0] : '';
}

/** A whole number from 1 up, or undefined. */
export function positive(text: string): number | undefined {
	return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** Typed text as it is kept: line ends as `\n`, no control characters or half characters, no blank margin. */
export function typedText(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/[\p{Surrogate}]/gu, '\uFFFD')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();
}

/** The same on one line: subjects and notes, where a line end could start a mail header of its own. */
export function typedLine(text: string): string {
	return typedText(text).replace(/\s+/g, ' ');
}
