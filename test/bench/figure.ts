/** One measured figure: our code beside a baseline, in the same run. `npm run bench` prints each as one JSON line. */
export interface BenchFigure {
	name: string;
	/** Measured on our code: a time, or a number of statements; the smaller, the better. */
	ours: number;
	/** The same measured on the other way to do it; for a number of statements, the number allowed. */
	baseline: number;
	/** Of `ours` and `baseline`. */
	unit: string;
	/** Baseline divided by ours: 1 is as good, more is better. */
	ratio: number;
	/** The least ratio that is good enough. */
	limit: number;
	holds: boolean;
}

/** The limit for what may take at most 1.5 times the time of its baseline. */
export const AT_MOST_HALF_MORE = 1 / 1.5;

type Work = () => unknown;

/** What is measured, and what must be put right before each time, which does not count. */
type Side = Work | { before: Work; work: Work };

/** A figure from two measured values of which the smaller is the better one. */
export function figure(name: string, ours: number, baseline: number, unit: string, limit: number): BenchFigure {
	const ratio = baseline / ours;
	return { name, ours: rounded(ours), baseline: rounded(baseline), unit, ratio: rounded(ratio), limit: rounded(limit), holds: ratio >= limit };
}

/** Wall time where waiting counts (a database, the network); the processor's time for pure computation, which other programs do not disturb. */
const CLOCKS = {
	wall: () => performance.now(),
	processor: processorTime,
};

/** Milliseconds that the processor has worked for this process so far. */
export function processorTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

interface Turns {
	clock?: keyof typeof CLOCKS;
	/** How often each side runs, after the rounds that do not count. */
	rounds?: number;
	/** Rounds that do not count, until the code is compiled and the caches are filled. */
	warmUps?: number;
}

/** Runs both in turns (ours, baseline, ours, baseline ...), so that a slow moment of the machine meets both, and compares the medians in milliseconds. */
export async function sideBySide(name: string, ours: Side, baseline: Side, limit: number, { clock = 'wall', rounds = 15, warmUps = 2 }: Turns = {}): Promise<BenchFigure> {
	const times: { ours: number[]; baseline: number[] } = { ours: [], baseline: [] };
	for (let round = -warmUps; round < rounds; round++) {
		const [a, b] = [await milliseconds(ours, CLOCKS[clock]), await milliseconds(baseline, CLOCKS[clock])];
		if (round < 0) continue;
		times.ours.push(a);
		times.baseline.push(b);
	}
	return figure(name, median(times.ours), median(times.baseline), 'ms', limit);
}

async function milliseconds(side: Side, clock: () => number): Promise<number> {
	const { before, work } = typeof side === 'function' ? { before: undefined, work: side } : side;
	await before?.();
	const start = clock();
	await work();
	return clock() - start;
}

/** The middle one of several values, or the mean of the middle two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function rounded(value: number): number {
	return Math.round(value * 1000) / 1000;
}
