import './withoutJest';
import { buildNodes } from '../../demo/setup/build';
import { demoFolder } from '../../demo/setup/paths';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { shopToday } from '../../lib/domain/shop';
import { closeDatabase, type Store, type StoreSettings } from '../../lib/store/open';
import { startPostgres } from '../support/postgresServer';
import { SECRET } from '../support/store';
import { figure, median, type BenchFigure } from './figure';
import { answersByHand, ourAnswers, requireSame } from './n8n/answers';
import { CONTENDERS, openArena, type Contender } from './n8n/contenders';
import { peopleOf } from './n8n/people';
import { fillByHand, fillStore, forgetToday, hideToday, makeTablesByHand, newStore, settleTables } from './n8n/shops';
import { turn, type Cost, type DueDay, type Machines } from './n8n/turns';
import { ProcessTree } from './n8n/usage';

/** How often each runs after its first time; the one that reads all customers takes minutes at the greatest size, and there its first time counts. */
const SIZES = { '1k': { customers: 1_000, rounds: 5 }, '10k': { customers: 10_000, rounds: 3 }, '100k': { customers: 100_000, rounds: 3, once: 'no-code' } } as const;
type Size = keyof typeof SIZES;
/** `BENCH_WITHOUT=no-code` leaves out the one that takes minutes. */
const CHOSEN = CONTENDERS.filter((name) => name !== process.env.BENCH_WITHOUT);
const BASELINES = (['no-code', 'expert'] as const).filter((name) => CHOSEN.includes(name));

const TEN_TIMES = 10;
const NO_WORSE = 1;

/** Our bundled workflow against two that a consultant builds by hand, in one n8n in turns. */
async function main(sizes: string[]): Promise<number> {
	const chosen = (sizes.length > 0 ? sizes : Object.keys(SIZES)) as Size[];
	if (chosen.some((size) => !(size in SIZES))) {
		tell(`Sizes are ${Object.keys(SIZES).join(', ')}.`);
		return 2;
	}
	await buildNodes(demoFolder, { report: tell });
	const postgres = await startPostgres();
	try {
		const figures: BenchFigure[] = [];
		for (const size of chosen) figures.push(...(await measureSize(postgres, size)));
		return figures.every(({ holds }) => holds) ? 0 : 1;
	} finally {
		await postgres.stop();
	}
}

async function measureSize({ place }: Awaited<ReturnType<typeof startPostgres>>, size: Size): Promise<BenchFigure[]> {
	const { customers, rounds: usual, once } = { once: undefined, ...SIZES[size] };
	const rounds = Number(process.env.BENCH_ROUNDS ?? usual);
	const settings: StoreSettings = { database: 'postgres', ...place, tls: 'off', schema: `shop_${size}`, shop: 'main', secret: SECRET };
	const store = await newStore(settings);
	const today = shopToday(store.shop, new Date().toISOString());
	tell(`Making two shops of ${customers} customers ...`);
	const people = peopleOf(customers, today);
	await fillStore(store, people);
	await sql.raw('drop schema if exists by_hand cascade').execute(store.db);
	await makeTablesByHand(store.db);
	await fillByHand(store.db, people, today);
	await settleTables(store.db);
	const arena = await openArena(settings, place);
	try {
		const machines: Machines = { arena, n8n: new ProcessTree(arena.server.pid), database: new ProcessTree(await serverOf(store)) };
		const day: DueDay = { hide: async () => await hideToday(store, today), forget: async () => await forgetToday(store, today) };
		const first = await compareAnswers(machines, store, today, day);
		const costs = Object.fromEntries(CHOSEN.map((name) => [name, name === once ? [first[name]] : []])) as Record<Contender, Cost[]>;
		for (let round = 0; round < rounds; round++) {
			for (const name of CHOSEN.filter((one) => one !== once)) {
				const cost = await turn(machines, name, day);
				tell(`${size} ${name}: ${told(cost)}`);
				costs[name].push(cost);
			}
		}
		return figuresOf(size, costs);
	} finally {
		await arena.close();
		await closeDatabase(settings);
	}
}

/** Each runs once, and all three must have said the same. */
async function compareAnswers(machines: Machines, store: Store, today: string, day: DueDay): Promise<Record<Contender, Cost>> {
	const costs = {} as Record<Contender, Cost>;
	const answers = new Map<Contender, Awaited<ReturnType<typeof ourAnswers>>>();
	for (const name of CHOSEN) {
		const cost = (costs[name] = await turn(machines, name, day));
		tell(`first run of ${name}: ${told(cost)}`);
		answers.set(name, name === 'ours' ? await ourAnswers(store, today) : await answersByHand(store, today));
	}
	const ours = answers.get('ours') ?? [];
	for (const name of BASELINES) requireSame(name, ours, answers.get(name) ?? []);
	const reasons = Map.groupBy(ours, ({ reason }) => reason ?? 'greeted');
	tell(`All three agree about ${ours.length} who are due: ${[...reasons].map(([reason, all]) => `${all.length} ${reason}`).join(', ')}.`);
	return costs;
}

/** The processor's time is that of n8n and of the database together: work that one hands to the other is not saved. */
function figuresOf(size: Size, costs: Record<Contender, Cost[]>): BenchFigure[] {
	return BASELINES.flatMap((baseline) =>
		([['wall', 'ms'], ['cpu', 'ms'], ['peak', 'MB'], ['memory', 'MB']] as const).map(([field, unit]) => {
			const middle = (name: Contender) => median(costs[name].map((cost) => (field === 'cpu' ? cost.processor + cost.database : cost[field])));
			const limit = size === '100k' && baseline === 'no-code' && field !== 'peak' ? TEN_TIMES : NO_WORSE;
			const measured = figure(`n8n-${size}-${field}-${baseline}`, middle('ours'), middle(baseline), unit, limit);
			process.stdout.write(`${JSON.stringify(measured)}\n`);
			return measured;
		}),
	);
}

function told({ wall, processor, database, memory, peak, events }: Cost): string {
	const nodes = events.filter(({ eventName }) => /node\.finished|node\.started|workflow\.started/.test(eventName)).map(({ eventName, ts, payload }) => `${payload.nodeName ?? ''} ${eventName.slice(4)} ${ts.slice(17, 23)}`);
	return `${wall} ms wall, ${processor} ms processor of n8n, ${database} ms of the database, ${memory.toFixed(0)} MB more, ${peak.toFixed(0)} MB in all${process.env.BENCH_NODES ? `\n    ${nodes.join('\n    ')}` : ''}`;
}

/** The process id of the server, from which all its others descend. */
async function serverOf({ db }: Store): Promise<number> {
	const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
	const stat = readFileSync(`/proc/${rows[0].pid}/stat`, 'utf8');
	return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function tell(line: string): void {
	process.stderr.write(`${line}\n`);
}

main(process.argv.slice(2))
	.then((code) => (process.exitCode = code))
	.catch((error) => {
		tell(`The benchmark broke off: ${(error as Error).stack}`);
		process.exitCode = 1;
	});
