import '../../bench/withoutJest';
import { parseArgs } from 'node:util';
import { ChainWitness, closeBooks, runChainOnce, type ChainFinding } from './chainRun';
import { OCCASION_LEASE, openPluggedChain } from './pluggedChain';

/** What a process that was killed had begun is free again after its lease; then there may be three attempts more, minutes apart. */
const PATIENCE_MS = (2 * OCCASION_LEASE + 5) * 60_000;

/**
 * `npm run test:plugs:chain -- --runs N --seed N`: a shop in n8n's queue mode works while its processes are killed. Prints each run as a line of JSON, and at last, when all has
 * come to rest, one with what all of them found; ends with 1 when a run broke the books.
 */
async function main(): Promise<number> {
	const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } } });
	const started = Date.now();
	const plugged = await openPluggedChain();
	const witness = new ChainWitness();
	const findings: ChainFinding[] = [];
	// Broken off, it closes the books of what it has done so far.
	let isBrokenOff = false;
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isBrokenOff = true));
	try {
		for (let index = 0; index < Number(values.runs) && !isBrokenOff; index++) {
			const finding = await runChainOnce(plugged, witness, Number(values.seed) + index);
			findings.push(finding);
			process.stdout.write(`${JSON.stringify(finding)}\n`);
		}
		const last = await closeBooks(plugged, witness, PATIENCE_MS);
		const blows = Map.groupBy(findings.flatMap((finding) => finding.blows.map((blow) => blow.replace(/^\S+ (\S+( (main|worker|webhook|postgres|redis))?).*/, '$1'))), (name) => name);
		const broken = findings.filter((finding) => finding.broken.length > 0).map(({ seed, broken: those }) => ({ seed, rules: those.map(({ rule }) => rule) }));
		process.stdout.write(`${JSON.stringify({ runs: findings.length, seconds: Math.round((Date.now() - started) / 1000), blows: Object.fromEntries([...blows].map(([name, those]) => [name, those.length])), ...last, brokenRuns: broken })}\n`);
		return last.broken.length + broken.length > 0 ? 1 : 0;
	} finally {
		await plugged.close();
	}
}

main()
	.then((code) => process.exit(code))
	.catch((error: Error) => {
		process.stderr.write(`${error.stack}\n`);
		process.exit(1);
	});
