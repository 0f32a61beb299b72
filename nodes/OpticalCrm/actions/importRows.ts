import type { EndEvent, HeadingsEvent, ImportEvent } from '../../../lib/imports/events';
import type { Place } from '../../../lib/imports/types';

/** Rows written to the store in one transaction. */
const BATCH = 1000;

/** Something that a person should mend at its source. Never the value itself. */
export interface MendItem extends Place {
	field: string;
	reason: string;
	hint: string;
	/** False where the whole row was refused, true where it was taken without this field. */
	taken: boolean;
}

/** What an import did. `rows = created + updated + unchanged + rejected`. */
export interface ImportSummary {
	rows: number;
	created: number;
	updated: number;
	unchanged: number;
	rejected: number;
	/** Fields that cannot be right, and without which their rows were taken. */
	fieldsLeftOut: number;
	/** How often each reason was given. */
	reasons: Record<string, number>;
	/** Which heading was taken for which field, to be checked. */
	columns: Record<string, string>;
	unknownColumns: string[];
	/** All headings in one line, as First Line of the File takes them. */
	headings: string;
	encoding?: string;
	separator?: string;
}

/** What became of a row that was to be saved. */
export type SavedRow = { status: 'created' | 'updated' | 'unchanged' } | { status: 'rejected'; field: string; reason: string; hint: string };

/**
 * Saves the rows of an export, in batches: memory stays flat, and a batch is written whole or not at all.
 * @param save saves a batch; says of each row, in order, what became of it
 * @param mend called for every row or field that was not taken
 */
export async function importRows<Taken extends object>(
	events: AsyncIterable<ImportEvent<string, Taken>> | Iterable<ImportEvent<string, Taken>>,
	save: (rows: Taken[]) => Promise<SavedRow[]>,
	mend: (item: MendItem) => void,
): Promise<ImportSummary> {
	const counts = { created: 0, updated: 0, unchanged: 0, rejected: 0 };
	const reasons: Record<string, number> = {};
	let headings: HeadingsEvent<string> | undefined;
	let end: EndEvent | undefined;
	let fieldsLeftOut = 0;
	let batch: Array<{ place: Place; row: Taken }> = [];

	const refuse = (item: MendItem) => {
		reasons[item.reason] = (reasons[item.reason] ?? 0) + 1;
		mend(item);
	};
	const saveBatch = async () => {
		const saved = await save(batch.map(({ row }) => row));
		saved.forEach(({ status, ...refusal }, index) => {
			counts[status]++;
			if ('reason' in refusal) refuse({ ...batch[index].place, ...refusal, taken: false });
		});
		batch = [];
	};

	for await (const event of events) {
		if (event.event === 'headings') headings = event;
		else if (event.event === 'end') end = event;
		else if (event.result.status === 'rejected') {
			counts.rejected++;
			refuse({ ...event.result.rejection, taken: false });
		} else {
			event.result.warnings.forEach((warning) => refuse({ ...warning, taken: true }));
			fieldsLeftOut += event.result.warnings.length;
			batch.push({ place: { row: event.row, line: event.line }, row: event.result });
			if (batch.length === BATCH) await saveBatch();
		}
	}
	await saveBatch();
	return {
		rows: end?.rows ?? 0,
		...counts,
		fieldsLeftOut,
		reasons,
		columns: headings?.mapping ?? {},
		unknownColumns: headings?.unknownHeadings ?? [],
		headings: headings?.headings.join(headings.separator ?? ';') ?? '',
		encoding: end?.encoding,
		separator: headings?.separator,
	} as ImportSummary;
}
