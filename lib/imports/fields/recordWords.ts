import type { AppointmentStatus, EquipmentKind, ExamKind, LensType, QuoteStatus } from '../../domain/records';
import { fold } from '../../domain/text';
import words from '../data/recordWords.json';
import type { Parsed } from '../parsed';
import type { ReasonCode } from '../reasons';
import { isAbsent } from './words';

/** The type of a lens. A cell that names several counts as the first of the list: contact lenses that are progressive are contact lenses. */
export const lensType = choice<LensType>(words.lensTypes, 'LENS_TYPE_UNKNOWN', 'within');
/** What was bought. */
export const equipmentKind = choice<EquipmentKind>(words.equipmentKinds, 'KIND_UNKNOWN', 'within');
/** What was examined. */
export const examKind = choice<ExamKind>(words.examKinds, 'KIND_UNKNOWN', 'within');
export const appointmentStatus = choice<AppointmentStatus>(words.appointmentStatuses, 'STATUS_UNKNOWN');
export const quoteStatus = choice<QuoteStatus>(words.quoteStatuses, 'STATUS_UNKNOWN');

/** A parser that knows a value by the words that mean it: as the whole cell, else, where that is safe, as words within it. */
function choice<Value extends string>(wordsOf: Record<Value, readonly string[]>, problem: ReasonCode, within?: 'within'): (text: string) => Parsed<Value> {
	const known = (Object.keys(wordsOf) as Value[]).flatMap((value) => [value, ...wordsOf[value]].map((word) => ({ value, word: fold(word) })));
	return (text) => {
		if (isAbsent(text)) return {};
		const cell = fold(text.slice(0, 200));
		const found = known.find(({ word }) => word === cell) ?? (within && known.find(({ word }) => ` ${cell} `.includes(` ${word} `)));
		return found ? { value: found.value } : { problem };
	};
}
