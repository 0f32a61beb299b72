// The packed nodes in several versions of n8n: `npm run test:matrix`, or `npm run test:matrix -- oldest 2.30.0`. Prints one JSON line for each, and ends with 1 if one fails.
import { buildNodes } from '../../demo/setup/build';
import { demoFolder } from '../../demo/setup/paths';
import { mkdirSync } from 'node:fs';
import { NEWEST_NODE, PLACES, versionsFor, type Place } from './versions';
import { tryIn } from './tryIn';

const report = (line: string) => void process.stderr.write(`${line}\n`);

const isVersion = (given: string) => /^\d+\.\d+\.\d+$/.test(given);

async function main(chosen: string[]): Promise<void> {
	const unknown = chosen.filter((place) => !PLACES.includes(place as Place) && !isVersion(place));
	if (unknown.length > 0) throw new Error(`There is no "${unknown[0]}": choose among ${PLACES.join(', ')}, a version such as 2.30.0, or nothing for the three.`);
	mkdirSync(demoFolder, { recursive: true });
	await buildNodes(demoFolder, { report });
	for (const place of chosen.length > 0 ? chosen : PLACES) {
		const candidates = isVersion(place) ? [{ n8n: place, node: NEWEST_NODE }] : versionsFor(place as Place);
		const outcome = await tryIn(candidates, { report }).catch((error: Error) => ({ ok: false, error: error.message }));
		process.stdout.write(`${JSON.stringify({ place, ...outcome })}\n`);
		if (!outcome.ok) process.exitCode = 1;
	}
}

// Not left to the event loop: whatever is still open must not keep the terminal.
void main(process.argv.slice(2)).then(
	() => process.exit(),
	(error: Error) => {
		report(error.message);
		process.exit(1);
	},
);
