import { daysBetween, instantAt, plusDays, plusMonths, type Instant, type LocalDate } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { usualTriggers } from '../../nodes/OpticalCrm/actions/shop/forecast/kinds';
import { Random } from '../shop/random';
import { downtime } from './downtime';
import { addressees } from './openMessages';
import type { Recording } from './recording';
import { askRegister, poll, postRefusals, send, staffHour } from './shopDay';
import { isOpen } from './world/openDays';
import { World } from './world/world';

/** What is replayed. */
export interface RunOptions {
	from: LocalDate;
	/** Days; `years` after `from` in the command. */
	days: number;
	/** Customers on the first day. */
	count: number;
	seed: number;
}

/** What a run leaves behind beside the store. */
export interface Run extends RunOptions {
	/** The last day of the run, and the one after it. */
	last: LocalDate;
	end: LocalDate;
	recording: Recording;
	down: Set<LocalDate>;
}

/**
 * The clock times of a day in the shop. The triggers poll in the small hours, when the clock changes, the recalls on open days only. Senders run on
 * every day, and now and then late in the evening: that nothing leaves then is for the rules to see to.
 */
const TIMES = { poll: '02:30', staff: '09:30', sends: ['09:40', '16:00'], late: '20:40', page: '12:30', import: '21:30' } as const;
/** Late on Saturdays, by their number in the week. */
const LATE_ON = 6;
/** The register of numbers that are not to be called is asked in these months. */
const REGISTER_DAYS = ['01-01', '04-01', '07-01', '10-01'];

/** How many days so many years are from a day on. */
export function daysOfYears(from: LocalDate, years: number): number {
	return daysBetween(from, plusMonths(from, years * 12));
}

/** Replays the shop day by day, on a store with the shop and nothing else. */
export async function run(store: Store, { from, days, count, seed }: RunOptions, tell: (day: LocalDate) => void = () => undefined): Promise<Run> {
	const world = new World(seed, from, count, store.shop.timeZone);
	const random = new Random(seed + 1);
	const down = downtime(random, from, days);
	const recording: Recording = { departures: [], polled: new Set(), problems: {} };
	const at = (day: LocalDate, time: string) => instantAt(day, time, store.shop.timeZone);
	const origin = { source: 'import', noticeVersion: store.shop.privacyNotices[0].version };
	await world.book.bringIn(store, origin, at(from, '01:00'));
	for (let number = 0; number < days; number++) {
		const day = plusDays(from, number);
		tell(day);
		if (down.has(day)) {
			world.live(day);
			continue;
		}
		await morning(store, { recording, random, day, at });
		await sendAndReact(store, world, recording, random, at(day, TIMES.sends[0]));
		world.live(day);
		await postRefusals(store, world.refusals.splice(0), at(day, TIMES.page));
		const late = new Date(`${day}T00:00:00Z`).getUTCDay() === LATE_ON ? [TIMES.late] : [];
		for (const time of [...TIMES.sends.slice(1), ...late]) await sendAndReact(store, world, recording, random, at(day, time));
		await world.book.bringIn(store, origin, at(day, TIMES.import));
	}
	return { from, days, count, seed, last: plusDays(from, days - 1), end: plusDays(from, days), recording, down };
}

interface Morning {
	recording: Recording;
	random: Random;
	day: LocalDate;
	at(day: LocalDate, time: string): Instant;
}

async function morning(store: Store, { recording, random, day, at }: Morning): Promise<void> {
	const triggers = usualTriggers(store.shop.timeZone).filter(({ name }) => name !== 'recall' || isOpen(day));
	const problems = await poll(store, triggers, at(day, TIMES.poll));
	for (const { message } of problems) recording.problems[message] = (recording.problems[message] ?? 0) + 1;
	recording.polled.add(day);
	if (REGISTER_DAYS.includes(day.slice(5))) await askRegister(store, at(day, TIMES.staff));
	if (isOpen(day)) await staffHour(store, random, at(day, TIMES.staff));
}

async function sendAndReact(store: Store, world: World, recording: Recording, random: Random, now: Instant): Promise<void> {
	const arrived = await send(store, recording, random, now);
	const to = await addressees(store, arrived.map(({ messageId }) => messageId));
	for (const { messageId, at, refusalUrl } of arrived) {
		const { customerId, kind } = to.get(messageId) as { customerId: number; kind: string };
		world.receive({ customerId, kind, at, refusalUrl });
	}
}
