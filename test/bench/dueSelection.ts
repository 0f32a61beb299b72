import { sql } from 'kysely';
import type { DueDay } from '../../lib/domain/dueSearch';
import { claimDue, previewDue } from '../../lib/store/occasions/claim';
import type { Store } from '../../lib/store/open';
import { DueBirthdaySql } from './dueBirthdaySql';
import { AT_MOST_HALF_MORE, type BenchFigure, sideBySide } from './figure';
import { birthdayPlan } from '../support/due';
import { BELATED_DAYS, DUE, NOW, shopOfSize, TODAY } from './shopOfSize';

const CUSTOMERS = 100_000;
const MOST = 500;
const EVERYBODY = 100_000;
const TURNS = { clock: 'processor', rounds: 101, warmUps: 20 } as const;

const plan = birthdayPlan(TODAY, { belatedDays: BELATED_DAYS });

/** Claiming and only listing the birthdays that are due among 100,000 customers, against the best hand-written SQL on the same file. */
export async function dueSelection(): Promise<BenchFigure[]> {
	const { store, settings } = await shopOfSize(CUSTOMERS);
	const byHand = new DueBirthdaySql(settings.file, (plan.searches[0].when as { days: DueDay[] }).days);
	try {
		const listing = async () => counted(await previewDue(store, plan, EVERYBODY, NOW));
		const claimed = { before: () => byHand.unclaim(CUSTOMERS), work: () => counted(byHand.claim(MOST, NOW)) };
		const selection = await sideBySide('due-selection-100k', claiming(store), claimed, AT_MOST_HALF_MORE, TURNS);
		byHand.unclaim(CUSTOMERS);
		const preview = await sideBySide('due-preview-100k', listing, () => counted(byHand.list(EVERYBODY)), AT_MOST_HALF_MORE, TURNS);
		return [selection, preview];
	} finally {
		byHand.close();
	}
}

function claiming(store: Store) {
	const settings = { limit: MOST, leaseMinutes: 60 };
	const before = async () => {
		// The ledger of the years before has as many entries as the shop has customers.
		await store.db.deleteFrom('occasions').where('id', '>', CUSTOMERS).execute();
		// The deletion is the benchmark's own: bringing it from the log into the file must not fall into the measured time.
		await sql`pragma wal_checkpoint(restart)`.execute(store.db);
		// Both sides begin with their pages in memory: a write through the other connection has thrown them out.
		await previewDue(store, plan, EVERYBODY, NOW);
	};
	return { before, work: async () => counted(await claimDue(store, plan, settings, NOW)) };
}

function counted(found: readonly unknown[]): void {
	if (found.length !== DUE) throw new Error(`${DUE} customers are due, but ${found.length} were found.`);
}
