import type { CampaignFigures, GroupFigures } from '../../../../lib/domain/reportFigures';
import { plusDays, type LocalDate } from '../../../../lib/domain/time';

/** An occasion that the gate let pass or held out, and the message that came of it. */
export interface Assigned {
	campaign: string;
	on: LocalDate;
	group: 'contact' | 'holdout';
	message?: {
		state: 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'blocked';
		rehearsed: boolean;
		/** Days after the message: a refusal on its channel, a reply to it. */
		refusedAfter?: number;
		replied: boolean;
	};
}

export interface Person {
	assigned: Assigned[];
	exams: LocalDate[];
	visits: Array<{ on: LocalDate; status: string; madeOn: LocalDate }>;
	sales: Array<{ on: LocalDate; collectedOn?: LocalDate; cents?: number; returned: boolean }>;
}

/** The figures of the campaigns, one customer and one campaign after the other. Of refusals it knows the last message alone: give each person one that left. */
export function obviousCampaigns(people: readonly Person[], { from, today, recentFrom, windowDays }: { from: LocalDate; today: LocalDate; recentFrom: LocalDate; windowDays: number }): CampaignFigures[] {
	const inPeriod = ({ on }: Assigned) => on >= from && on <= today;
	const names = [...new Set(people.flatMap(({ assigned }) => assigned.filter(inPeriod).map(({ campaign }) => campaign)))].sort();
	return names.map((campaign) => {
		const none = (): GroupFigures => ({ people: 0, over: 0, returned: 0, buyers: 0, revenueCents: 0, revenueSquares: 0 });
		const figures: CampaignFigures = { campaign, firstOn: '9999', recent: 0, contact: none(), holdout: none(), sent: 0, delivered: 0, answered: 0, booked: 0, optedOut: 0 };
		for (const person of people) {
			const mine = person.assigned.filter((one) => one.campaign === campaign && inPeriod(one));
			if (mine.length === 0) continue;
			const { on, group } = mine.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))[0];
			const end = plusDays(on, windowDays);
			const within = (day: LocalDate) => day > on && day <= end;
			const ofGroup = figures[group];
			ofGroup.people++;
			if (on < figures.firstOn) figures.firstOn = on;
			if (on >= recentFrom) figures.recent++;
			if (end < today) {
				ofGroup.over++;
				const came = [...person.exams, ...person.visits.filter(({ status }) => status === 'kept').map((visit) => visit.on), ...person.sales.map((sale) => sale.on)];
				if (came.some(within)) ofGroup.returned++;
				const cents = person.sales.filter((sale) => !sale.returned && within(sale.on)).reduce((sum, sale) => sum + (sale.cents ?? 0), 0);
				if (cents > 0) ofGroup.buyers++;
				ofGroup.revenueCents += cents;
				ofGroup.revenueSquares += cents ** 2;
			}
			const left = mine.flatMap(({ message }) => (message && !message.rehearsed && ['sent', 'delivered', 'read', 'failed'].includes(message.state) ? [message] : []));
			if (left.length > 0) figures.class = 'recall';
			if (group === 'holdout') continue;
			if (left.length > 0) figures.sent++;
			if (left.some(({ state }) => state !== 'failed')) figures.delivered++;
			if (left.some(({ replied }) => replied)) figures.answered++;
			if (left.some(({ refusedAfter }) => refusedAfter !== undefined && refusedAfter <= 14)) figures.optedOut++;
			if (person.visits.some((visit) => visit.status !== 'cancelled' && visit.madeOn >= on && visit.madeOn <= end && visit.on > on)) figures.booked++;
		}
		return figures;
	});
}
