import { readFileSync } from 'node:fs';
import { closeDatabase, openStore, type StoreSettings } from '../../lib/store/open';
import { importFile } from './importFile';

/** A process of its own that imports a file into a store and tells how it went: `tsx importAlone.ts <settings as JSON> <file>`. */
async function main(settings: StoreSettings, file: string): Promise<void> {
	const { summary } = await importFile(await openStore(settings), readFileSync(file));
	process.stdout.write(JSON.stringify(summary));
	await closeDatabase(settings);
}

Object.assign(globalThis, { afterAll: () => undefined });
void main(JSON.parse(process.argv[2]) as StoreSettings, process.argv[3]);
