import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fitBgNbd, logLikelihood, type RepeatBuyer } from '../../../lib/segments/bgNbd';
import { logGamma } from '../../../lib/segments/logGamma';
import { simulated } from './simulatedBuyers';

/**
 * The CDNOW sample of 2,357 customers (frequency, recency and age in weeks), on which the paper reports its estimates. It belongs to others and
 * is not part of the project: put the file beside the project's folder, or name it in CDNOW_SUMMARY.
 */
const CDNOW = process.env.CDNOW_SUMMARY ?? path.resolve(__dirname, '../../../../shared/data/cdnow_customers_summary.csv');
const onCdnow = existsSync(CDNOW) ? it : it.skip;

describe('BG/NBD', () => {
	onCdnow(`reproduces the estimates of the paper on the CDNOW sample${existsSync(CDNOW) ? '' : ' (skipped: the sample is not there)'}`, () => {
		const rows = readFileSync(CDNOW, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number));
		expect(rows).toHaveLength(2357);
		const { r, alpha, a, b, logLikelihood: best } = fitBgNbd(rows.map(([, repeats, recency, age]) => ({ repeats, recency, age, customers: 1 })));
		// Fader, Hardie and Lee (2005), table 2.
		expect(r).toBeCloseTo(0.243, 2);
		expect(alpha).toBeCloseTo(4.414, 2);
		expect(a).toBeCloseTo(0.793, 2);
		expect(b).toBeCloseTo(2.426, 2);
		expect(best).toBeCloseTo(-9582.4, 1);
	});

	it('finds the parameters from which purchases were made by chance', () => {
		const made = { r: 1.2, alpha: 60, a: 0.8, b: 3 };
		const buyers = simulated(made, 5000);
		const found = fitBgNbd(buyers);
		// What the sample itself is likeliest under lies near what made it, and no less likely.
		expect(found.logLikelihood).toBeGreaterThanOrEqual(logLikelihood(buyers, made));
		expect(found.r / found.alpha).toBeCloseTo(made.r / made.alpha, 3);
		expect(found.a / (found.a + found.b)).toBeCloseTo(made.a / (made.a + made.b), 1);
		for (const name of ['r', 'alpha'] as const) expect(found[name] / made[name]).toBeCloseTo(1, 0);
	});

	it('knows no difference between a group and its members one by one', () => {
		const group: RepeatBuyer[] = [{ repeats: 2, recency: 30, age: 50, customers: 3 }, { repeats: 0, recency: 0, age: 20, customers: 2 }];
		const single = group.flatMap(({ customers, ...buyer }) => Array.from({ length: customers }, () => ({ ...buyer, customers: 1 })));
		const parameters = { r: 0.5, alpha: 7, a: 1.1, b: 2.2 };
		expect(logLikelihood(group, parameters)).toBeCloseTo(logLikelihood(single, parameters), 10);
	});

	it('gives each history the likelihood that the formula of the paper says, written out', () => {
		const [r, alpha, a, b] = [0.6, 9, 0.9, 2.4];
		const gamma = (x: number) => Math.exp(logGamma(x));
		const beta = (x: number, y: number) => (gamma(x) * gamma(y)) / gamma(x + y);
		for (const [x, recency, age] of [[0, 0, 30], [1, 12, 40], [4, 80, 90]]) {
			const stayed = (beta(a, b + x) / beta(a, b)) * ((gamma(r + x) * alpha ** r) / (gamma(r) * (alpha + age) ** (r + x)));
			const left = x === 0 ? 0 : (beta(a + 1, b + x - 1) / beta(a, b)) * ((gamma(r + x) * alpha ** r) / (gamma(r) * (alpha + recency) ** (r + x)));
			expect(logLikelihood([{ repeats: x, recency, age, customers: 1 }], { r, alpha, a, b })).toBeCloseTo(Math.log(stayed + left), 8);
		}
	});
});

it('the logarithm of the gamma function is that of the factorials, and of the half', () => {
	let factorial = 1;
	for (let n = 1; n <= 20; n++) {
		expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 10);
		factorial *= n;
	}
	expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
	expect(logGamma(0.01)).toBeCloseTo(4.599479878042022, 10);
});
