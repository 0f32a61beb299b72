import type { LocalDate } from '../domain/time';

/** How many customers have something in a field, and how many of them something that later steps can use. */
export interface FieldCount {
	filled: number;
	valid: number;
}

/** Customers who were entered in one week by one operator. */
export interface EnteredGroup {
	/** Its Monday; absent where the day of entry is not known. */
	week?: LocalDate;
	operator?: string;
	customers: number;
	/** By field, for example `email` or `consent.marketing.email`. */
	fields: Record<string, FieldCount>;
}

/** How many customers an occasion kind could reach on a channel today. */
export interface ReachCount {
	kind: string;
	channel: string;
	reachable: number;
}

/** A customer with what is missing or cannot be used. */
export interface RowToMend {
	customerId: number;
	fields: string[];
	/** What the customer spent of late, in cents: what mending the row is worth. */
	spentCents: number;
	lastSeenOn?: LocalDate;
}

/** Single values that cannot be right, such as an exam in the future: how many, and the first of them, each with its reason and how to mend it. */
export interface BadFacts {
	total: number;
	rows: ReadonlyArray<{ customerId: number; in: string; recordId?: number; code?: string; field: string; reason: string; hint: string }>;
}

export interface QualityFigures {
	groups: readonly EnteredGroup[];
	reach: readonly ReachCount[];
	toMend: { total: number; rows: readonly RowToMend[] };
	badFacts: BadFacts;
}

/** One field over a group of customers. `customers = valid + invalid + missing`; shares are of all customers of the group, 0 to 1. */
export interface FieldRow extends FieldCount {
	field: string;
	invalid: number;
	missing: number;
	filledShare: number;
	validShare: number;
}

export interface QualityReport {
	customers: number;
	fields: FieldRow[];
	/** Oldest first, the unknown week last. */
	byWeek: Array<{ week?: LocalDate; customers: number; fields: FieldRow[] }>;
	/** Most customers first; `operator` is absent where nobody is named, and then last of its like. */
	byOperator: Array<{ operator?: string; customers: number; fields: FieldRow[] }>;
	reach: Array<ReachCount & { share: number }>;
	/** Customers with something to mend; the rows are those who are worth most to the shop. */
	toMend: { total: number; share: number; rows: readonly RowToMend[] };
	badFacts: BadFacts;
}

/** Turns figures into the data quality report. Every table adds up to the same number of customers. */
export function dataQualityReport({ groups, reach, toMend, badFacts }: QualityFigures): QualityReport {
	const fields = [...new Set(groups.flatMap((group) => Object.keys(group.fields)))];
	const summary = (members: readonly EnteredGroup[]) => ({ customers: total(members), fields: fields.map((field) => fieldRow(field, members)) });
	const all = summary(groups);
	const weeks = [...Map.groupBy(groups, ({ week }) => week)];
	const operators = [...Map.groupBy(groups, ({ operator }) => operator)];
	return {
		...all,
		byWeek: weeks.map(([week, members]) => ({ week, ...summary(members) })).sort((one, other) => inOrder(one.week ?? '9999', other.week ?? '9999')),
		byOperator: operators
			.map(([operator, members]) => ({ operator, ...summary(members) }))
			.sort((one, other) => other.customers - one.customers || inOrder(one.operator ?? '\uffff', other.operator ?? '\uffff')),
		reach: reach.map((count) => ({ ...count, share: share(count.reachable, all.customers) })),
		toMend: { total: toMend.total, share: share(toMend.total, all.customers), rows: toMend.rows },
		badFacts,
	};
}

function fieldRow(field: string, groups: readonly EnteredGroup[]): FieldRow {
	const customers = total(groups);
	const filled = groups.reduce((sum, group) => sum + (group.fields[field]?.filled ?? 0), 0);
	const valid = groups.reduce((sum, group) => sum + (group.fields[field]?.valid ?? 0), 0);
	return { field, filled, valid, invalid: filled - valid, missing: customers - filled, filledShare: share(filled, customers), validShare: share(valid, customers) };
}

function total(groups: readonly EnteredGroup[]): number {
	return groups.reduce((sum, { customers }) => sum + customers, 0);
}

/** To four decimals; nothing of nothing is 0. */
function share(part: number, whole: number): number {
	return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

function inOrder(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
