import { customerRow } from './customerRow';
import { CUSTOMER_HEADINGS, type Field, type KnownHeadings, type Mapping } from './headings';
import type { Place, RowOptions, RowResult, TakenCustomer } from './types';

/** A kind of export: the headings that it may have, and what one of its rows gives. */
export interface ExportKind<F extends string, Taken extends object> {
	headings: KnownHeadings<F>;
	/** Reads the rows of one file or one set of items, in their order. */
	reader(): (cells: Readonly<Record<string, unknown>>, mapping: Mapping<F>, options: RowOptions, place: Place) => RowResult<Taken>;
}

/** Any kind, where only its form counts. */
export type AnyExportKind = ExportKind<string, object>;

export const CUSTOMERS: ExportKind<Field, TakenCustomer> = { headings: CUSTOMER_HEADINGS, reader: () => customerRow };
