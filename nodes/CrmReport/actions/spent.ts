import type { CampaignCost } from '../../../lib/store/report/costs';

/** What was spent, in euros and minutes as people reckon. */
export interface CostReport {
	total: Spent;
	rows: Array<Spent & Pick<CampaignCost, 'month' | 'campaign' | 'channel'>>;
}

interface Spent {
	messages: number;
	euros: number;
	staffMinutes: number;
}

/** The costs with their sum, which is made before anything is rounded. */
export function withTotal(costs: readonly CampaignCost[]): CostReport {
	const sum = (of: (cost: CampaignCost) => number) => costs.reduce((total, cost) => total + of(cost), 0);
	return {
		total: spent({ messages: sum(({ messages }) => messages), mills: sum(({ mills }) => mills), staffSeconds: sum(({ staffSeconds }) => staffSeconds) }),
		rows: costs.map((cost) => ({ month: cost.month, campaign: cost.campaign, channel: cost.channel, ...spent(cost) })),
	};
}

function spent({ messages, mills, staffSeconds }: Pick<CampaignCost, 'messages' | 'mills' | 'staffSeconds'>): Spent {
	return { messages, euros: Math.round(mills / 10) / 100, staffMinutes: Math.round(staffSeconds / 6) / 10 };
}
