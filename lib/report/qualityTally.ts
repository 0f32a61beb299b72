import type { Grade } from '../domain/grade';
import { mondayOf, type LocalDate } from '../domain/time';
import type { EnteredGroup, RowToMend } from './dataQuality';

/** One customer whose fields have been graded. */
export interface GradedCustomer {
	id: number;
	enteredOn: LocalDate | null;
	enteredBy: string | null;
	spentCents: number;
	lastSeenOn: LocalDate | null;
	/** In the order of the tally's fields. */
	grades: readonly Grade[];
	/** Whether the customer ever said yes or no to anything. */
	answered: boolean;
}

/** Counts of a group by the place of the field. */
type Counts = Omit<EnteredGroup, 'fields'> & { filled: number[]; valid: number[] };

/** Counts customers one by one for the data quality report, and keeps those whose rows are to be mended first. */
export class QualityTally {
	private readonly counts = new Map<string, Counts>();
	private readonly weeks = new Map<LocalDate | null, LocalDate | undefined>([[null, undefined]]);
	private unmended = 0;
	private mendFirst: RowToMend[] = [];

	/**
	 * @param fields names of the graded fields
	 * @param mendable how many of them, from the first on, a row is listed for; beside these, no answer about consent is listed as `consent`
	 * @param limit how many rows to mend are kept
	 */
	constructor(private readonly fields: readonly string[], private readonly mendable: number, private readonly limit: number) {}

	add(customer: GradedCustomer): void {
		const { grades, answered } = customer;
		const counts = this.countsOf(customer);
		counts.customers++;
		let isWhole = answered;
		for (let field = 0; field < grades.length; field++) {
			if (grades[field] > 0) counts.filled[field]++;
			if (grades[field] > 1) counts.valid[field]++;
			else if (field < this.mendable) isWhole = false;
		}
		if (!isWhole) this.mend(customer);
	}

	/** Customers by the week and the operator of their entry. */
	groups(): EnteredGroup[] {
		return [...this.counts.values()].map(({ filled, valid, ...group }) => ({
			...group,
			fields: Object.fromEntries(this.fields.map((field, place) => [field, { filled: filled[place], valid: valid[place] }])),
		}));
	}

	toMend(): { total: number; rows: RowToMend[] } {
		this.cut();
		return { total: this.unmended, rows: this.mendFirst };
	}

	private countsOf({ enteredOn, enteredBy }: GradedCustomer): Counts {
		if (!this.weeks.has(enteredOn)) this.weeks.set(enteredOn, mondayOf(enteredOn as LocalDate));
		const week = this.weeks.get(enteredOn);
		const key = `${week} ${enteredBy ?? ''}`;
		let counts = this.counts.get(key);
		if (!counts) {
			const none = () => this.fields.map(() => 0);
			this.counts.set(key, (counts = { week, operator: enteredBy ?? undefined, customers: 0, filled: none(), valid: none() }));
		}
		return counts;
	}

	private mend({ id, grades, answered, spentCents, lastSeenOn }: GradedCustomer): void {
		this.unmended++;
		const row: RowToMend = { customerId: id, fields: [], spentCents, lastSeenOn: lastSeenOn ?? undefined };
		// Whoever comes behind the last of a full list is never among the first.
		if (this.mendFirst.length >= this.limit && this.limit > 0 && byWorth(row, this.mendFirst[this.limit - 1]) > 0) return;
		row.fields = this.fields.slice(0, this.mendable).filter((_, place) => grades[place] < 2);
		if (!answered) row.fields.push('consent');
		this.mendFirst.push(row);
		if (this.mendFirst.length >= 2 * this.limit) this.cut();
	}

	private cut(): void {
		this.mendFirst = this.mendFirst.sort(byWorth).slice(0, this.limit);
	}
}

/** Who spent most first, then who was seen last, then by id. */
function byWorth(one: RowToMend, other: RowToMend): number {
	if (one.spentCents !== other.spentCents) return other.spentCents - one.spentCents;
	const [seen, otherSeen] = [one.lastSeenOn ?? '', other.lastSeenOn ?? ''];
	return seen === otherSeen ? one.customerId - other.customerId : seen > otherSeen ? -1 : 1;
}
