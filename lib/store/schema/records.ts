import type { Generated } from 'kysely';

/** What equipment, exams, appointments and quotes have in common. */
interface RecordTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	/** Tells the same record of a second import: the shop program's code, or what makes it unique. */
	source_key: string;
	code: string | null;
	created_at: string;
	updated_at: string;
}

interface EquipmentTable extends RecordTable {
	kind: string;
	lens_type: string | null;
	description: string | null;
	amount_cents: number | null;
	ordered_on: string | null;
	delivered_on: string | null;
	returned_on: string | null;
	first_progressive: number | null;
	supply_days: number | null;
	useful_months: number | null;
	/** The day from which it can be collected. */
	ready_on: string | null;
	/** Contact lenses: the day on which they run out, reckoned by the store. */
	supply_ends_on: string | null;
}

interface ExamTable extends RecordTable {
	kind: string;
	taken_on: string;
	/** Set by hand by an optometrist; wins over every interval. */
	next_due_on: string | null;
	examiner: string | null;
}

interface AppointmentTable extends RecordTable {
	kind: string;
	starts_at: string;
	status: string;
}

interface QuoteTable extends RecordTable {
	description: string | null;
	amount_cents: number | null;
	made_on: string;
	valid_until: string | null;
	status: string;
}

/** When each customer was in the shop last, and how often they come; follows the records. */
interface VisitRhythmTable {
	customer_id: number;
	shop_id: number;
	last_visit_on: string;
	/** 0: none known. */
	rhythm_months: number;
}

export interface RecordTables {
	equipment: EquipmentTable;
	exams: ExamTable;
	appointments: AppointmentTable;
	quotes: QuoteTable;
	visit_rhythms: VisitRhythmTable;
}
