import Handlebars from 'handlebars';
import { DateTime } from 'luxon';

const euros = new Map<string, Intl.NumberFormat>();

function euro(locale: string): Intl.NumberFormat {
	let format = euros.get(locale);
	if (!format) euros.set(locale, (format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' })));
	return format;
}

/** All that a template can do besides `if` and `unless`. None reads anything but its arguments. */
export const HELPERS = {
	eq: (a: unknown, b: unknown) => a === b,
	lt: (a: number, b: number) => a < b,
	gt: (a: number, b: number) => a > b,
	/** Whether a number is there and divisible: round birthdays, every second year. */
	multipleOf: (value: number | undefined, divisor: number) => value !== undefined && value % divisor === 0,
	/** An amount in cents, in euro and as the language of the template writes it; whole euro without decimals. */
	money: (cents: number | undefined, { data }: Handlebars.HelperOptions) => (cents === undefined ? '' : euro(localeOf(data)).format(cents / 100)),
	/** The first text for one, the second for any other number. */
	plural: (count: number, one: string, many: string) => (count === 1 ? one : many),
	/** A local date in Luxon's format tokens and the language of the template. */
	date: (day: string | undefined, format: string, { data }: Handlebars.HelperOptions) => written(day, format, data),
	/** A local time `HH:mm`, likewise: `"HH:mm"`, `"h:mm a"`. */
	time: (time: string | undefined, format: string, { data }: Handlebars.HelperOptions) => written(time, format, data),
};

function localeOf(data: unknown): string {
	return (data as { locale: string }).locale;
}

/** An optional value that is absent is written as nothing. */
function written(iso: string | undefined, format: string, data: unknown): string {
	return iso === undefined ? '' : DateTime.fromISO(iso, { zone: 'utc', locale: localeOf(data) }).toFormat(format);
}

/** Names that may stand in front of arguments. */
export const HELPER_NAMES: ReadonlySet<string> = new Set([...Object.keys(HELPERS), 'if', 'unless']);

// An environment of our own: another package in the same process cannot add helpers or partials to it.
const engine = Handlebars.create();
// A text that was parsed before has its blanks in order already; a second time would take more of them.
Object.assign(engine, { parse: (input: string | hbs.AST.Program) => (typeof input === 'string' ? Handlebars.parse(input) : input) });
engine.registerHelper(HELPERS);
for (const name of ['log', 'lookup', 'with']) engine.unregisterHelper(name);

const knownHelpers = Object.fromEntries([...HELPER_NAMES].map((name) => [name, true])) as KnownHelpers;

/**
 * Compiles a text. Missing names are errors, unknown helpers too, and inherited properties (`constructor`, `__proto__`) do not exist.
 *
 * @param source the text, or a text that Handlebars has parsed already
 * @param escape true where the result is HTML
 */
export function compile(source: string | hbs.AST.Program, escape = false): Handlebars.TemplateDelegate {
	return engine.compile(source, { strict: true, knownHelpersOnly: true, knownHelpers, noEscape: !escape });
}

/** How a compiled text is run: with the language for dates. */
export function runtime(locale: string): Handlebars.RuntimeOptions {
	return { data: { locale }, allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
}
