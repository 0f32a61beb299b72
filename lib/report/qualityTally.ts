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
	/** In the order of the tally's fields; read at once, so that the caller may use the list again. */
	grades: ArrayLike<Grade>;
	/** Whether the customer ever said yes or no to anything. */
	answered: boolean;
}

/** Counts of a group by the place of the field. */
type Counts = Omit<EnteredGroup, 'fields'> & { filled: number[]; valid: number[] };

/** Counts customers one by one for the data quality report, and keeps those whose rows are to be mended first. */
export class QualityTally {
	private readonly counts: Counts[] = [];
	/** The group of each day of entry and operator. */
	private readonly groupOf = new Map<LocalDate | null, Map<string | null, Counts>>();
	private unmended = 0;
	private mendFirst: RowToMend[] = [];
	/** The last of a full list, as it was cut the last time: whoever comes behind it is never among the first. */
	private last?: RowToMend;

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
		return this.counts.map(({ filled, valid, ...group }) => ({
			...group,
			fields: Object.fromEntries(this.fields.map((field, place) => [field, { filled: filled[place], valid: valid[place] }])),
		}));
	}

	toMend(): { total: number; rows: RowToMend[] } {
		this.cut();
		return { total: this.unmended, rows: this.mendFirst };
	}

	private countsOf({ enteredOn, enteredBy }: GradedCustomer): Counts {
		let operators = this.groupOf.get(enteredOn);
		if (!operators) this.groupOf.set(enteredOn, (operators = new Map()));
		let counts = operators.get(enteredBy);
		if (!counts) operators.set(enteredBy, (counts = this.weekOf(enteredOn === null ? undefined : mondayOf(enteredOn), enteredBy ?? undefined)));
		return counts;
	}

	private weekOf(week: LocalDate | undefined, operator: string | undefined): Counts {
		let counts = this.counts.find((group) => group.week === week && group.operator === operator);
		if (!counts) {
			const none = () => this.fields.map(() => 0);
			this.counts.push((counts = { week, operator, customers: 0, filled: none(), valid: none() }));
		}
		return counts;
	}

	private mend({ id, grades, answered, spentCents, lastSeenOn }: GradedCustomer): void {
		this.unmended++;
		const row: RowToMend = { customerId: id, fields: [], spentCents, lastSeenOn: lastSeenOn ?? undefined };
		if (this.limit === 0 || (this.last && byWorth(row, this.last) > 0)) return;
		row.fields = this.fields.filter((_, place) => place < this.mendable && grades[place] < 2);
		if (!answered) row.fields.push('consent');
		this.mendFirst.push(row);
		if (this.mendFirst.length >= 2 * this.limit) this.cut();
	}

	private cut(): void {
		this.mendFirst = this.mendFirst.sort(byWorth).slice(0, this.limit);
		this.last = this.mendFirst[this.limit - 1];
	}
}

/** Who spent most first, then who was seen last, then by id. */
function byWorth(one: RowToMend, other: RowToMend): number {
	if (one.spentCents !== other.spentCents) return other.spentCents - one.spentCents;
	const [seen, otherSeen] = [one.lastSeenOn ?? '', other.lastSeenOn ?? ''];
	return seen === otherSeen ? one.customerId - other.customerId : seen > otherSeen ? -1 : 1;
}
