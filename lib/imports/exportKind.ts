import { customerRow } from './customerRow';
import { CUSTOMER_HEADINGS, type Field, type KnownHeadings } from './headings';
import type { Cells, Columns, Place, RowOptions, RowResult, TakenCustomer } from './types';

/** A kind of export: the headings that it may have, and what one of its rows gives. */
export interface ExportKind<F extends string, Taken extends object> {
	headings: KnownHeadings<F>;
	/** Reads the rows of one file or one set of items, in their order. */
	reader(): (cells: Cells, columns: Columns<F>, options: RowOptions, place: Place) => RowResult<Taken>;
}

/** Any kind, where only its form counts. */
export type AnyExportKind = ExportKind<string, object>;

export const CUSTOMERS: ExportKind<Field, TakenCustomer> = { headings: CUSTOMER_HEADINGS, reader: () => customerRow };
