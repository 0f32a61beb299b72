import './withoutJest';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { closeDatabase, openStore, type StoreSettings } from '../../lib/store/open';
import { processorTime } from './figure';
import { importFile } from '../support/importFile';
import { expectRows } from './importThroughput';

/** What the bench asks of this process: to import these parts of one file, and to wait for a word after each. */
export interface ImportOrder {
	settings: StoreSettings;
	files: string[];
	rows: number;
}

/** What it tells in the end: the processor's time in milliseconds, and the resident memory in megabytes: before, and at most in the first half and in all. */
export interface Imported {
	importing: number;
	before: number;
	firstPeak: number;
	peak: number;
}

const MEGABYTE = 1024 * 1024;

async function importInTurns({ settings, files, rows }: ImportOrder): Promise<Imported> {
	const store = await openStore(settings);
	let firstPeak = 0;
	async function* parts(): AsyncGenerator<Buffer> {
		for (const [index, file] of files.entries()) {
			yield* createReadStream(file) as AsyncIterable<Buffer>;
			process.send?.('waiting');
			await once(process, 'message');
			if (index === files.length / 2 - 1) firstPeak = peakMegabytes();
		}
	}
	const [start, before] = [processorTime(), process.memoryUsage().rss / MEGABYTE];
	expectRows((await importFile(store, parts())).summary, rows);
	const importing = processorTime() - start;
	await closeDatabase(settings);
	return { importing, before, firstPeak, peak: peakMegabytes() };
}

function peakMegabytes(): number {
	// Given in kilobytes.
	return (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
}

process.once('message', async (order: ImportOrder) => {
	process.send?.(await importInTurns(order));
	process.disconnect();
});
