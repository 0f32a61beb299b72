import { logGamma } from './logGamma';
import { minimize } from './minimize';

/** A customer as BG/NBD sees one. */
export interface RepeatBuyer {
	/** Purchases after the first one (x). */
	repeats: number;
	/** Weeks from the first to the last purchase (t_x); 0 without a repeat. */
	recency: number;
	/** Weeks from the first purchase to today (T). */
	age: number;
	/** How many customers are alike. */
	customers: number;
}

/** The parameters: purchase rates are gamma distributed (r, alpha), the chance to leave after a purchase is beta distributed (a, b). */
export interface BgNbd {
	r: number;
	alpha: number;
	a: number;
	b: number;
	logLikelihood: number;
}

/**
 * The logarithm of the likelihood of these customers: equation 6 of P. Fader, B. Hardie, K. L. Lee, "Counting Your Customers the Easy Way:
 * An Alternative to the Pareto/NBD Model", Marketing Science 24 (2005), parted as in the authors' note on its implementation.
 */
export function logLikelihood(buyers: readonly RepeatBuyer[], { r, alpha, a, b }: Omit<BgNbd, 'logLikelihood'>): number {
	const common = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
	const byRepeats = new Map<number, number>();
	let sum = 0;
	for (const { repeats: x, recency, age, customers } of buyers) {
		let ofRepeats = byRepeats.get(x);
		if (ofRepeats === undefined) byRepeats.set(x, (ofRepeats = logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x)));
		const stayed = -(r + x) * Math.log(alpha + age);
		let ofTime = stayed;
		if (x > 0) {
			const left = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + recency);
			const more = Math.max(stayed, left);
			ofTime = more + Math.log(Math.exp(stayed - more) + Math.exp(left - more));
		}
		sum += customers * (common + ofRepeats + ofTime);
	}
	return sum;
}

/** The parameters under which these customers are likeliest. All are above 0: the search goes over their logarithms. */
export function fitBgNbd(buyers: readonly RepeatBuyer[]): BgNbd {
	const toParameters = (logs: readonly number[]) => {
		const [r, alpha, a, b] = logs.map(Math.exp);
		return { r, alpha, a, b };
	};
	// A first guess in the right order of size, whatever the pace of the trade: half of the mean age as alpha.
	const customers = buyers.reduce((sum, buyer) => sum + buyer.customers, 0);
	const meanAge = buyers.reduce((sum, buyer) => sum + buyer.customers * buyer.age, 0) / customers;
	const { at, value } = minimize((logs) => -logLikelihood(buyers, toParameters(logs)) / customers, [0, Math.log(Math.max(meanAge / 2, 1)), 0, 0]);
	return { ...toParameters(at), logLikelihood: -value * customers };
}
