import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../../lib/domain/glossary';
import { isLocalDate } from '../../lib/domain/time';
import type { PostgresPlace } from '../../lib/store/postgres';
import { OptionError } from '../setup/demoOptions';

/** What the user of `npm run timemachine` asked for. */
export interface TimeMachineOptions {
	from: string;
	years: number;
	customers: number;
	seed: number;
	/** File of the page. */
	page?: string;
	language: Language;
	postgres?: PostgresPlace;
	help: boolean;
}

export const usage = `npm run timemachine -- [options]
  --from YYYY-MM-DD    the first day (without it: 2020-01-01)
  --years NUMBER       how many years, 1 to 30 (without it: 10)
  --customers NUMBER   customers on the first day (without it: 2000)
  --seed NUMBER        another seed lives other lives (without it: 1)
  --page FILE          where the page goes (without it: .demo/timemachine.html)
  --language it|en     of the page (without it: it)
  --postgres URL       a PostgreSQL instead of a file: postgres://user:password@host:port/database; it gets a schema of its own, removed at the end
  --help               show this`;

const known = {
	from: { type: 'string' }, years: { type: 'string' }, customers: { type: 'string' }, seed: { type: 'string' }, page: { type: 'string' },
	language: { type: 'string' }, postgres: { type: 'string' }, help: { type: 'boolean' },
} as const;

/**
 * @param args what follows the script's name
 * @throws OptionError
 */
export function readOptions(args: string[]): TimeMachineOptions {
	const { from = '2020-01-01', years = '10', customers = '2000', seed = '1', page, language = 'it', postgres, help = false } = parse(args);
	if (!isLocalDate(from) || from < '2015-01-01' || from > '2050-01-01') throw new OptionError(`--from takes a day from 2015 to 2049 such as 2020-01-01, not "${from}".`);
	const spoken = LANGUAGES.find((one) => one === language);
	if (!spoken) throw new OptionError(`--language takes ${LANGUAGES.join(' or ')}, not "${language}".`);
	return {
		from, page, help, language: spoken,
		years: wholeNumber('years', years, 1, Math.min(30, 2050 - Number(from.slice(0, 4)))),
		customers: wholeNumber('customers', customers, 1, 100_000),
		seed: wholeNumber('seed', seed, 0, 2 ** 31),
		postgres: postgres === undefined ? undefined : placeOf(postgres),
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({ args, options: known, allowPositionals: false }).values;
	} catch (error) {
		throw new OptionError(`${(error as Error).message.split('. ')[0]}.\n\n${usage}`);
	}
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new OptionError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function placeOf(text: string): PostgresPlace {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw new OptionError('--postgres takes an address such as postgres://user:password@localhost:5432/database.');
	const { hostname: host, port, pathname, username, password } = url;
	return { host, port: Number(port) || 5432, name: decodeURIComponent(pathname.slice(1)), user: decodeURIComponent(username), password: decodeURIComponent(password), tls: 'off' };
}
