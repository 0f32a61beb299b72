import { setTimeout as sleep } from 'node:timers/promises';
import { CrmError } from '../../lib/domain/errors';
import { instantOf } from '../../lib/domain/time';
import { onStatement } from '../../lib/store/open';
import { Random } from '../../demo/shop/random';
import { campaign, customers, desk, plan, send, type Place, type Step } from './work';

/** What a process of its own is told when it starts, and what it hears later. */
export interface WorkerOrders extends Omit<Place, 'clock' | 'random' | 'told'> {
	seed: number;
	steps: Array<keyof typeof STEPS>;
	/** How far the clock of the run is from the real one. Milliseconds. */
	clockOffset: number;
	/** It kills itself after so many statements: between any two of them the plug can be pulled. */
	diesAfter?: number;
}

const STEPS: Record<'plan' | 'campaign' | 'desk' | 'customers' | 'send', Step> = { plan, campaign, desk, customers, send };
/** A step is done again after a pause of this length, at most; what looks for work less often than what does it. Milliseconds. */
const LONGEST_PAUSE = { plan: 300, campaign: 400, desk: 60, customers: 80, send: 60 };

let clockOffset = 0;

/** Works through its steps, all at the same time, until it is killed. */
function start({ seed, steps, diesAfter, clockOffset: offset, ...place }: WorkerOrders): void {
	clockOffset = offset;
	let statements = 0;
	if (diesAfter !== undefined) {
		onStatement(() => {
			if (++statements >= diesAfter) process.kill(process.pid, 'SIGKILL');
		});
	}
	const random = new Random(seed);
	const clock = () => instantOf(new Date(Date.now() + clockOffset));
	process.send?.({ begun: true });
	for (const name of steps) void repeat(name, { ...place, clock, random, told: (acknowledged) => process.send?.({ acknowledged }) });
}

async function repeat(name: keyof typeof STEPS, place: Place): Promise<void> {
	for (;;) {
		try {
			await STEPS[name](place);
		} catch (error) {
			// As n8n does with an execution that failed: the next one goes on.
			process.send?.({ problem: `${name}: ${error instanceof CrmError ? error.message : `not foreseen: ${String((error as Error).stack)}`}` });
		}
		await sleep(place.random.integer(0, LONGEST_PAUSE[name]));
	}
}

process.on('disconnect', () => process.exit());
process.on('message', (message: { start?: WorkerOrders; clockOffset?: number }) => {
	if (message.start) start(message.start);
	if (message.clockOffset !== undefined) clockOffset = message.clockOffset;
});
