import { Random } from '../../../demo/shop/random';
import type { RepeatBuyer } from '../../../lib/segments/bgNbd';

/** Purchases of so many customers over up to three years, as the model says that they come about. */
export function simulated({ r, alpha, a, b }: { r: number; alpha: number; a: number; b: number }, count: number): RepeatBuyer[] {
	const random = new Random(7);
	return Array.from({ length: count }, () => {
		const age = 30 + random.next() * 126;
		const rate = gammaDraw(random, r) / alpha;
		const [one, other] = [gammaDraw(random, a), gammaDraw(random, b)];
		const leaves = one / (one + other);
		let [repeats, recency] = [0, 0];
		for (let at = pause(random, rate); at <= age; at += pause(random, rate)) {
			[repeats, recency] = [repeats + 1, at];
			if (random.chance(leaves)) break;
		}
		return { repeats, recency, age, customers: 1 };
	});
}

function pause(random: Random, rate: number): number {
	return -Math.log(1 - random.next()) / rate;
}

/** A gamma distributed number of scale 1 (G. Marsaglia, W. Tsang, 2000). */
function gammaDraw(random: Random, shape: number): number {
	if (shape < 1) return gammaDraw(random, shape + 1) * (1 - random.next()) ** (1 / shape);
	const d = shape - 1 / 3;
	for (;;) {
		const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
		const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
		if (v > 0 && Math.log(1 - random.next()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
	}
}
