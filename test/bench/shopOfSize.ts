import type { NewCustomer } from '../../lib/domain/customer';
import { plusDays } from '../../lib/domain/time';
import { Random } from '../../demo/shop/random';
import { openTestStore, saved, type TestStore } from '../support/store';

/** The day on which the shops of the benchmark live, and the instant of it. */
export const TODAY = '2026-11-22';
export const NOW = `${TODAY}T08:00:00.000Z`;
/** Birthdays in the window of the trigger, today and the three days before, whatever the size of the shop: what a shop of 100,000 has on a day. */
export const DUE = 270;
export const WINDOW_DAYS = 4;

const BATCH = 1000;
const FIRST_NAMES = ['Giulia', 'Marco', 'Niccolò', 'Maria Teresa', 'José', 'Anna', 'Luca', 'Chiara'];
const LAST_NAMES = ['Conti', "D'Amico", 'De Santis', 'Forlì', 'Müller', 'Russo Bianchi', 'Ferrari', 'Galli'];

const shops = new Map<number, Promise<TestStore>>();

/** A store with so many customers, the same for the same size, written by the store's own `saveCustomers`; made once in a run. */
export function shopOfSize(size: number): Promise<TestStore> {
	let shop = shops.get(size);
	if (!shop) shops.set(size, (shop = fill(size)));
	return shop;
}

/** Closes and deletes the stores of this run. */
export async function closeShops(): Promise<void> {
	for (const shop of shops.values()) await (await shop).close();
	shops.clear();
}

async function fill(size: number): Promise<TestStore> {
	const test = await openTestStore(NOW);
	const random = new Random(size);
	for (let from = 0; from < size; from += BATCH) {
		const count = Math.min(BATCH, size - from);
		await saved(test.store, Array.from({ length: count }, (_, index) => customerOf(from + index, size, random)), NOW);
	}
	return test;
}

function customerOf(number: number, size: number, random: Random): NewCustomer {
	return {
		code: `C${number}`,
		firstName: random.pick(FIRST_NAMES),
		lastName: random.pick(LAST_NAMES),
		sex: random.pick(['F', 'M'] as const),
		birthDate: birthDate(number, size, random),
		contactPoints: [{ kind: 'email', value: `cliente.${number}@posta.example` }],
		consents: [{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }],
	};
}

/** Those who are due stand scattered over the whole table, as in life; all others celebrate outside the window. */
function birthDate(number: number, size: number, random: Random): string {
	const isDue = Math.floor(((number + 1) * DUE) / size) > Math.floor((number * DUE) / size);
	const celebrated = plusDays(TODAY, isDue ? -random.integer(0, WINDOW_DAYS - 1) : random.integer(1, 365 - WINDOW_DAYS));
	const year = random.integer(1935, 2004);
	// 29 February does not occur: the other days of the shop lie in a common year.
	return `${year}${celebrated.slice(4)}`;
}
