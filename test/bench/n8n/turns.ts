import { setTimeout as sleep } from 'node:timers/promises';
import { EVERY_SECONDS, type Arena, type Contender } from './contenders';
import type { N8nEvent } from './events';
import type { ProcessTree } from './usage';

/** What a run has cost. */
export interface Cost {
	/** From the moment at which it was to begin until n8n notes its end. */
	wall: number;
	/** The processor's time of n8n with its runner of code. */
	processor: number;
	/** The processor's time of the database. */
	database: number;
	/** The most megabytes that n8n with its runner held, above what it held before. */
	memory: number;
	/** The same, with what it held before. */
	peak: number;
	events: N8nEvent[];
}

export interface Machines {
	arena: Arena;
	n8n: ProcessTree;
	database: ProcessTree;
}

const EVERY_MS = EVERY_SECONDS * 1000;
/** To read a hundred thousand customers without code takes minutes. */
const LONGEST_MS = 1_200_000;
/** Before the beginning, for looking at what is held; after the end, for what n8n still writes. */
const BEFORE_MS = 300;
const AFTER_MS = 300;
const GC_MS = 700;
const MARGIN_MS = 2_000;

/** Who is due. */
export interface DueDay {
	/** Nobody for ours: its trigger looks at once when its workflow is activated. */
	hide(): Promise<void>;
	/** Everybody again. */
	forget(): Promise<void>;
}

/** Lets one workflow begin at the next moment, alone, and measures it. Connections that were used before are closed by then, as in a workflow that runs every hour. */
export async function turn({ arena, n8n, database }: Machines, contender: Contender, { hide, forget }: DueDay): Promise<Cost> {
	const { client, events, server, workflows } = arena;
	const id = workflows[contender];
	await hide();
	await sleep(EVERY_MS - (Date.now() % EVERY_MS) + 50);
	const activated = Date.now();
	await client.activate(id);
	await forget();
	if (Date.now() - activated > EVERY_MS - MARGIN_MS) throw new Error('It took too long to begin anew.');
	process.kill(server.pid, 'SIGUSR2');
	await sleep(GC_MS);
	const begins = Math.ceil(Date.now() / EVERY_MS) * EVERY_MS;
	await sleep(begins - Date.now() - BEFORE_MS);
	const held = n8n.memory();
	n8n.forgetPeak();
	const before = [n8n.processor(), database.processor()];
	let active = true;
	const end = async () => {
		if (active) await client.deactivate(id);
		active = false;
	};
	const ended = await events.endOfRun(id, begins, LONGEST_MS, async () => {
		if (Date.now() > begins + EVERY_MS - MARGIN_MS) await end();
	});
	await sleep(AFTER_MS);
	const after = [n8n.processor(), database.processor()];
	const peak = n8n.peak();
	await end();
	return { wall: Date.parse(ended.ts) - begins, processor: after[0] - before[0], database: after[1] - before[1], memory: peak - held, peak, events: events.since(id, begins) };
}
