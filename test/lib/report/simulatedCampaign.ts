import type { Random } from '../../../demo/shop/random';
import type { Amounts, Share } from '../../../lib/report/interval';

export const SHOPS = 1000;
/** What a campaign truly brings. */
export const TRUTHS = [['five points', 0.05], ['nothing', 0], ['harm', -0.05]] as const;
export const HOLDOUT = 0.1;

/** Three standard deviations of a share that is counted over so many shops. */
export function binomialError(share: number, shops = SHOPS): number {
	return 3 * Math.sqrt((share * (1 - share)) / shops);
}

/** Both groups of one campaign, which grows by assignments. */
export class SimulatedCampaign {
	readonly contact: Share & Amounts = { hits: 0, of: 0, buyers: 0, sum: 0, sumOfSquares: 0 };
	readonly holdout: Share & Amounts = { ...this.contact };

	/**
	 * @param base share of those who come back by themselves
	 * @param effect what the contact adds to it
	 */
	constructor(private readonly random: Random, private readonly base: number, private readonly effect: number, private readonly holdoutShare = HOLDOUT) {}

	assign(count: number): this {
		for (let index = 0; index < count; index++) {
			const isHeldOut = this.random.chance(this.holdoutShare);
			const group = isHeldOut ? this.holdout : this.contact;
			group.of++;
			if (!this.random.chance(this.base + (isHeldOut ? 0 : this.effect))) continue;
			const cents = spent(this.random);
			group.hits++;
			group.buyers++;
			group.sum += cents;
			group.sumOfSquares += cents ** 2;
		}
		return this;
	}
}

/** Most baskets are small and some are large: log-normal, by the method of Box and Muller. */
function spent(random: Random): number {
	const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
	return Math.round(Math.exp(Math.log(18_000) + SPREAD * normal));
}
const SPREAD = 0.7;
/** The expected basket of somebody who buys, in cents. */
export const MEAN_BASKET = 18_000 * Math.exp(SPREAD ** 2 / 2);
