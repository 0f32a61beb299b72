import type { NewExam } from '../../domain/records';
import type examWords from '../data/examHeadings.json';
import { customerCode } from '../fields/code';
import { recordDate } from '../fields/recordDate';
import { examKind } from '../fields/recordWords';
import { plainText } from '../fields/text';
import { rowProblem, RowReader } from '../rowReader';
import type { Cells, Columns, Place, RowOptions, RowResult } from '../types';
import { ownerOfRow, type OwnerField } from './ownerOfRow';
import { present } from '../present';

/** A field of an exam that a column can fill. */
export type ExamField = OwnerField | keyof typeof examWords;

/** What a row of exams gives. */
export interface TakenExam {
	record: NewExam;
}

/** One row of exams. A problem with the customer or the day rejects it; any other field that cannot be right is left out and reported. */
export function examRow(cells: Cells, columns: Columns<ExamField>, options: RowOptions, place: Place): RowResult<TakenExam> {
	const owner = ownerOfRow(cells, columns, options, place);
	if ('rejection' in owner) return { status: 'rejected', ...owner };
	const row = new RowReader<ExamField>(cells, columns, place);
	const taken = recordDate(row.text('takenOn'), options);
	if (taken.problem) return { status: 'rejected', rejection: rowProblem(place, 'takenOn', taken.problem) };
	// An exam of a kind not known here is some other exam: it must not put off the next check of the vision.
	const kind = examKind(row.text('kind'));
	if (kind.problem) row.warn('kind', kind.problem);
	const record: NewExam = {
		...owner,
		...present({
			code: row.value('code', customerCode),
			kind: kind.problem ? ('other' as const) : kind.value,
			takenOn: taken.value,
			nextDueOn: row.value('nextDueOn', (text) => recordDate(text, options)),
			examiner: row.value('examiner', (text) => plainText(text, 100)),
		}),
	};
	return { status: 'accepted', record, warnings: row.warnings };
}
