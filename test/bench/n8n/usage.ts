import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Ticks of the clock by which Linux counts the processor's time, in a second. */
const TICKS = 100;

interface Process {
	pid: number;
	parent: number;
	/** Milliseconds that the processor worked for it. */
	processor: number;
	/** The same for children that have ended. */
	ofEnded: number;
}

/** A process and all that it has started; read from Linux's /proc. */
export class ProcessTree {
	constructor(private readonly root: number) {}

	/** Milliseconds that the processor has worked for all of them so far, those that have ended included. */
	processor(): number {
		return this.members().reduce((sum, { processor, ofEnded }) => sum + processor + ofEnded, 0);
	}

	/** Megabytes of memory that all of them hold now. */
	memory(): number {
		return this.sum('VmRSS');
	}

	/** The most megabytes that each of them has held since `forgetPeak`, added up. */
	peak(): number {
		return this.sum('VmHWM');
	}

	/** From now on the peak is measured anew. */
	forgetPeak(): void {
		for (const { pid } of this.members()) writeFileSync(`/proc/${pid}/clear_refs`, '5');
	}

	private sum(field: string): number {
		return this.members().reduce((sum, { pid }) => {
			const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(read(`/proc/${pid}/status`));
			return sum + Number(found?.[1] ?? 0) / 1024;
		}, 0);
	}

	private members(): Process[] {
		const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => processOf(Number(name)));
		const members = all.filter(({ pid }) => pid === this.root);
		for (let index = 0; index < members.length; index++) members.push(...all.filter(({ parent }) => parent === members[index].pid));
		return members;
	}
}

function processOf(pid: number): Process[] {
	const stat = read(`/proc/${pid}/stat`);
	if (stat === '') return [];
	// The name before it may hold spaces and brackets.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
	const milliseconds = (from: number) => ((fields[from] + fields[from + 1]) * 1000) / TICKS;
	return [{ pid, parent: fields[1], processor: milliseconds(11), ofEnded: milliseconds(13) }];
}

/** Empty where the process has ended. */
function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
