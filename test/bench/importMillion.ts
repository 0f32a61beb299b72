import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportCsv } from '../../demo/shop/exportCsv';
import { generateShop } from '../../demo/shop/generateShop';
import { openTestStore } from '../support/store';
import { BareCopy } from './bareCopy';
import { type BenchFigure, figure, processorTime } from './figure';
import type { Imported, ImportOrder } from './importMillionChild';
import { TODAY, NOW } from './shopOfSize';

const ROWS = 1_000_000;
/** Rows that are imported, and then inserted bare, in turns: a slow minute of the machine meets both. */
const TURN = 50_000;
/** The share of the bare insert's speed that an import must have. */
const HALF = 0.5;
/** Node lets its young generation grow with the machine's memory, whatever a program holds: here it is the same on every machine. */
const NODE_OPTIONS = ['--max-semi-space-size=16', '--import', 'tsx'];
/** Resident memory that an import may add to a process that has loaded everything and opened the store. */
const MOST_MEGABYTES = 300;
/** The second half may need a tenth more than the first: it is measured on a living process. */
const FLAT = 1 / 1.1;

/**
 * One import of a file with a million rows of customers and consents, in a process of its own, so that its memory can be seen; the bare
 * insert of the same here, in turns with it. Processor time on both sides: the import waits for its turn.
 */
export async function importMillion(): Promise<BenchFigure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'optical-crm-bench-'));
	const [ours, bare] = [await openTestStore(NOW), await openTestStore(NOW)];
	const copy = new BareCopy(ours.settings.file, bare.settings.file);
	const files = writeExport(folder);
	const child = fork(join(__dirname, 'importMillionChild.ts'), { execArgv: NODE_OPTIONS });
	try {
		child.send({ settings: ours.settings, files, rows: ROWS } satisfies ImportOrder);
		let inserting = 0;
		for (const [index] of files.entries()) {
			await told(child);
			process.stderr.write(`${((index + 1) * TURN) / 1000},000 rows are imported ...\n`);
			copy.read();
			const start = processorTime();
			copy.insert();
			inserting += processorTime() - start;
			child.send('go on');
		}
		const { importing, before, firstPeak, peak } = (await told(child)) as Imported;
		return [
			figure('import-million', importing, inserting, 'ms', HALF),
			figure('import-million-memory', peak - before, MOST_MEGABYTES, 'MB', 1),
			figure('import-million-flat', peak, firstPeak, 'MB', FLAT),
		];
	} finally {
		child.kill();
		copy.close();
		await ours.close();
		await bare.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function told(child: ChildProcess): Promise<unknown> {
	const heard = new AbortController();
	const ended = async () => {
		await once(child, 'exit', heard);
		throw new Error('The import ended before its time.');
	};
	try {
		return (await Promise.race([once(child, 'message', heard), ended()]))[0];
	} finally {
		heard.abort();
	}
}

/** One CSV file in parts; people of different parts have codes of their own. */
function writeExport(folder: string): string[] {
	process.stderr.write(`Writing an export of ${ROWS} rows ...\n`);
	return Array.from({ length: ROWS / TURN }, (_, part) => {
		const { rows } = generateShop({ seed: part + 1, count: TURN, today: TODAY });
		const own = rows.map(([code, ...cells]) => [code && `${part}-${code}`, ...cells]);
		const csv = exportCsv(own);
		const file = join(folder, `${part}.csv`);
		appendFileSync(file, part === 0 ? csv : csv.subarray(csv.indexOf('\n') + 1));
		return file;
	});
}
