const COEFFICIENTS = [
	676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
	9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** The natural logarithm of the gamma function, for arguments above 0 (C. Lanczos, 1964; g = 7, nine terms: about 15 digits). */
export function logGamma(x: number): number {
	// Below one half the series loses digits; the function's own recurrence leads above it.
	if (x < 0.5) return logGamma(x + 1) - Math.log(x);
	const y = x - 1;
	const sum = COEFFICIENTS.reduce((total, coefficient, index) => total + coefficient / (y + index + 1), 0.99999999999980993);
	const t = y + 7.5;
	return HALF_LOG_TWO_PI + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}
