import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dayCounts } from '../../../lib/store/dayCounts';
import { listCustomers } from '../../../lib/store/customers/customers';
import { findCustomers } from '../../../lib/store/customers/findCustomers';
import { listHouseholds } from '../../../lib/store/customers/households';
import { pendingGroups, pendingMessages } from '../../../lib/store/approve/pending';
import { messageCounts, messagesInState } from '../../../lib/store/review';
import { onStatement, type Store } from '../../../lib/store/open';
import { listEquipment } from '../../../lib/store/records/equipment';
import { campaignFigures } from '../../../lib/store/report/campaigns';
import { campaignCosts } from '../../../lib/store/report/costs';
import { monthFigures } from '../../../lib/store/report/kpis';
import { forgottenCustomers } from '../../../lib/store/erasing/retention';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import { customerOutlines } from '../../../lib/store/customers/customerOutlines';
import { applyDeliveries } from '../../../lib/store/replies/deliveries';
import { possibleSenders } from '../../../lib/store/replies/senders';
import { countSegment } from '../../../lib/store/segments/members';
import { takeApproved } from '../../../lib/store/sending';
import { dryRun } from '../../../lib/store/dryRun';
import { SEGMENT_DEFAULTS } from '../../../lib/domain/segment';
import { startPostgres } from '../../support/postgresServer';
import { AT_MOST_HALF_MORE, type BenchFigure, figure, median, sideBySide } from '../figure';
import { NOW, TODAY } from '../shopOfSize';
import { chainStore, type ChainStore } from './chainStore';
import { night, type Night } from './night';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const SHOPS = 200;
/** Shops that stand alone, each in a store of its own: nights of theirs lie between those of the chain. */
const ALONE = 8;
/** Shops until the code is compiled, caches are filled and the memory has its size. */
const WARM_UP = 20;
/** Resident memory that two hundred nights may add to a process that has loaded everything. */
const MOST_MEGABYTES = 300;
/** The last quarter may need a tenth more than the first. */
const FLAT = 1 / 1.1;
const MEGABYTE = 1024 * 1024;

/** What else a shop does all day, by name. */
const READS: Record<string, (store: Store) => Promise<unknown>> = {
	'get-many': async (store) => await listCustomers(store, { limit: 50 }),
	'get-many-name': async (store) => await listCustomers(store, { search: 'rossi 77', limit: 50 }),
	'get-many-equipment': async (store) => await listEquipment(store, { limit: 50 }),
	households: async (store) => await listHouseholds(store, { limit: 50 }),
	search: async (store) => await findCustomers(store, { text: 'rossi 12' }, { limit: 20, offset: 0 }),
	'desk-today': async (store) => [await dayCounts(store, { today: TODAY, since: NOW, until: NOW }), await messageCounts(store, NOW)],
	'desk-approve': async (store) => [await pendingGroups(store, TODAY), await pendingMessages(store, {}, { today: TODAY, limit: 20, offset: 0 })],
	'desk-sent': async (store) => await messagesInState(store, 'read', { today: TODAY, limit: 20, offset: 0 }),
	segment: async (store) => await countSegment(store, { fact: 'purchases', comparison: 'atLeast', value: 1 }, { today: TODAY, settings: SEGMENT_DEFAULTS }),
	kpis: async (store) => await monthFigures(store, { months: ['2026-09', '2026-10'], lapsedMonths: 36, usefulMonths: SEGMENT_DEFAULTS.usefulMonths }),
	campaigns: async (store) => [await campaignFigures(store, { from: '2026-01-01', today: TODAY, recentFrom: '2026-11-01', windowDays: 30 }), await campaignCosts(store, '2025-01-01')],
	retention: async (store) => await forgottenCustomers(store, { prospects: '2020-01-01', customers: '2020-01-01' }),
	verify: async (store) => await verifyConsents(store),
	quality: async (store) => {
		for await (const outlines of customerOutlines(store, TODAY)) void outlines;
	},
	webhook: async (store) => await dryRun(store, async (inside) => [
		await possibleSenders(inside, [{ channel: 'sms', from: '+393310000007' }]), await applyDeliveries(inside, [{ kind: 'delivery', channel: 'email', providerId: 'p77', eventId: 'e', state: 'delivered', at: NOW }], NOW),
	]),
	sending: async (store) => await dryRun(store, async (inside) => await takeApproved(inside.db, store, { channels: ['email'], limit: 50, today: TODAY }, NOW)),
};

export const CHAIN_FIGURES = ['chain-of-shops', 'chain-of-shops-statements', 'chain-of-shops-memory', 'chain-of-shops-flat', ...Object.keys(READS).map((read) => `chain-of-shops-${read}`)];

/**
 * A million customers, 200 shops in one store: the night of each shop, and what it does by day, beside the same shop alone in a store. On a PostgreSQL
 * of its own.
 */
export async function chainOfShops(shops = Number(process.env.CHAIN_SHOPS ?? SHOPS)): Promise<BenchFigure[]> {
	const server = await startPostgres();
	const stores: ChainStore[] = [];
	const make = async (schema: string, count: number) => {
		const started = performance.now();
		const store = await chainStore(server.place, schema, count);
		stores.push(store);
		if (count > 1) tell(`${store.rows} rows of ${shops} shops were written in ${Math.round((performance.now() - started) / 1000)} s.`);
		return store;
	};
	try {
		const chain = await make('chain', shops);
		const alone: ChainStore[] = [];
		for (let number = 1; number <= ALONE; number++) alone.push(await make(`alone_${number}`, 1));
		return [...(await nights(chain, alone)), ...(await days(chain, alone[0]))];
	} finally {
		for (const store of stores) await store.close();
		await server.stop();
	}
}

async function nights(chain: ChainStore, alone: ChainStore[]): Promise<BenchFigure[]> {
	const [ours, baseline, memory]: [Measured[], Measured[], number[]] = [[], [], []];
	const before = resident();
	for (let number = 1; number <= chain.shops; number++) {
		ours.push(await measured(await chain.shop(number)));
		memory.push(resident());
		// A shop alone has one night: they lie at the same distance from each other.
		const next = alone[baseline.length];
		if (next && number > Math.min(WARM_UP, chain.shops / 2) && (number - WARM_UP) % Math.max(1, Math.floor((chain.shops - WARM_UP) / alone.length)) === 0) baseline.push(await measured(await next.shop(1)));
	}
	const [wanted] = baseline;
	const odd = [...ours, ...baseline].find(({ due, messages }) => due !== wanted.due || messages !== wanted.messages);
	if (odd || wanted.messages === 0) throw new Error(`A shop alone has ${wanted.due} due and ${wanted.messages} messages; another has ${odd?.due} and ${odd?.messages}.`);
	const [warm, warmMemory] = [ours.slice(WARM_UP), memory.slice(WARM_UP)];
	const quarter = Math.floor(warmMemory.length / 4);
	const [first, last] = [Math.max(...warmMemory.slice(0, quarter)), Math.max(...warmMemory.slice(-quarter))];
	const time = (nights_: Measured[]) => median(nights_.map(({ ms }) => ms));
	tell(`${chain.shops} nights took ${Math.round(ours.reduce((sum, { ms }) => sum + ms, 0) / 1000)} s: ${wanted.due} due and ${wanted.messages} messages in each, ${wanted.statements} statements; at most ${Math.round(Math.max(...memory))} MB resident.`);
	return [
		figure('chain-of-shops', time(warm), time(baseline), 'ms for a shop\'s night', AT_MOST_HALF_MORE),
		figure('chain-of-shops-statements', Math.max(...ours.map(({ statements }) => statements)), wanted.statements, 'statements for a shop\'s night', 1),
		figure('chain-of-shops-memory', Math.max(...memory) - before, MOST_MEGABYTES, 'MB', 1),
		figure('chain-of-shops-flat', last, first, 'MB', FLAT),
	];
}

/** Resident memory once the garbage is gone: V8 leaves it lying as long as there is room, and what grows then says nothing. MB. */
function resident(): number {
	collectGarbage();
	return process.memoryUsage().rss / MEGABYTE;
}

interface Measured extends Night {
	ms: number;
	statements: number;
}

async function measured(store: Store): Promise<Measured> {
	let statements = 0;
	const stop = onStatement(() => void statements++);
	const start = performance.now();
	const found = await night(store);
	const ms = performance.now() - start;
	stop();
	return { ...found, ms, statements };
}

/** What a shop in the middle of the chain does by day. */
async function days(chain: ChainStore, alone: ChainStore): Promise<BenchFigure[]> {
	const [ours, baseline] = [await chain.shop(Math.ceil(chain.shops / 2)), await alone.shop(1)];
	const figures: BenchFigure[] = [];
	for (const [name, read] of Object.entries(READS)) {
		figures.push(await sideBySide(`chain-of-shops-${name}`, async () => await read(ours), async () => await read(baseline), AT_MOST_HALF_MORE, { rounds: 9, warmUps: 2 }));
	}
	return figures;
}

function tell(line: string): void {
	process.stderr.write(`${line}\n`);
}
