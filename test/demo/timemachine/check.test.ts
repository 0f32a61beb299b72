import { sql } from 'kysely';
import { INVARIANTS, checkHistory } from '../../../demo/timemachine/check/check';
import { readHistory, type History, type Sending } from '../../../demo/timemachine/check/history';
import { run, type Run } from '../../../demo/timemachine/run';
import { openShopStore, type ShopStore } from '../../../demo/timemachine/shopStore';
import { plusDays, plusMinutes } from '../../../lib/domain/time';
import { dryRun } from '../../../lib/store/dryRun';
import type { Database, Store } from '../../../lib/store/open';

let shop: ShopStore;
let lived: Run;
beforeAll(async () => {
	shop = await openShopStore('2020-01-01');
	lived = await run(shop.store, { from: '2020-01-01', days: 150, count: 150, seed: 3 });
}, 120_000);
afterAll(async () => await shop.remove());

/** Where a planted mistake must be found. */
type Place = { day?: string; customer: number };
/** Spoils the store or what was seen from outside, and tells where. */
type Plant = (db: Database, history: History, run: Run) => Promise<Place> | Place;

/** What an invariant finds before and after something was planted; the store is as before afterwards. */
async function findAfter(name: string, plant: Plant) {
	return await dryRun(shop.store, async (store: Store) => {
		const spoiled: Run = { ...lived, recording: { ...lived.recording, departures: lived.recording.departures.map((departure) => ({ ...departure })) } };
		const find = async () => {
			const history = await readHistory(store, spoiled);
			const invariant = INVARIANTS.find((one) => one.name === name);
			return invariant ? invariant.violations(history) : ((await checkHistory(store, history)).find((one) => one.name === name)?.violations ?? []);
		};
		const before = await find();
		const place = await plant(store.db, await readHistory(store, spoiled), spoiled);
		return { before, after: await find(), place };
	});
}

const sent = ({ sendings }: History, wanted: (sending: Sending) => boolean) => sendings.find((sending) => wanted(sending) && sending.channel !== 'call') as Sending;
const placeOf = ({ day, customer }: Sending): Place => ({ day, customer: customer.id });
const isBirthday = ({ occasion }: Sending) => occasion.kind === 'birthday';
const isRecall = ({ occasion }: Sending) => occasion.kind === 'recall.eyewear';
const hourBefore = ({ at }: Sending) => plusMinutes(at, -60);
/** Lets a message leave at another moment than it did. */
const departAt = (run: Run, { messageId }: Sending, at: string) => Object.assign(run.recording.departures.find((departure) => departure.messageId === messageId) as object, { at });

const PLANTS: Array<[name: string, what: string, plant: Plant]> = [
	['each-birthday-once', 'a birthday that was forgotten', async (db, { occasions }) => {
		const occasion = occasions.find(({ kind, due_on }) => kind === 'birthday' && due_on > '2020-02-01') as History['occasions'][number];
		await sql`update occasions set due_on = ${plusDays(occasion.due_on, -1)} where id = ${occasion.id}`.execute(db);
		return { day: occasion.due_on, customer: occasion.customer_id };
	}],
	['each-birthday-once', 'two birthdays in a year', async (db, { occasions }) => {
		const occasion = occasions.find(({ kind }) => kind === 'birthday') as History['occasions'][number];
		const again = plusDays(occasion.due_on, 30);
		await sql`insert into occasions (shop_id, customer_id, kind, due_on, stage, state, claims, created_at)
			select shop_id, customer_id, kind, ${again}, stage, state, claims, created_at from occasions where id = ${occasion.id}`.execute(db);
		return { day: again, customer: occasion.customer_id };
	}],
	['each-birthday-once', 'a greeting four days late', (_, history, run) => {
		const late = sent(history, isBirthday);
		departAt(run, late, plusMinutes(late.at, 4 * 24 * 60));
		return { day: plusDays(late.day, 4), customer: late.customer.id };
	}],
	['no-recall-after-return', 'an exam between the first contact and the message', async (db, history) => {
		const recall = sent(history, isRecall);
		await sql`insert into exams (shop_id, customer_id, source_key, kind, taken_on, created_at, updated_at)
			values (1, ${recall.customer.id}, 'planted', 'vision', ${recall.day}, ${hourBefore(recall)}, ${hourBefore(recall)})`.execute(db);
		return placeOf(recall);
	}],
	['no-recall-after-booking', 'an appointment that was known', async (db, history) => {
		const recall = sent(history, isRecall);
		await sql`insert into appointments (shop_id, customer_id, source_key, kind, starts_at, status, created_at, updated_at)
			values (1, ${recall.customer.id}, 'planted', 'controllo', ${plusMinutes(recall.at, 600)}, 'booked', ${hourBefore(recall)}, ${hourBefore(recall)})`.execute(db);
		return placeOf(recall);
	}],
	['nothing-without-consent', 'a withdrawal an hour before', async (db, history) => {
		const greeting = sent(history, isBirthday);
		await sql`insert into consents (shop_id, customer_id, sequence, channel, purpose, status, legal_basis, captured_at, source, recorded_at, previous_hash, hash)
			select 1, ${greeting.customer.id}, max(sequence) + 1, 'any', 'any', 'withdrawn', 'consent', ${hourBefore(greeting)}, 'desk', ${hourBefore(greeting)}, '', ''
			from consents where customer_id = ${greeting.customer.id}`.execute(db);
		return placeOf(greeting);
	}],
	['nothing-without-consent', 'no word at all', async (db, history) => {
		const greeting = sent(history, isBirthday);
		await sql`drop trigger consents_no_update`.execute(db);
		await sql`update consents set status = 'unknown' where customer_id = ${greeting.customer.id}`.execute(db);
		return placeOf(greeting);
	}],
	['nothing-to-the-dead', 'a death that was known', async (db, history) => {
		const recall = sent(history, isRecall);
		await sql`update customers set deceased = 1, updated_at = ${hourBefore(recall)} where id = ${recall.customer.id}`.execute(db);
		return placeOf(recall);
	}],
	['nothing-to-the-erased', 'an erasure before', async (db, history) => {
		const recall = sent(history, isRecall);
		await sql`update customers set erased_at = ${hourBefore(recall)} where id = ${recall.customer.id}`.execute(db);
		return placeOf(recall);
	}],
	['no-marketing-to-minors', 'somebody who comes of age the day after', async (db, history) => {
		const greeting = sent(history, isBirthday);
		const [year, ...rest] = plusDays(greeting.day, 1).split('-');
		await sql`update customers set birth_date = ${[Number(year) - 18, ...rest].join('-')} where id = ${greeting.customer.id}`.execute(db);
		return placeOf(greeting);
	}],
	['no-more-than-the-cap', 'a second greeting within the week', (_, history, run) => {
		const greeting = sent(history, isBirthday);
		run.recording.departures.push({ messageId: greeting.messageId, at: plusMinutes(greeting.at, 6 * 24 * 60), channel: 'email', recipient: '' });
		return { day: plusDays(greeting.day, 6), customer: greeting.customer.id };
	}],
	['no-more-than-the-cap', 'a third one within the month', (_, history, run) => {
		const greeting = sent(history, (sending) => isBirthday(sending) && sending.day < '2020-02-15');
		for (const days of [10, 28]) run.recording.departures.push({ messageId: greeting.messageId, at: plusMinutes(greeting.at, days * 24 * 60), channel: 'email', recipient: '' });
		return { day: plusDays(greeting.day, 28), customer: greeting.customer.id };
	}],
	...(['2020-03-01T10:00:00.000Z', '2020-04-13T08:00:00.000Z', '2020-05-01T08:00:00.000Z'].map((at): (typeof PLANTS)[number] => ['nothing-on-days-off', `one on ${at.slice(0, 10)}`, (_, history, run) => {
		const recall = sent(history, isRecall);
		departAt(run, recall, at);
		return { day: at.slice(0, 10), customer: recall.customer.id };
	}])),
	// Before and after the clock changed: the same hour in UTC, in and outside of the hours.
	...(['2020-03-27T19:00:00.000Z', '2020-03-30T18:00:00.000Z', '2020-03-30T06:59:00.000Z', '2020-03-28T08:30:00.000Z'].map((at): (typeof PLANTS)[number] => ['nothing-in-quiet-hours', `one at ${at}`, (_, history, run) => {
		const recall = sent(history, isRecall);
		departAt(run, recall, at);
		return { day: at.slice(0, 10), customer: recall.customer.id };
	}])),
	['every-occasion-accounted', 'an occasion without its message', async (db, { occasions }) => {
		const occasion = occasions.find(({ outcome }) => outcome === 'blocked') as History['occasions'][number];
		await sql`update occasions set outcome = 'message' where id = ${occasion.id}`.execute(db);
		return { day: occasion.due_on, customer: occasion.customer_id };
	}],
	['every-occasion-accounted', 'an occasion that nobody settled', async (db, { occasions }) => {
		const [occasion] = occasions;
		await sql`update occasions set state = 'leased', outcome = null, leased_until = ${occasion.created_at} where id = ${occasion.id}`.execute(db);
		return { day: occasion.due_on, customer: occasion.customer_id };
	}],
	['every-occasion-accounted', 'a message that is still being sent', async (db, { messages }) => {
		const [message] = messages.values();
		await sql`update messages set state = 'sending' where id = ${message.id}`.execute(db);
		return { customer: message.customer_id };
	}],
	['nothing-twice', 'a message that left twice', (_, history, run) => {
		const recall = sent(history, isRecall);
		run.recording.departures.push({ messageId: recall.messageId, at: plusMinutes(recall.at, 1), channel: 'email', recipient: '' });
		return placeOf(recall);
	}],
	['store-knows-what-left', 'a message that the store takes for unsent', async (db, history) => {
		const recall = sent(history, isRecall);
		await sql`update messages set state = 'approved' where id = ${recall.messageId}`.execute(db);
		return placeOf(recall);
	}],
	['store-knows-what-left', 'a message that nobody saw leave', (_, history, run) => {
		const recall = sent(history, isRecall);
		run.recording.departures = run.recording.departures.filter(({ messageId }) => messageId !== recall.messageId);
		return { day: run.last, customer: recall.customer.id };
	}],
	['consent-ledger-verifies', 'a no that was made a yes', async (db) => {
		await sql`drop trigger consents_no_update`.execute(db);
		const { rows: [{ customer_id: customer }] } = await sql<{ customer_id: number }>`select customer_id from consents where status = 'denied' limit 1`.execute(db);
		await sql`update consents set status = 'granted' where customer_id = ${customer} and status = 'denied'`.execute(db);
		return { customer };
	}],
];

it.each(PLANTS)('%s finds %s, with its day and customer', async (name, _, plant) => {
	const { before, after, place } = await findAfter(name, plant);
	expect(before).not.toContainEqual(expect.objectContaining(place));
	expect(after).toContainEqual(expect.objectContaining(place));
});

it('has a planted mistake for every invariant', async () => {
	const history = await readHistory(shop.store, lived);
	const names = (await checkHistory(shop.store, history)).map(({ name }) => name);
	expect([...new Set(PLANTS.map(([name]) => name))].sort()).toEqual([...names].sort());
});

it('finds nothing in the run itself', async () => {
	const results = await checkHistory(shop.store, await readHistory(shop.store, lived));
	expect(results.filter(({ result }) => result === 'broken')).toEqual([]);
});
