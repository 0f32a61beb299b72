import './withoutJest';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { closeDatabase, openStore, type StoreSettings } from '../../lib/store/open';
import { processorTime } from './figure';
import { expectRows, importCsv } from './importThroughput';

/** What the bench asks of this process: to import these parts of one file, and to wait for a word after each. */
export interface ImportOrder {
	settings: StoreSettings;
	files: string[];
	rows: number;
}

/** What it tells in the end: the processor's time in milliseconds, and the most resident memory in megabytes, of the first half and at all. */
export interface Imported {
	importing: number;
	firstPeak: number;
	peak: number;
}

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
	const start = processorTime();
	expectRows(await importCsv(store, parts()), rows);
	const importing = processorTime() - start;
	await closeDatabase(settings);
	return { importing, firstPeak, peak: peakMegabytes() };
}

function peakMegabytes(): number {
	return process.resourceUsage().maxRSS / 1024;
}

process.once('message', async (order: ImportOrder) => {
	process.send?.(await importInTurns(order));
	process.disconnect();
});
