import { daysOfYears } from '../../demo/timemachine/run';
import { travel } from '../../demo/timemachine/travel';
import { type BenchFigure, figure } from './figure';

const [FROM, YEARS, CUSTOMERS] = ['2020-01-01', 10, 2000];
/** Seconds of the processor that ten years may take. */
const ALLOWED = 120;

/** The processor's time of ten simulated years, the check of the whole history included; what the check finds is told by the command. */
export async function timeMachine(): Promise<BenchFigure[]> {
	const { summary } = await travel({ from: FROM, days: daysOfYears(FROM, YEARS), count: CUSTOMERS, seed: 1 });
	return [figure('time-machine-ten-years', summary.cpuSeconds, ALLOWED, 's', 1)];
}
