import type { RecordOwner } from '../../domain/records';
import { nameOfRow } from '../customerName';
import { birthDate } from '../fields/birthDate';
import { customerCode } from '../fields/code';
import type { NameField } from '../headings';
import { rowProblem, RowReader } from '../rowReader';
import type { Cells, Columns, Place, RowOptions, RowProblem } from '../types';

export type OwnerField = NameField | 'birthDate' | 'customerCode';

/** Whose a row is, as far as it says; or why it cannot be told, where the row has no customer code. */
export function ownerOfRow(cells: Cells, columns: Columns<OwnerField>, options: RowOptions, place: Place): RecordOwner | { rejection: RowProblem } {
	// A reader of its own: how the name was read does not matter where it only serves to find somebody.
	const row = new RowReader<OwnerField>(cells, columns, place);
	const code = customerCode(row.text('customerCode'));
	const named = nameOfRow(row);
	const born = birthDate(row.text('birthDate'), options);
	const name = 'name' in named ? named.name : undefined;
	if (code.value === undefined) {
		if (code.problem && !name) return { rejection: rowProblem(place, 'customerCode', code.problem) };
		if (name && born.problem) return { rejection: rowProblem(place, 'birthDate', born.problem) };
	}
	return { ...(code.value !== undefined && { customerCode: code.value }), ...name, ...(born.value !== undefined && { birthDate: born.value }) };
}
