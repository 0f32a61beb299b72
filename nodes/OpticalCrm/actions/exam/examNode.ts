import type { INodePropertyOptions } from 'n8n-workflow';
import { examRow } from '../../../../lib/imports/records/examRow';
import { listExams, saveExams } from '../../../../lib/store/records/exams';

/** The kinds of exam, as the panel offers them. */
export const KIND_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Contact Lenses', value: 'contact-lenses' },
	{ name: 'Other', value: 'other' },
	{ name: 'Vision', value: 'vision' },
];

/** What the operations need of exams. */
export const EXAM = { read: examRow, save: saveExams, list: listExams };
