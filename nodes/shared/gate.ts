/** Lets so many pieces of work go on at the same time; the others wait, in the order in which they came. */
export class Gate {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	async pass<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free++;
		}
	}
}
