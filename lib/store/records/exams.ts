import { sql } from 'kysely';
import type { Exam, ExamFields, NewExam } from '../../domain/records';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { listRecords, type RecordQuery } from './listRecords';
import type { RecordKind } from './recordKind';
import { saveRecords, type RecordResult } from './saveRecords';

export const EXAMS: RecordKind<ExamFields> = {
	table: 'exams',
	isVisit: true,
	fields: { kind: ['kind', 'text'], takenOn: ['taken_on', 'text'], nextDueOn: ['next_due_on', 'text'], examiner: ['examiner', 'text'] },
	day: sql.ref('record.taken_on'),
	withDefaults: (exam) => ({ ...exam, kind: exam.kind ?? 'vision' }),
	identity: ({ takenOn = '', kind }) => `${takenOn}|${kind}`,
	problem({ takenOn, nextDueOn }, today) {
		if (!takenOn) return { field: 'takenOn', reason: 'EXAM_DATE_MISSING' };
		if (takenOn > today) return { field: 'takenOn', reason: 'EXAM_IN_FUTURE' };
		return nextDueOn && nextDueOn <= takenOn ? { field: 'nextDueOn', reason: 'NEXT_EXAM_TOO_EARLY' } : undefined;
	},
	isBad: (today) => sql`(taken_on = '' or taken_on > ${today} or next_due_on <= taken_on)`,
};

/** Saves exams as `saveRecords` does. Without a code they are recognised by customer, day and kind. */
export async function saveExams(store: Store, exams: readonly NewExam[], now: Instant): Promise<RecordResult[]> {
	return await saveRecords(store, EXAMS, exams, now);
}

/** Lists exams; `from` and `to` are days on which they were taken. */
export async function listExams(store: Store, query: RecordQuery<ExamFields>): Promise<Exam[]> {
	return await listRecords(store, EXAMS, query);
}
