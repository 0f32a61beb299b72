import { createHash } from 'node:crypto';
import type { RecordOwner } from '../../domain/records';
import customerWords from '../data/headings.json';
import examWords from '../data/examHeadings.json';
import saleWords from '../data/saleHeadings.json';
import type { ExportKind } from '../exportKind';
import { knownHeadings, NAME_FIELDS } from '../headings';
import { rowProblem } from '../rowReader';
import type { RowResult } from '../types';
import { equipmentRow, type SaleField, type TakenEquipment } from './equipmentRow';
import { examRow, type ExamField, type TakenExam } from './examRow';

const { lastName, firstName, lastFirstName, firstLastName, birthDate } = customerWords;
const OWNER_WORDS = { lastName, firstName, lastFirstName, firstLastName, birthDate };
const OWNER = { what: 'a customer', fields: ['customerCode', ...NAME_FIELDS] as const, suchAs: 'Codice cliente' };

/** Exports of sales: each row is a pair of spectacles, lenses, or something else that was bought. */
export const SALES: ExportKind<SaleField, TakenEquipment> = {
	headings: knownHeadings<SaleField>(
		{ ...OWNER_WORDS, ...saleWords },
		[OWNER, { what: 'a day of the sale', fields: ['orderedOn', 'deliveredOn'], suchAs: 'Data ordine' }],
		'Codice cliente;Data ordine;Data consegna;Tipo lente;Descrizione;Importo',
	),
	reader: () => refusingRepeats(equipmentRow),
};

/** Exports of exams. */
export const EXAMS: ExportKind<ExamField, TakenExam> = {
	headings: knownHeadings<ExamField>(
		{ ...OWNER_WORDS, ...examWords },
		[OWNER, { what: 'a day of the exam', fields: ['takenOn'], suchAs: 'Data visita' }],
		'Codice cliente;Data visita;Prossimo controllo;Ottico',
	),
	reader: () => refusingRepeats(examRow),
};

/**
 * Refuses a row whose code an earlier row of the same file has, if it says something else: the column holds no code of its own for each
 * record (several rows of one receipt, say), and the rows would overwrite each other. Keeps some 100 bytes for each code.
 */
function refusingRepeats<Read extends (...row: never[]) => RowResult<{ record: RecordOwner & { code?: string } }>>(read: Read): Read {
	const seen = new Map<string, string>();
	return ((...row: Parameters<Read>) => {
		const result = read(...row);
		if (result.status === 'rejected' || result.record.code === undefined) return result;
		const content = createHash('sha1').update(JSON.stringify(result.record)).digest('base64');
		const earlier = seen.get(result.record.code);
		if (earlier === undefined) seen.set(result.record.code, content);
		return earlier === undefined || earlier === content ? result : { status: 'rejected', rejection: rowProblem(row[3], 'code', 'CODE_REPEATED') };
	}) as Read;
}
