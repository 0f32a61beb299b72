import type { AppointmentStatus, EquipmentFields, ExamFields, QuoteFields } from '../domain/records';
import type { LocalDate } from '../domain/time';

/** What is known of one customer, as far as it can make something due. Days are local days of the shop. */
export interface CustomerFacts {
	birthDate?: LocalDate;
	enteredOn?: LocalDate;
	exams: ExamFields[];
	equipment: EquipmentFields[];
	appointments: Array<{ startsOn: LocalDate; status: AppointmentStatus }>;
	quotes: QuoteFields[];
	answers: Array<{ kind: string; answer: string; answeredOn: LocalDate }>;
	ownDates: Array<{ name: string; day: LocalDate }>;
}

/** Something that is due once: the rules say when, the window of the kind and the ledger whether it is handed out. */
export interface Due {
	dueOn: LocalDate;
	/** The day of the fact that it comes from. */
	since: LocalDate;
	cause?: string;
}

/** The latest of some days; undefined when there is none. */
export function latest(days: Iterable<LocalDate | undefined>): LocalDate | undefined {
	return [...days].filter((day) => day !== undefined).sort().at(-1);
}
