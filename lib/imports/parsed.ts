import type { ReasonCode } from './reasons';

/** What a field's parser made of a cell: a value, a problem, or neither where the cell says nothing. Never the cell itself. */
export interface Parsed<T> {
	value?: T;
	problem?: ReasonCode;
}

/** As `Parsed`, for a cell that can hold several values, good ones beside bad ones. */
export interface ParsedList<T> {
	values: T[];
	problem?: ReasonCode;
}
