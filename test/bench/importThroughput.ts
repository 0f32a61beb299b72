import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { exportCsv } from '../../demo/shop/exportCsv';
import { generateShop } from '../../demo/shop/generateShop';
import { readExport } from '../../lib/imports/readExport';
import { importCustomers } from '../../nodes/OpticalCrm/actions/customer/importCustomers';
import { NOTICE, openTestStore, type TestStore } from '../support/store';
import { type BenchFigure, sideBySide } from './figure';
import { NOW, TODAY } from './shopOfSize';

const ROWS = 50_000;
/** Rows of one turn: both sides write them into their own store, which grows from turn to turn. */
const TURN = 5_000;
/** Today's share of the bare insert's speed; issue 3 asks for 0.5. */
const LIMIT = 0.15;
const TABLES = ['customers', 'contact_points', 'consents'] as const;

/**
 * Importing a CSV export (reading, checking, matching, hashing, saving, chaining consents) against a bare prepared insert of the very
 * customers, contact points and consents that come out of it.
 */
export async function importThroughput(): Promise<BenchFigure[]> {
	process.stderr.write(`Making an export of ${ROWS} rows ...\n`);
	const { rows } = generateShop({ seed: 2, count: ROWS, today: TODAY });
	const [ours, bare] = [await openTestStore(NOW), await openTestStore(NOW)];
	const copy = new BareCopy(ours.settings.file, bare.settings.file);
	let csv: Buffer;
	const importing = { before: () => void (csv = exportCsv(rows.splice(0, TURN))), work: async () => await importCsv(ours, csv) };
	const inserting = { before: () => copy.read(), work: () => copy.insert() };
	const turns = { clock: 'processor', warmUps: 2, rounds: ROWS / TURN - 2 } as const;
	try {
		return [await sideBySide('import-throughput', importing, inserting, LIMIT, turns)];
	} finally {
		copy.close();
		await ours.close();
		await bare.close();
	}
}

async function importCsv({ store }: TestStore, csv: Buffer): Promise<void> {
	const events = readExport(pieces(csv), { today: TODAY, timeZone: store.shop.timeZone, country: store.shop.country });
	const { rows, created } = await importCustomers(store, events, { source: 'import', noticeVersion: NOTICE.version }, () => undefined, () => NOW);
	if (rows !== TURN || created < TURN * 0.9) throw new Error(`Of ${TURN} rows ${rows} were read and ${created} customers created.`);
}

/** The file as a disk hands it out. */
function* pieces(bytes: Buffer): Generator<Buffer> {
	for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

type Value = string | number | null;

/** Writes what is new in one store into another, with nothing read, checked or compared: the fastest plain way. */
class BareCopy {
	private readonly source: DatabaseSync;
	private readonly target: DatabaseSync;
	private readonly inserts: StatementSync[];
	private rows: Value[][][] = [];
	private readonly lastIds = TABLES.map(() => 0);

	constructor(source: string, target: string) {
		this.source = new DatabaseSync(source, { readOnly: true });
		this.target = new DatabaseSync(target);
		this.target.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536; pragma temp_store = memory');
		this.inserts = TABLES.map((table) => {
			const columns = this.target.prepare(`select * from ${table}`).columns();
			return this.target.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`);
		});
	}

	/** All values of the next rows, ready to be inserted. */
	read(): void {
		this.rows = TABLES.map((table, index) => {
			const found = this.source.prepare(`select * from ${table} where id > ? order by id`).all(this.lastIds[index]) as Array<Record<string, Value>>;
			this.lastIds[index] = found.at(-1)?.id as number;
			return found.map((row) => Object.values(row));
		});
	}

	/** One transaction, one prepared statement for each table. */
	insert(): void {
		this.target.exec('begin immediate');
		this.rows.forEach((rows, index) => {
			for (const row of rows) this.inserts[index].run(...row);
		});
		this.target.exec('commit');
	}

	close(): void {
		this.source.close();
		this.target.close();
	}
}
