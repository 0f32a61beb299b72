import { daysOfYears } from '../../demo/timemachine/run';
import { travel } from '../../demo/timemachine/travel';
import { type BenchFigure, figure } from './figure';

const [FROM, YEARS, CUSTOMERS] = ['2020-01-01', 10, 2000];
/** Seconds of the processor that ten years may take. */
const ALLOWED = 120;

/** The processor's time of ten simulated years, the check of the whole history included. A broken invariant breaks the benchmark off. */
export async function timeMachine(): Promise<BenchFigure[]> {
	const { summary } = await travel({ from: FROM, days: daysOfYears(FROM, YEARS), count: CUSTOMERS, seed: 1 });
	if (!summary.ok) throw new Error(`The time machine found broken: ${summary.invariants.filter(({ result }) => result === 'broken').map(({ name }) => name).join(', ')}`);
	return [figure('time-machine-ten-years', summary.cpuSeconds, ALLOWED, 's', 1)];
}
