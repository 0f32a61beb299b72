/** Numbers that look random and are the same for the same seed (mulberry32 by T. Ettinger, public domain, as a recurrence). */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** At least 0, below 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, both ends included. */
	integer(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	/** So many digits, zeros in front included. */
	digits(count: number): string {
		return Array.from({ length: count }, () => this.integer(0, 9)).join('');
	}

	/** True in this share of cases. */
	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.integer(0, list.length - 1)];
	}

	/** One of the entries, the heavier the more often. */
	weighted<T>(entries: ReadonlyArray<readonly [weight: number, value: T]>): T {
		let left = this.next() * entries.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, value] of entries) {
			left -= weight;
			if (left < 0) return value;
		}
		return entries[entries.length - 1][1];
	}

	/** The same entries in another order. */
	shuffled<T>(list: readonly T[]): T[] {
		const shuffled = [...list];
		for (let last = shuffled.length - 1; last > 0; last--) {
			const other = this.integer(0, last);
			[shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
		}
		return shuffled;
	}
}
