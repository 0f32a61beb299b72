import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OptionError } from './setup/demoOptions';
import { demoFolder } from './setup/paths';
import { demoShop } from './shop/shop';
import { readOptions, usage } from './timemachine/options';
import { renderRun } from './timemachine/page/page';
import { daysOfYears } from './timemachine/run';
import { travel } from './timemachine/travel';

const tell = (line: string) => void process.stderr.write(`${line}\n`);

/** `npm run timemachine`: one JSON object on stdout, a page beside it; ends with 1 when an invariant is broken. */
async function main(): Promise<number> {
	const { from, years, customers: count, seed, page, language, postgres: server, help } = readOptions(process.argv.slice(2));
	if (help) {
		tell(usage);
		return 0;
	}
	const { summary, history } = await travel(
		{ from, days: daysOfYears(from, years), count, seed },
		{ server, tell: (day) => void (day.endsWith('-01-01') && tell(`${day.slice(0, 4)} ...`)) },
	);
	const file = path.resolve(page ?? path.join(demoFolder, 'timemachine.html'));
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, renderRun(history, summary, demoShop.name, language));
	process.stdout.write(`${JSON.stringify({ ...summary, page: file })}\n`);
	return summary.ok ? 0 : 1;
}

main()
	.then((code) => (process.exitCode = code))
	.catch((error: Error) => {
		tell(error instanceof OptionError ? error.message : (error.stack ?? String(error)));
		process.exitCode = 1;
	});
