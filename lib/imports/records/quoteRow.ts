import type { NewQuote } from '../../domain/records';
import { amountInCents, centsOf } from '../fields/amount';
import { customerCode } from '../fields/code';
import { recordDate } from '../fields/recordDate';
import { quoteStatus } from '../fields/recordWords';
import { plainText } from '../fields/text';
import { rowProblem, RowReader } from '../rowReader';
import type { Cells, Columns, Place, RowOptions, RowResult } from '../types';
import { present } from '../present';
import { ownerOfRow, type OwnerField } from './ownerOfRow';

/** A field of a quote. */
export type QuoteField = OwnerField | 'code' | 'description' | 'amount' | 'madeOn' | 'validUntil' | 'status';

/** A quote. A problem with the customer, a day, the amount or the status rejects it. */
export function quoteRow(cells: Cells, columns: Columns<QuoteField>, options: RowOptions, place: Place): RowResult<{ record: NewQuote }> {
	const owner = ownerOfRow(cells, columns, options, place);
	if ('rejection' in owner) return { status: 'rejected', ...owner };
	const row = new RowReader<QuoteField>(cells, columns, place);
	const madeOn = recordDate(row.text('madeOn'), options);
	const validUntil = recordDate(row.text('validUntil'), options);
	const amount = row.number('amount') === undefined ? amountInCents(row.text('amount')) : centsOf(row.number('amount') as number);
	const status = quoteStatus(row.text('status'));
	for (const [field, { problem }] of Object.entries({ madeOn, validUntil, amount, status })) {
		if (problem) return { status: 'rejected', rejection: rowProblem(place, field, problem) };
	}
	const record: NewQuote = {
		...owner,
		...present({
			code: row.value('code', customerCode),
			description: row.value('description', (text) => plainText(text, 200)),
			amountCents: amount.value,
			madeOn: madeOn.value,
			validUntil: validUntil.value,
			status: status.value,
		}),
	};
	return { status: 'accepted', record, warnings: row.warnings };
}
