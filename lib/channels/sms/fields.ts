import { CrmError } from '../../domain/errors';

/** What a placeholder of a described provider stands for. */
export type Placeholders = Record<'to' | 'toDigits' | 'text' | 'from' | 'id' | 'callback', string>;

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;
const HINT = 'Correct it in the credential Optical SMS.';

/**
 * Reads the description of a request.
 * @throws CrmError where it is no JSON object, or names a placeholder that there is not
 */
export function readFields(json: string): Record<string, unknown> {
	let fields: unknown;
	try {
		fields = JSON.parse(json);
	} catch (error) {
		throw new CrmError('The fields of the SMS provider are no valid JSON', HINT, { cause: error });
	}
	if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw new CrmError('The fields of the SMS provider are no JSON object', HINT);
	checkPlaceholders(json);
	return fields as Record<string, unknown>;
}

/** @throws CrmError on a placeholder that there is not */
export function checkPlaceholders(text: string): void {
	const known: Placeholders = { to: '', toDigits: '', text: '', from: '', id: '', callback: '' };
	for (const [, name] of text.matchAll(PLACEHOLDER)) {
		if (!Object.hasOwn(known, name)) throw new CrmError(`The SMS provider's description has a placeholder {{${name}}} that there is not`, `Known are ${Object.keys(known).join(', ')}. ${HINT}`);
	}
}

/** Puts the values into every text of a value; each time after parsing, so that no value can change the structure. */
export function fillFields(value: unknown, values: Placeholders): unknown {
	if (typeof value === 'string') return fillText(value, values);
	if (Array.isArray(value)) return value.map((entry) => fillFields(entry, values));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, fillFields(entry, values)]));
}

/** Puts the values into a text, each as `encode` writes it. */
export function fillText(text: string, values: Placeholders, encode: (value: string) => string = (value) => value): string {
	return text.replace(PLACEHOLDER, (_, name: keyof Placeholders) => encode(values[name]));
}

/** What stands at a path of names and positions, `data.0.id` or `data[0].id`; undefined where nothing does. */
export function valueAt(value: unknown, path: string): unknown {
	const steps = path.replace(/\[(\d+)\]/g, '.$1').split('.').filter((step) => step !== '');
	return steps.reduce<unknown>((found, step) => (typeof found === 'object' && found !== null && Object.hasOwn(found, step) ? (found as Record<string, unknown>)[step] : undefined), value);
}
