import type { LensType, NewEquipment } from '../../domain/records';
import type saleWords from '../data/saleHeadings.json';
import { amountInCents, centsOf } from '../fields/amount';
import { customerCode } from '../fields/code';
import { supplyDays, usefulMonths } from '../fields/duration';
import { recordDate } from '../fields/recordDate';
import { equipmentKind, lensType } from '../fields/recordWords';
import { plainText } from '../fields/text';
import { yesNo } from '../fields/yesNo';
import { rowProblem, RowReader } from '../rowReader';
import type { Cells, Columns, Place, RowOptions, RowResult } from '../types';
import { ownerOfRow, type OwnerField } from './ownerOfRow';
import { present } from '../present';

/** A field of a sale that a column can fill. */
export type SaleField = OwnerField | keyof typeof saleWords;

/** What a row of sales gives. */
export interface TakenEquipment {
	record: NewEquipment;
}

/**
 * One row of sales as equipment. A problem with the customer or the day of the order, or an amount below zero, rejects the row; any other
 * field that cannot be right is left out and reported.
 */
export function equipmentRow(cells: Cells, columns: Columns<SaleField>, options: RowOptions, place: Place): RowResult<TakenEquipment> {
	const owner = ownerOfRow(cells, columns, options, place);
	if ('rejection' in owner) return { status: 'rejected', ...owner };
	const row = new RowReader<SaleField>(cells, columns, place);
	const day = (text: string) => recordDate(text, options);
	const ordered = day(row.text('orderedOn'));
	if (ordered.problem) return { status: 'rejected', rejection: rowProblem(place, 'orderedOn', ordered.problem) };
	const amount = row.number('amount') === undefined ? amountInCents(row.text('amount')) : centsOf(row.number('amount') as number);
	if (amount.problem === 'AMOUNT_NEGATIVE') return { status: 'rejected', rejection: rowProblem(place, 'amount', amount.problem) };
	if (amount.problem) row.warn('amount', amount.problem);
	const lenses = lensTypeOf(row);
	const kind = equipmentKind(row.text('kind'));
	if (kind.problem && lenses === undefined) row.warn('kind', kind.problem);
	const record: NewEquipment = {
		...owner,
		...present({
			code: row.value('code', customerCode),
			kind: kind.value,
			lensType: lenses,
			description: row.value('description', (text) => plainText(text, 200)),
			amountCents: amount.value,
			orderedOn: ordered.value,
			deliveredOn: pastDay(row, 'deliveredOn', 'DELIVERY_IN_FUTURE', options),
			readyOn: pastDay(row, 'readyOn', 'READY_IN_FUTURE', options),
			returnedOn: row.value('returnedOn', day),
			firstProgressive: yesOrNo(row),
			supplyDays: supplyOf(row, lenses),
			usefulMonths: /^0+([.,]0+)?$/.test(row.text('usefulMonths')) ? undefined : row.value('usefulMonths', usefulMonths),
		}),
	};
	return { status: 'accepted', record, warnings: row.warnings };
}

/** From its own column, else from one such as "Occhiale progressivo" that says what was bought. */
function lensTypeOf(row: RowReader<SaleField>): LensType | undefined {
	return row.value('lensType', lensType) ?? lensType(row.text('kind')).value;
}

/** Programs write the planned day too: nothing is delivered or ready before its day has come. */
function pastDay(row: RowReader<SaleField>, field: SaleField, problem: 'DELIVERY_IN_FUTURE' | 'READY_IN_FUTURE', options: RowOptions): string | undefined {
	const day = row.value(field, (text) => recordDate(text, options));
	if (day === undefined || day <= options.today) return day;
	row.warn(field, problem);
	return undefined;
}

function yesOrNo(row: RowReader<SaleField>): boolean | undefined {
	const said = yesNo(row.text('firstProgressive'));
	if (said === 'unclear') row.warn('firstProgressive', 'YES_NO_UNCLEAR');
	return said === 'yes' ? true : said === 'no' ? false : undefined;
}

/** Programs fill the column with 0 where nothing runs out; only for contact lenses that is a slip. */
function supplyOf(row: RowReader<SaleField>, lenses: LensType | undefined): number | undefined {
	const isZero = /^0+([.,]0+)?$/.test(row.text('supplyDays'));
	return isZero && lenses !== 'contact-lenses' ? undefined : row.value('supplyDays', supplyDays);
}
