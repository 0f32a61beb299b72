import { cellText } from './cell';
import type { Field, Mapping } from './headings';
import type { Parsed } from './parsed';
import { REASONS, type ReasonCode } from './reasons';
import type { Place, RowProblem } from './types';

/** A row seen through its mapping: the text of each field, and the problems found on the way. */
export class RowReader<F extends string = Field> {
	readonly warnings: RowProblem[] = [];

	constructor(
		private readonly cells: Readonly<Record<string, unknown>>,
		private readonly mapping: Mapping<F>,
		private readonly place: Place,
	) {}

	/** Whether a column fills this field. */
	has(field: F): boolean {
		return this.mapping[field] !== undefined;
	}

	/** The cleaned text of a field; empty where the row says nothing. */
	text(field: F): string {
		const heading = this.mapping[field];
		return heading === undefined ? '' : cellText(this.cells[heading]);
	}

	/** The number in a field, where a spreadsheet or a database typed it as one: its dot is no thousands dot. */
	number(field: F): number | undefined {
		const heading = this.mapping[field];
		const cell = heading === undefined ? undefined : this.cells[heading];
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

	warn(field: F, reason: ReasonCode): void {
		this.warnings.push(rowProblem(this.place, field, reason));
	}
}

/** A problem of a row, with the hint for its reason. */
export function rowProblem(place: Place, field: RowProblem['field'], reason: ReasonCode): RowProblem {
	return { ...place, field, reason, hint: REASONS[reason] };
}
