import { sql } from 'kysely';
import { Random } from '../../demo/shop/random';
import type { NewCustomer } from '../../lib/domain/customer';
import { plusDays } from '../../lib/domain/time';
import { openTestStore, saved, type TestStore } from '../support/store';

/** The day on which the shops of the benchmark live, and an instant of it. */
export const TODAY = '2026-11-22';
export const NOW = `${TODAY}T08:00:00.000Z`;
/** Birthdays in the window of the trigger, whatever the size of the shop: what a shop of 100,000 customers has on one day. */
export const DUE = 270;
/** The trigger's default: today and three days before. */
export const BELATED_DAYS = 3;

const BATCH = 1000;
const FIRST_NAMES = ['Giulia', 'Marco', 'Niccolò', 'Maria Teresa', 'José', 'Anna', 'Luca', 'Chiara'];
const LAST_NAMES = ['Conti', "D'Amico", 'De Santis', 'Forlì', 'Müller', 'Russo Bianchi', 'Ferrari', 'Galli'];
/** The days of a year from today on, as `-MM-DD`. */
const DAYS = Array.from({ length: 365 }, (_, ahead) => plusDays(TODAY, ahead).slice(4));

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
	process.stderr.write(`Making a shop of ${size} customers ...\n`);
	const test = await openTestStore(NOW);
	const random = new Random(size);
	for (let from = 0; from < size; from += BATCH) {
		const count = Math.min(BATCH, size - from);
		await saved(test.store, Array.from({ length: count }, (_, index) => customerOf(from + index, size, random)), NOW);
	}
	await greetedInTheLastYear(test);
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
	const ahead = isDue ? (365 - random.integer(0, BELATED_DAYS)) % 365 : random.integer(1, 364 - BELATED_DAYS);
	return `${random.integer(1935, 2004)}${DAYS[ahead]}`;
}

/** The ledger as it stands after a year: everybody's last birthday before the window, settled. */
async function greetedInTheLastYear({ store: { db } }: TestStore): Promise<void> {
	const firstDay = plusDays(TODAY, -BELATED_DAYS);
	await sql`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, outcome, claims, created_at, settled_at)
		select shop_id, id, 'birthday', due_on, 1, date(due_on, '+3 days'), 'settled', 'message', 1, due_on || 'T08:00:00.000Z', due_on || 'T08:01:00.000Z'
		from (select shop_id, id, iif(birth_md < ${firstDay.slice(5)}, '2026-', '2025-') || birth_md as due_on from customers)`.execute(db);
}
