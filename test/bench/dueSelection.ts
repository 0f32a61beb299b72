import { sql } from 'kysely';
import { plusDays } from '../../lib/domain/time';
import { birthdayWindow, OLDEST_AGE, SAME_BIRTHDAY_DAYS } from '../../lib/occasions/birthday';
import { claimBirthdays, previewBirthdays, type DueBirthdays } from '../../lib/store/occasions';
import type { Store } from '../../lib/store/open';
import { DueBirthdaySql } from './dueBirthdaySql';
import { AT_MOST_HALF_MORE, type BenchFigure, sideBySide } from './figure';
import { BELATED_DAYS, DUE, NOW, shopOfSize, TODAY } from './shopOfSize';

const CUSTOMERS = 100_000;
const MOST = 500;
const EVERYBODY = 100_000;
const TURNS = { clock: 'processor', rounds: 101, warmUps: 20 } as const;

const due: DueBirthdays[] = birthdayWindow(TODAY, { belatedDays: BELATED_DAYS, earlyDays: 0, leapDay: '02-28' }).map(({ dueOn, monthDays }) => ({
	dueOn,
	monthDays,
	expiresOn: plusDays(dueOn, BELATED_DAYS),
	bornFrom: `${Number(dueOn.slice(0, 4)) - OLDEST_AGE}-01-01`,
	sameFrom: plusDays(dueOn, -SAME_BIRTHDAY_DAYS),
	sameTo: plusDays(dueOn, SAME_BIRTHDAY_DAYS),
}));

/** Claiming and only listing the birthdays that are due among 100,000 customers, against the best hand-written SQL on the same file. */
export async function dueSelection(): Promise<BenchFigure[]> {
	const { store, settings } = await shopOfSize(CUSTOMERS);
	const byHand = new DueBirthdaySql(settings.file, due);
	try {
		const listing = async () => counted(await previewBirthdays(store, due, EVERYBODY));
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
	const settings = { limit: MOST, leaseMinutes: 60, today: TODAY };
	const before = async () => {
		// The ledger of the years before has as many entries as the shop has customers.
		await store.db.deleteFrom('occasions').where('id', '>', CUSTOMERS).execute();
		// The deletion is the benchmark's own: bringing it from the log into the file must not fall into the measured time.
		await sql`pragma wal_checkpoint(restart)`.execute(store.db);
		// Both sides begin with their pages in memory: a write through the other connection has thrown them out.
		await previewBirthdays(store, due, EVERYBODY);
	};
	return { before, work: async () => counted(await claimBirthdays(store, due, settings, NOW)) };
}

function counted(found: readonly unknown[]): void {
	if (found.length !== DUE) throw new Error(`${DUE} customers are due, but ${found.length} were found.`);
}
