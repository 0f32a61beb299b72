import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../demo/shop/random';
import { instantOf, type Instant } from '../../lib/domain/time';
import { shopToday } from '../../lib/domain/shop';
import { openStore, type StoreSettings } from '../../lib/store/open';
import { drawBlows, type Blow } from './blows';
import { readBooks } from './books/books';
import { checkBooks, type BrokenRule } from './books/check';
import { Crew } from './crew';
import type { PluggedDatabase } from './database';
import { settlePeople } from './people';
import type { Pool } from './pool';
import type { Providers } from './provider';
import { settle } from './settle';
import { CODE, openShop } from './shop';
import type { Place } from './work';
import type { WorkerOrders } from './worker';

/** What a run did and found. */
export interface RunFinding {
	seed: number;
	database: PluggedDatabase['kind'];
	startsAt: Instant;
	blows: string[];
	/** Processes that were killed. */
	killed: number;
	messages: number;
	/** Taken by the providers. */
	taken: number;
	/** Of which nobody knew whether they left, before the staff found out. */
	uncertain: number;
	/** Failures that the processes lived through, by kind. */
	problems: Record<string, number>;
	broken: BrokenRule[];
}

/** What all runs share. */
export interface Stage {
	database: PluggedDatabase;
	providers: Providers;
	pool: Pool;
}

const PEOPLE = 42;
const RUN_MS = 2_000;
/** What has not begun to leave by then is not waited for. */
const LONGEST_START_MS = 10_000;
/** Plain days, the nights in which the clocks change, the ends of a year and of a February. */
const STARTS = ['2026-11-24T09:00', '2026-10-24T23:58', '2026-10-25T00:59', '2027-03-28T00:58', '2026-12-31T22:58', '2028-02-28T22:58', '2027-01-31T12:00'];
/** One process does everything, or they share it: what comes from outside, and the sending. */
const ALL: WorkerOrders['steps'] = ['plan', 'campaign', 'desk', 'customers', 'send'];
const SHARED: Array<WorkerOrders['steps']> = [['plan', 'desk', 'customers'], ['send', 'campaign'], ['send', 'plan'], ['send', 'send']];

/** One run: a shop of its own works while plugs are pulled; then everything works again, and the books are checked. */
export async function runOnce(stage: Stage, seed: number): Promise<RunFinding> {
	const { database, providers } = stage;
	const random = new Random(seed);
	const { own, ofWorkers } = database.place();
	const startsAt = `${random.pick(STARTS)}:00.000Z`;
	const settings: StoreSettings = { ...own, ...CODE };
	const store = await openShop(settings, startsAt);
	const { ids, invited, expected } = await settlePeople(store, PEOPLE, startsAt);
	providers.forget();

	const steps = random.chance(0.4) ? [ALL] : SHARED.slice(0, random.integer(2, database.kind === 'file' ? 2 : 4));
	const day = shopToday(store.shop, startsAt);
	const work = { sms: providers.sms, mail: providers.mail, day, customerIds: ids, invitedIds: invited };
	const crew = new Crew(stage.pool, { ...work, settings: { ...ofWorkers, ...CODE } }, steps, random);
	const blows = drawBlows(random, RUN_MS, steps.length, { kill: database.kill !== undefined, wire: database.wire !== undefined, disk: database.disk !== undefined });
	const offset = Date.parse(startsAt) - Date.now();
	crew.clockOffset = offset;
	crew.start(true);
	// On a busy machine the plugs would be pulled before anything leaves.
	const isSending = new Promise<void>((resolve) => (providers.onBooking = () => resolve()));
	await Promise.race([Promise.all([crew.hasBegun, isSending]), sleep(LONGEST_START_MS)]);
	providers.onBooking = undefined;
	const struck = blows.map(async (blow) => await strike(blow, stage, crew, offset));
	await sleep(RUN_MS);
	await Promise.all(struck);
	await database.restart?.();
	// Half of the runs end as they are, half with a moment in which all works.
	if (random.chance(0.5)) {
		crew.start(false);
		await sleep(300);
	}
	await crew.end();

	const place: Place = { ...work, settings, clock: () => startsAt, random, told: () => undefined };
	const { now, uncertain } = await settle(place, instantOf(new Date(Date.now() + offset)), providers.bookings);
	const after = await openStore(settings);
	const witness = { bookings: providers.bookings(), acknowledged: crew.heard.acknowledged, expected, clockMoved: blows.some(({ what }) => what === 'clock') };
	const books = await readBooks(after, witness, now);
	const finding: RunFinding = {
		seed, database: database.kind, startsAt, blows: blows.map(inWords), killed: crew.heard.killed, messages: books.messages.length, taken: books.bookings.length, uncertain,
		problems: Object.fromEntries(crew.heard.problems), broken: checkBooks(books),
	};
	await database.forget(own);
	return finding;
}

/** Does it, waits so long as it lasts, and mends it. */
async function strike(blow: Blow, { database, providers }: Stage, crew: Crew, rightOffset: number): Promise<void> {
	await sleep(blow.at);
	switch (blow.what) {
		case 'kill':
			crew.kill(blow.worker);
			await sleep(blow.lasts);
			return crew.start(true);
		case 'killAtBooking': {
			providers.onBooking = () => crew.kill();
			await sleep(blow.lasts);
			providers.onBooking = undefined;
			return crew.start(true);
		}
		case 'killDatabase':
			await database.kill?.();
			await sleep(blow.lasts);
			return await tryRestart(database);
		case 'wire': {
			const wire = blow.to === 'database' ? database.wire : providers.wires[blow.to];
			await wire?.set(blow.fault, blow.cutAfter);
			await sleep(blow.lasts);
			return await wire?.set(undefined);
		}
		case 'provider':
			providers.fault = blow.fault;
			await sleep(blow.lasts);
			providers.fault = undefined;
			return;
		case 'providerSilent':
			providers.standin.faults.afterTaking = blow.how;
			providers.mailbox.faults.afterData = blow.how;
			await sleep(blow.lasts);
			providers.standin.faults.afterTaking = 'answer';
			providers.mailbox.faults.afterData = 'answer';
			return;
		case 'disk':
			database.disk?.fill(blow.free);
			await sleep(blow.lasts);
			database.disk?.empty();
			// A server that could not write its log has given up.
			return await tryRestart(database);
		case 'clock':
			crew.moveClock(rightOffset + blow.offset);
			await sleep(blow.lasts);
			return crew.moveClock(rightOffset);
	}
}

/** On a disk that another blow has filled meanwhile it does not start: then it does when that one ends. */
async function tryRestart(database: PluggedDatabase): Promise<void> {
	await database.restart?.().catch(() => undefined);
}

function inWords({ at, lasts, ...blow }: Blow): string {
	return `${at}+${lasts} ${Object.values(blow).map((value) => (typeof value === 'object' ? `${value.status}${value.takes ? ' taken' : ''}` : String(value))).join(' ')}`;
}
