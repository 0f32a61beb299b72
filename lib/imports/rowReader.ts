import { cellText } from './cell';
import type { Field } from './headings';
import type { Parsed, ParsedList } from './parsed';
import { REASONS, type ReasonCode } from './reasons';
import type { Cells, Columns, Place, RowProblem } from './types';

/** A row seen through its columns: the text of each field, and the problems found on the way. */
export class RowReader<F extends string = Field> {
	readonly warnings: RowProblem[] = [];
	private readonly cells: Readonly<Record<string | number, unknown>>;

	constructor(
		cells: Cells,
		private readonly columns: Columns<F>,
		private readonly place: Place,
	) {
		this.cells = cells as Readonly<Record<string | number, unknown>>;
	}

	/** Whether a column fills this field. */
	has(field: F): boolean {
		return this.columns[field] !== undefined;
	}

	/** The cleaned text of a field; empty where the row says nothing. */
	text(field: F): string {
		const column = this.columns[field];
		return column === undefined ? '' : cellText(this.cells[column]);
	}

	/** The number in a field, where a spreadsheet or a database typed it as one: its dot is no thousands dot. */
	number(field: F): number | undefined {
		const column = this.columns[field];
		const cell = column === undefined ? undefined : this.cells[column];
		return typeof cell === 'number' && Number.isFinite(cell) ? cell : undefined;
	}

	/** The value that a parser finds in a field; its problem becomes a warning. */
	value<T>(field: F, parse: (text: string) => Parsed<T>): T | undefined {
		const text = this.text(field);
		if (text === '') return undefined;
		const { value, problem } = parse(text);
		if (problem) this.warn(field, problem);
		return value;
	}

	/** The values that a parser finds in a field that may hold several; its problem becomes a warning. */
	values<T>(field: F, parse: (text: string) => ParsedList<T>): T[] {
		const text = this.text(field);
		if (text === '') return [];
		const { values, problem } = parse(text);
		if (problem) this.warn(field, problem);
		return values;
	}

	warn(field: F, reason: ReasonCode): void {
		this.warnings.push(rowProblem(this.place, field, reason));
	}
}

/** A problem of a row, with the hint for its reason. */
export function rowProblem(place: Place, field: RowProblem['field'], reason: ReasonCode): RowProblem {
	return { ...place, field, reason, hint: REASONS[reason] };
}
