import { exportCsv } from '../../demo/shop/exportCsv';
import { generateShop } from '../../demo/shop/generateShop';
import type { ImportSummary } from '../../nodes/OpticalCrm/actions/importRows';
import { importFile } from '../support/importFile';
import { openTestStore } from '../support/store';
import { BareCopy } from './bareCopy';
import { type BenchFigure, sideBySide } from './figure';
import { NOW, TODAY } from './shopOfSize';

const ROWS = 50_000;
/** Rows of one turn: both sides write them into their own store, which grows from turn to turn. */
const TURN = 5_000;
/** What is asked, half the bare insert's speed, is asked of a million rows (import-million): in a store as small as this one the database has the least to do. */
const LIMIT = 0.4;

/** Importing a CSV export (reading, checking, matching, hashing, saving, chaining consents) against the bare insert of what comes out of it. */
export async function importThroughput(): Promise<BenchFigure[]> {
	process.stderr.write(`Making an export of ${ROWS} rows ...\n`);
	const { rows } = generateShop({ seed: 2, count: ROWS, today: TODAY });
	const [ours, bare] = [await openTestStore(NOW), await openTestStore(NOW)];
	const copy = new BareCopy(ours.settings.file, bare.settings.file);
	let csv: Buffer;
	const importing = {
		before: () => void (csv = exportCsv(rows.splice(0, TURN))),
		work: async () => expectRows((await importFile(ours.store, csv)).summary, TURN),
	};
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

/** A figure of an import that dropped its rows would be a fine one. */
export function expectRows({ rows, created }: ImportSummary, expected: number): void {
	if (rows !== expected || created < expected * 0.9) throw new Error(`Of ${expected} rows ${rows} were read and ${created} customers created.`);
}
