import { readFileSync } from 'node:fs';

/** Ticks of a second in /proc, on every Linux of today. */
const TICKS = 100;

/** Seconds that the processors have worked for a process and for the children that it has waited for. Linux only. */
export function cpuSeconds(pid: number): number {
	// The name of the program, in brackets, may hold spaces.
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
	return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}
