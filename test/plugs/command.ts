import { parseArgs } from 'node:util';
import '../bench/withoutJest';
import { openFiles, openServer } from './database';
import { openPool } from './pool';
import { startProviders } from './provider';
import { runOnce, type RunFinding } from './run';

const USAGE = `npm run test:plugs -- [options]
  --runs N          how many runs (200)
  --seed N          of the first one; each of the others has the next number (1)
  --database NAME   file, postgres or both, in turns (both)
`;

/** Prints each run as a line of JSON, and at last one with what all of them found; ends with 1 when a run broke the books. */
async function main(): Promise<number> {
	const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, database: { type: 'string', default: 'both' }, help: { type: 'boolean' } } });
	if (values.help || !['file', 'postgres', 'both'].includes(values.database)) {
		process.stderr.write(USAGE);
		return values.help ? 0 : 2;
	}
	const started = Date.now();
	const databases = [...(values.database === 'postgres' ? [] : [openFiles()]), ...(values.database === 'file' ? [] : [await openServer()])];
	const providers = await startProviders();
	const pool = openPool();
	const findings: RunFinding[] = [];
	// Broken off, it tells what it has found so far, and leaves nothing behind.
	let isBrokenOff = false;
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isBrokenOff = true));
	try {
		for (let index = 0; index < Number(values.runs) && !isBrokenOff; index++) {
			const seed = Number(values.seed) + index;
			// By the seed, so that a run can be repeated alone.
			const finding = await runOnce({ database: databases[seed % databases.length], providers, pool }, seed);
			findings.push(finding);
			process.stdout.write(`${JSON.stringify(finding)}\n`);
		}
	} finally {
		pool.close();
		await providers.stop();
		for (const database of databases) await database.stop();
	}
	const summary = summaryOf(findings, Date.now() - started);
	process.stdout.write(`${JSON.stringify(summary)}\n`);
	return summary.broken.length > 0 || Object.keys(summary.notForeseen).length > 0 ? 1 : 0;
}

function summaryOf(findings: readonly RunFinding[], tookMs: number) {
	const sum = (of: (finding: RunFinding) => number) => findings.reduce((total, finding) => total + of(finding), 0);
	const problems = findings.flatMap((finding) => Object.entries(finding.problems));
	const blows = Map.groupBy(findings.flatMap((finding) => finding.blows), (blow) => blow.split(' ')[1]);
	return {
		runs: findings.length,
		seconds: Math.round(tookMs / 1000),
		blows: Object.fromEntries([...blows].map(([name, those]) => [name, those.length])),
		killed: sum(({ killed }) => killed),
		messages: sum(({ messages }) => messages),
		taken: sum(({ taken }) => taken),
		uncertain: sum(({ uncertain }) => uncertain),
		problems: problems.reduce((total, [, times]) => total + times, 0),
		/** Errors that say neither what happened nor how to go on. */
		notForeseen: Object.fromEntries(problems.filter(([text]) => text.includes('not foreseen'))),
		broken: findings.filter(({ broken }) => broken.length > 0).map(({ seed, database, broken }) => ({ seed, database, rules: broken.map(({ rule }) => rule) })),
	};
}

main()
	.then((code) => process.exit(code))
	.catch((error: Error) => {
		process.stderr.write(`${error.stack}\n`);
		process.exit(1);
	});
