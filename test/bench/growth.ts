import { sql } from 'kysely';
import type { CrmItem } from '../../lib/domain/item';
import type { Store } from '../../lib/store/open';
import { dueBirthdayItems } from '../../nodes/BirthdayDueTrigger/dueBirthdays';
import { checkConsent } from '../../nodes/shared/checkConsent';
import { personalize } from '../../nodes/shared/personalize';
import { queueItems } from '../../nodes/shared/queueItems';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { AT_ONCE } from './atOnce';
import { AT_MOST_HALF_MORE, type BenchFigure, figure, median, processorTime } from './figure';
import { BELATED_DAYS, DUE, shopOfSize, TODAY } from './shopOfSize';

const SMALL = 10_000;
const LARGE = 100_000;
const FIRST_YEAR = Number(TODAY.slice(0, 4));
/** The same day in so many years: the same customers are due again, and nothing has to be undone. */
const YEARS = 25;
const WARM_UPS = 5;

const TRIGGER = { belatedDays: BELATED_DAYS, earlyDays: 0, leapDay: '02-28', leaseMinutes: 60, mostPerPoll: 500 } as const;
const SENDING = { most: 500, parallel: 20, leaseMinutes: 2 };

type Lap = <Result>(step: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * The main job for the same number of customers in a large shop and (the baseline) in a small one: the time of each step follows what is
 * due, not what is stored.
 */
export async function growth(): Promise<BenchFigure[]> {
	const shops = { ours: (await shopOfSize(LARGE)).store, baseline: (await shopOfSize(SMALL)).store };
	const times = new Map<string, { ours: number[]; baseline: number[] }>();
	for (let round = -WARM_UPS; round < YEARS; round++) {
		for (const side of ['ours', 'baseline'] as const) {
			await oneDay(shops[side], `${FIRST_YEAR + WARM_UPS + round}${TODAY.slice(4)}T08:00:00.000Z`, async (step, work) => {
				const start = processorTime();
				const result = await work();
				const time = processorTime() - start;
				const laps = times.get(step) ?? { ours: [], baseline: [] };
				times.set(step, laps);
				if (round >= 0) laps[side].push(time);
				return result;
			});
		}
	}
	return [...times].map(([step, { ours, baseline }]) => figure(`${step}-growth`, median(ours), median(baseline), 'ms', AT_MOST_HALF_MORE));
}

async function oneDay(store: Store, now: string, lap: Lap): Promise<void> {
	// A night has passed: what was written the day before is in the file.
	await sql`pragma wal_checkpoint(restart)`.execute(store.db);
	const due = await lap('due-selection', async () => await dueBirthdayItems(store, TRIGGER, { claim: true }, now));
	const checked = await lap('consent-check', async () => await checkConsent(store, due, { channels: ['email'] }, now));
	const written = due.map((item, index): CrmItem => {
		const allowed = { ...item, ...checked[index] } as CrmItem;
		return { ...allowed, message: personalize(store, allowed, '') };
	});
	await lap('queue', async () => await queueItems(store, written, 'policy', now));
	const { messages: sent } = await lap('send', async () => await sendMessages(store, 'email', AT_ONCE, SENDING, () => now));
	if (sent.length !== DUE || sent.some(({ to }) => to !== 'sent')) throw new Error(`${DUE} customers are due, but ${sent.length} messages were sent.`);
}
