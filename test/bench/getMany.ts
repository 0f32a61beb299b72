import { listCustomers, type CustomerQuery } from '../../lib/store/customers/customers';
import { bulkShop } from './bulkShop';
import { AT_MOST_HALF_MORE, type BenchFigure, sideBySide } from './figure';
import { GetManySql } from './getManySql';

/** As Optical CRM reads them. */
const ALL_PAGE = 1000;
const LIMIT = 50;

interface Listing {
	name: string;
	query: Omit<CustomerQuery, 'limit' | 'after'>;
	/** The same by hand. */
	where: string;
	limit: number;
	pages: number;
	rounds: number;
}

const MOBILE = `exists (select 1 from contact_points as point where point.customer_id = customers.id and kind = 'phone' and line = 'mobile' and status = 'valid')`;
const CONSENT = `(select status from consents where customer_id = customers.id and (channel = 'email' or (channel = 'any' and status <> 'granted')) and (purpose = 'marketing' or (purpose = 'any' and status <> 'granted'))
	order by captured_at desc, sequence desc limit 1) = 'granted'`;
const BY_NAME = (words: string[]) => words.map((word) => `search_name like '%${word}%'`).join(' and ');

const LISTINGS: Listing[] = [
	{ name: 'page', query: {}, where: '', limit: LIMIT, pages: 40, rounds: 51 },
	{ name: 'filters', query: { birthMonth: 11, reachableBy: ['mobile'], consent: { channel: 'email', purpose: 'marketing' } }, where: `and birth_md between '11-01' and '11-31' and ${MOBILE} and ${CONSENT}`, limit: LIMIT, pages: 10, rounds: 51 },
	{ name: 'name', query: { search: 'Conti Mar' }, where: `and ${BY_NAME(['conti', 'mar'])}`, limit: LIMIT, pages: 10, rounds: 51 },
	// By the index of names: for a rare one three times as fast as customer by customer.
	{ name: 'rare-name', query: { search: 'Junior Quaglia' }, where: `and id in (select id from customers where shop_id = 1 and ${BY_NAME(['junior', 'quaglia'])})`, limit: LIMIT, pages: 1, rounds: 9 },
	{ name: 'all', query: {}, where: '', limit: ALL_PAGE, pages: Infinity, rounds: 3 },
];

/** Pages of customers from the middle of the shop on, and all of them, against hand-written SQL for the same pages on the same file. */
export async function getMany(size: number, name: string): Promise<BenchFigure[]> {
	const { store, settings } = await bulkShop(size);
	const byHand = new GetManySql(settings.file);
	const figures: BenchFigure[] = [];
	try {
		for (const { name: listing, query, where, limit, pages, rounds } of LISTINGS) {
			const start = pages > 1 && pages < Infinity ? size / 2 : 0;
			const ours = async () => await listed(start, pages, async (after) => (await listCustomers(store, { ...query, after, limit })).map(({ id, contactPoints }) => [id, contactPoints.length]));
			const theirs = async () => await listed(start, pages, async (after) => byHand.page(where, after, limit).map((customer) => [customer[0] as number, (customer[10] as unknown[]).length]));
			const found = [await ours(), await theirs()];
			if (found[0] !== found[1] || found[0].startsWith('0 ')) throw new Error(`${listing}: ${found.join(' is not ')}`);
			figures.push(await sideBySide(`get-many-${listing}-${name}`, ours, theirs, AT_MOST_HALF_MORE, { clock: 'processor', rounds, warmUps: rounds > 9 ? 30 : 1 }));
		}
	} finally {
		byHand.close();
	}
	return figures;
}

/** Goes from page to page, and says what was found: how many customers and contact points, and the sum of the ids. */
async function listed(start: number, pages: number, read: (after: number) => Promise<number[][]>): Promise<string> {
	let [customers, points, ids] = [0, 0, 0];
	let after = start;
	for (let page = 0; page < pages; page++) {
		const found = await read(after);
		if (found.length === 0) break;
		for (const [id, own] of found) [customers, points, ids] = [customers + 1, points + own, ids + id];
		after = found[found.length - 1][0];
	}
	return `${customers} with ${points}, ${ids}`;
}

export const GET_MANY_FIGURES = LISTINGS.map(({ name }) => `get-many-${name}`);
