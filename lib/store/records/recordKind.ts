import { sql, type RawBuilder } from 'kysely';
import type { LocalDate } from '../../domain/time';
import type { RecordReason } from './reasons';

/** The tables that share one way of being saved and listed. */
export type RecordTable = 'equipment' | 'exams' | 'appointments' | 'quotes';
/** How a field is stored; a yes or no as 1 or 0. */
type FieldType = 'text' | 'integer' | 'yesNo';
type StoredValue = string | number | null;

/** What is wrong with a record, at which of its fields. */
export interface RecordProblem {
	field: string;
	reason: RecordReason;
}

/** What a kind of record needs to say of itself. */
export interface RecordKind<Fields extends object> {
	table: RecordTable;
	/** Whether such a record says that the customer was in the shop. */
	isVisit: boolean;
	/** Column and type of each field. */
	fields: { [Field in keyof Required<Fields>]: readonly [column: string, type: FieldType] };
	/** What is taken for fields that no source ever filled. */
	withDefaults(record: Partial<Fields>): Partial<Fields>;
	/** What tells records of one customer apart where there is no code; without "#". */
	identity(record: Partial<Fields>): string;
	/** What is wrong with a record, as it would be stored. */
	problem(record: Partial<Fields>, today: LocalDate, timeZone: string): RecordProblem | undefined;
	/** Whether `problem` has something against a stored record, for the database: true, or else false or null. */
	isBad(today: LocalDate, timeZone: string): RawBuilder<boolean>;
	/** The value that is compared with the first and the last day of a list. */
	day: RawBuilder<unknown>;
}

/** The columns of a kind, with their types in a set of rows. */
export function columnsOf<Fields extends object>({ fields }: RecordKind<Fields>): Record<string, 'text' | 'integer'> {
	return Object.fromEntries(entriesOf(fields).map(([, [column, type]]) => [column, type === 'text' ? 'text' : 'integer']));
}

/** Fields as they are stored; what is absent is null. */
export function toColumns<Fields extends object>({ fields }: RecordKind<Fields>, record: Partial<Fields>): Record<string, StoredValue> {
	return Object.fromEntries(entriesOf(fields).map(([field, [column, type]]) => {
		const value = record[field as keyof Fields] as unknown;
		return [column, (type === 'yesNo' && value !== undefined ? Number(value) : (value ?? null)) as StoredValue];
	}));
}

/** Fields as they are read back; what is null is left out. */
export function fromColumns<Fields extends object>({ fields }: RecordKind<Fields>, row: Record<string, unknown>): Fields {
	const filled = entriesOf(fields).filter(([, [column]]) => row[column] !== null);
	return Object.fromEntries(filled.map(([field, [column, type]]) => [field, type === 'yesNo' ? row[column] === 1 : row[column]])) as Fields;
}

function entriesOf(fields: object): Array<[string, readonly [string, FieldType]]> {
	return Object.entries(fields);
}

/** The table of a kind, for a query. */
export const tableOf = ({ table }: { table: RecordTable }) => sql.table(table);
