import { contactPointsOf } from './contactPoints';
import { statedConsents } from './consents';
import { nameOfRow } from './customerName';
import { birthDate } from './fields/birthDate';
import { customerCode } from './fields/code';
import { deceased } from './fields/deceased';
import { entryDate } from './fields/entryDate';
import { language } from './fields/language';
import { sex } from './fields/sex';
import { plainText } from './fields/text';
import { timeZone } from './fields/timeZone';
import { title } from './fields/title';
import { postalAddress } from './postalAddress';
import { present } from './present';
import type { Field } from './headings';
import { rowProblem, RowReader } from './rowReader';
import type { Cells, Columns, ImportedCustomer, Place, RowOptions, RowResult } from './types';

/**
 * One row of an export as a customer. A problem with the name or the birth date rejects the row, so that it is mended where it comes
 * from; any other field that cannot be right is left out and reported as a warning, and the customer is taken.
 */
export function customerRow(cells: Cells, columns: Columns<Field>, options: RowOptions, place: Place): RowResult {
	const row = new RowReader(cells, columns, place);
	const named = nameOfRow(row);
	if ('reason' in named) return { status: 'rejected', rejection: rowProblem(place, named.field, named.reason) };
	const born = birthDate(row.text('birthDate'), options);
	if (born.problem) return { status: 'rejected', rejection: rowProblem(place, 'birthDate', born.problem) };

	const code = row.value('code', customerCode);
	if (code === undefined && row.has('code') && !row.warnings.some(({ field }) => field === 'code')) row.warn('code', 'CODE_MISSING');
	const customer: ImportedCustomer = {
		...present({
			code,
			title: row.value('title', title),
			sex: row.value('sex', sex),
			birthDate: born.value,
			language: row.value('language', language),
			timeZone: row.value('timeZone', timeZone),
			deceased: row.value('deceased', (text) => deceased(text, options)),
			address: postalAddress(row),
			enteredBy: row.value('enteredBy', (text) => plainText(text, 60)),
			enteredOn: row.value('enteredOn', (text) => entryDate(text, options)),
		}),
		...named.name,
		contactPoints: contactPointsOf(row, options.country),
		consents: statedConsents(row, options),
	};
	return { status: 'accepted', customer, warnings: row.warnings };
}
