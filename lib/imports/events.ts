import type { Encoding } from './csv/encoding';
import type { Separator } from './csv/layout';
import type { Field, GuessedMapping } from './headings';
import type { ReasonCode } from './reasons';
import type { Place, RowResult, TakenCustomer } from './types';

/** Comes first: what the columns were taken for, to be shown and corrected. */
export interface HeadingsEvent<F extends string = Field> extends GuessedMapping<F> {
	event: 'headings';
	headings: string[];
	/** Files only. `ascii` where the beginning does not tell yet; the end event knows. */
	encoding?: Encoding;
	/** Files only. */
	separator?: Separator;
}

/** One row, taken or not. */
export interface RowEvent<Taken extends object = TakenCustomer> extends Place {
	event: 'row';
	result: RowResult<Taken>;
}

/** Comes last. `accepted + rejected = rows`; blank rows are no rows. */
export interface EndEvent {
	event: 'end';
	rows: number;
	accepted: number;
	rejected: number;
	blankRows: number;
	/** How often each reason was given, for rejected rows and for fields that were left out. */
	reasons: Partial<Record<ReasonCode, number>>;
	/** Files only. */
	encoding?: Encoding;
	/** Files only: bytes that do not belong to the encoding. */
	strayBytes?: number;
}

export type ImportEvent<F extends string = Field, Taken extends object = TakenCustomer> = HeadingsEvent<F> | RowEvent<Taken> | EndEvent;

/** Counts rows as they pass. */
export class Tally {
	private readonly counts = { rows: 0, accepted: 0, rejected: 0, blankRows: 0 };
	private readonly reasons: Partial<Record<ReasonCode, number>> = {};

	/** The number of the row that comes next, counted from 1. */
	nextRow(): number {
		return this.counts.rows + 1;
	}

	blank(): void {
		this.counts.blankRows++;
	}

	/** Counts a row and makes its event. */
	row<Taken extends object>(place: Place, result: RowResult<Taken>): RowEvent<Taken> {
		this.counts.rows++;
		this.counts[result.status]++;
		const problems = result.status === 'accepted' ? result.warnings : [result.rejection];
		for (const { reason } of problems) this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
		return { event: 'row', ...place, result };
	}

	end(): EndEvent {
		return { event: 'end', ...this.counts, reasons: this.reasons };
	}
}
