import '../bench/withoutJest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, onStatement, openDatabase, type StoreSettings } from '../../lib/store/open';
import { SCHEMA_VERSION } from '../../lib/store/migrations';
import { startPostgres } from '../support/postgresServer';
import { SECRET } from '../support/store';
import { version } from '../../package.json';
import { busyShop } from './busyShop';
import { dumpStore, dumpText } from './dump';

/*
 * Writes the store of this release, with work in flight, to test/fixtures/releases/<version>: run once, when the version is released, by that version's own code, and never changed
 * afterwards. `npm run release:store`.
 */
const FOLDER = path.join(__dirname, '..', 'fixtures', 'releases', version);
const SCHEMA = 'release_store';

async function write(name: string, settings: StoreSettings): Promise<void> {
	const made: string[] = [];
	const stop = onStatement((statement) => /^\s*(create|alter|drop|do )/i.test(statement) && made.push(statement));
	const db = await openDatabase(settings);
	stop();
	await busyShop(settings);
	writeFileSync(path.join(FOLDER, name), dumpText(await dumpStore(db, made, SCHEMA)));
	await closeDatabase(settings);
}

async function main(): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	const folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-release-'));
	const server = await startPostgres();
	try {
		await write('file.jsonl', { database: 'file', file: path.join(folder, 'store.db'), shop: 'main', secret: SECRET });
		await write('postgres.jsonl', { ...server.place, database: 'postgres', tls: 'off', schema: SCHEMA, shop: 'main', secret: SECRET });
		console.log(`${FOLDER}: schema ${SCHEMA_VERSION}`);
	} finally {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
