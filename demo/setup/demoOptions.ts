import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';

/** What the user of `npm start` asked for. */
export interface DemoOptions {
	/** For n8n; any free one if it is missing. */
	port?: number;
	/** Forget everything from earlier starts. */
	reset: boolean;
	/** The day that the demo takes as today (YYYY-MM-DD); the real one if it is missing. */
	today?: string;
	/** Run the main job without a person and print one JSON object. */
	check: boolean;
	help: boolean;
}

/** An option that cannot be understood; the message says how it must look. */
export class OptionError extends Error {}

export const usage = `npm start -- [options]
  --port NUMBER        the port for n8n (without it: any free one)
  --today YYYY-MM-DD   the day that the demo takes as today
  --reset              forget everything from earlier starts
  --check              run the main job without a person and print one JSON object
  --help               show this`;

const known = { port: { type: 'string' }, reset: { type: 'boolean' }, today: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } } as const;

/**
 * @param args what follows the script's name
 * @throws OptionError
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv = process.env): DemoOptions {
	// Without `--` npm keeps the options for itself and hands them down like this.
	const swallowed = Object.keys(known).find((name) => env[`npm_config_${name}`] !== undefined);
	if (swallowed) throw new OptionError(`npm took --${swallowed} for itself. Put -- before the options: npm start -- --${swallowed} ...`);
	const { port, today, reset = false, check = false, help = false } = parse(args);
	if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) throw new OptionError(`--port takes a number from 1 to 65535, not "${port}".`);
	if (today !== undefined && !(/^\d{4}-\d{2}-\d{2}$/.test(today) && DateTime.fromISO(today).isValid)) throw new OptionError(`--today takes a day such as 2026-11-22, not "${today}".`);
	return { port: port === undefined ? undefined : Number(port), today, reset, check, help };
}

function parse(args: string[]) {
	try {
		return parseArgs({ args, options: known, allowPositionals: false }).values;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
		// Node's own hint after the first sentence is about positional arguments, which we do not take.
		throw new OptionError(`${message.split('. ')[0]}.\n\n${usage}`);
	}
}
