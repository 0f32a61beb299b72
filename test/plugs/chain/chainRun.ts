import { setTimeout as sleep } from 'node:timers/promises';
import { DeskVisitor } from '../../../demo/setup/deskVisitor';
import { DESK_PATH } from '../../../demo/setup/shopContext';
import { Random } from '../../../demo/shop/random';
import { listUncertain } from '../../../demo/timemachine/openMessages';
import { shopToday } from '../../../lib/domain/shop';
import { instantOf } from '../../../lib/domain/time';
import { resolveUncertain } from '../../../lib/store/approval';
import type { Store } from '../../../lib/store/open';
import { saveCustomers } from '../../../lib/store/customers/saveCustomers';
import type { Acknowledged, Books } from '../books/books';
import { readBooks } from '../books/books';
import { AT_ANY_MOMENT, checkBooks, type BrokenRule } from '../books/check';
import { drawChainBlows, type ChainBlow } from './chainBlows';
import { CAMPAIGN_PATH, type PluggedChain } from './pluggedChain';

/** What a run of the chain did and found. */
export interface ChainFinding {
	seed: number;
	blows: string[];
	/** Seconds until all worked again. */
	mended: number;
	/** Messages of all runs so far, by state. */
	messages: Record<string, number>;
	taken: number;
	broken: BrokenRule[];
}

/** What has been seen since the chain was opened: its store is the same for all runs. */
export class ChainWitness {
	readonly expected: Array<Books['expected'][number]> = [];
	readonly acknowledged: Acknowledged[] = [];
}

const PEOPLE = 16;
const RUN_MS = 10_000;
const now = () => instantOf(new Date());

/** One run: new customers have their birthday, the staff say yes, a campaign is handed out, and plugs are pulled; then everything works again. */
export async function runChainOnce(plugged: PluggedChain, witness: ChainWitness, seed: number): Promise<ChainFinding> {
	const random = new Random(seed);
	const ids = await settle(await plugged.store(), seed);
	witness.expected.push(...ids.map((customerId) => ({ customerId, kind: 'birthday' })));
	const blows = drawChainBlows(random, RUN_MS);
	const struck = blows.map(async (blow) => await strike(blow, plugged));
	const over = Date.now() + RUN_MS;
	await Promise.all([staff(plugged, over), handOut(plugged, ids, over), ...struck]);
	const began = Date.now();
	await plugged.mend();
	const mended = (Date.now() - began) / 1000;
	const books = await booksNow(plugged, witness);
	return { seed, blows: blows.map(inWords), mended, ...countsOf(books), broken: checkBooks(books, AT_ANY_MOMENT) };
}

/** Waits until nothing is under way any more, lets the staff find out what became of the uncertain ones, and checks the books by all rules. */
export async function closeBooks(plugged: PluggedChain, witness: ChainWitness, patienceMs: number): Promise<{ broken: BrokenRule[]; uncertain: number; messages: Record<string, number>; taken: number }> {
	const deadline = Date.now() + patienceMs;
	const isAtRest = async () => checkBooks(await booksNow(plugged, witness)).every(({ rule }) => rule === 'booked-is-known');
	while (Date.now() < deadline) {
		await plugged.mend();
		await approveAll(plugged).catch(() => undefined);
		if (await isAtRest()) break;
		await sleep(5_000);
	}
	const store = await plugged.store();
	const booked = new Set(plugged.providers.bookings().map(({ messageId }) => messageId));
	const uncertain = await listUncertain(store);
	for (const id of uncertain) await resolveUncertain(store, id, booked.has(id), 'marco', now());
	const books = await booksNow(plugged, witness);
	return { broken: checkBooks(books), uncertain: uncertain.length, ...countsOf(books) };
}

/** As they were at one moment: the store first, so that what was taken before it was recorded is seen. */
async function booksNow({ store, providers }: PluggedChain, { expected, acknowledged }: ChainWitness): Promise<Books> {
	const opened = await store();
	const books = await opened.db.transaction().setIsolationLevel('repeatable read').execute(async (transaction) =>
		await readBooks({ ...opened, db: transaction }, { bookings: [], acknowledged: [...acknowledged], expected, clockMoved: false }, now()));
	return { ...books, bookings: [...providers.bookings()] };
}

function countsOf({ messages, bookings }: Books) {
	return { messages: Object.fromEntries([...Map.groupBy(messages, ({ state }) => state)].map(([state, those]) => [state, those.length])), taken: bookings.length };
}

/** Customers of this run alone. */
async function settle(store: Store, seed: number): Promise<number[]> {
	const today = shopToday(store.shop, now());
	const people = Array.from({ length: PEOPLE }, (_, index) => {
		const bySms = index % 2 === 0;
		return {
			code: `R${seed}-${index}`, firstName: 'Anna', lastName: `Neri ${seed} ${index}`, birthDate: `1970-${today.slice(5)}`,
			contactPoints: [bySms ? { kind: 'phone' as const, value: `+393${String(300_000_000 + seed * 100 + index)}`, line: 'mobile' as const } : { kind: 'email' as const, value: `anna.${seed}.${index}@posta.example` }],
			consents: [{ channel: bySms ? 'sms' as const : 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, capturedOn: '2023-02-03' }],
		};
	});
	const results = await saveCustomers(store, people, { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, now());
	return results.map((result) => ('id' in result ? result.id : 0));
}

/** The staff say yes to whatever waits, as often as the Desk lets them. */
async function staff(plugged: PluggedChain, over: number): Promise<void> {
	while (Date.now() < over) {
		await sleep(800);
		// While it is down there is nothing to approve.
		await approveAll(plugged).catch(() => undefined);
	}
}

async function approveAll({ chain }: PluggedChain): Promise<void> {
	const desk = await DeskVisitor.logIn(`${chain.front.url}/webhook/${DESK_PATH}`);
	await desk.approveAll();
}

/** All but a few are invited too, until the webhook has taken it: who has a birthday may not get both. */
async function handOut({ chain, store }: PluggedChain, ids: readonly number[], over: number): Promise<void> {
	const dueOn = shopToday((await store()).shop, now());
	const items = ids.filter((_, index) => index % 8 < 6).map((id) => ({
		customer: { id, firstName: 'Anna', lastName: 'Neri', language: 'it', formality: 'lei' }, occasion: { kind: 'campaign.greetings', dueOn, stage: 1, class: 'relational', daysLate: 0 },
	}));
	for (let isTaken = false; !isTaken && Date.now() < over; await sleep(500)) {
		const answer = await fetch(`${chain.front.url}/webhook/${CAMPAIGN_PATH}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ items }), signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
		isTaken = answer?.status === 200;
	}
}

async function strike(blow: ChainBlow, { chain, providers }: PluggedChain): Promise<void> {
	await sleep(blow.at);
	switch (blow.what) {
		case 'kill':
			return await chain.part(blow.part).kill();
		case 'killAtBooking':
			providers.onBooking = () => void chain.part(blow.part).kill();
			await sleep(blow.lasts);
			providers.onBooking = undefined;
			return;
		case 'wire':
			await providers.wires[blow.to].set(blow.fault, blow.cutAfter);
			await sleep(blow.lasts);
			return await providers.wires[blow.to].set(undefined);
		case 'provider':
			providers.fault = blow.fault;
			await sleep(blow.lasts);
			providers.fault = undefined;
	}
}

function inWords({ at, lasts, ...blow }: ChainBlow): string {
	return `${at}+${lasts} ${Object.values(blow).map((value) => (typeof value === 'object' ? `${value.status}${value.takes ? ' taken' : ''}` : String(value))).join(' ')}`;
}
