import { personName } from './fields/name';
import { splitName } from './fields/wholeName';
import type { NameField } from './headings';
import type { ReasonCode } from './reasons';
import type { RowReader } from './rowReader';

type Name = { lastName: string; firstName: string };
/** A name, or the field and the reason why the row cannot be taken. */
export type NameOfRow = { name: Name } | { field: NameField; reason: ReasonCode };

/** The name of a row: from its own two columns, else from one that holds whole names. One of the two parts may be missing. */
export function nameOfRow(row: RowReader<NameField>): NameOfRow {
	const last = personName(row.text('lastName'));
	if (last.problem) return { field: 'lastName', reason: last.problem };
	const first = personName(row.text('firstName'));
	if (first.problem) return { field: 'firstName', reason: first.problem };
	if (last.value !== undefined || first.value !== undefined) {
		return { name: { lastName: last.value ?? '', firstName: first.value ?? '' } };
	}
	for (const [field, order] of [['lastFirstName', 'lastFirst'], ['firstLastName', 'firstLast']] as const) {
		const whole = personName(row.text(field));
		if (whole.problem) return { field, reason: whole.problem };
		if (whole.value === undefined) continue;
		const { guessed, ...name } = splitName(whole.value, order);
		if (guessed) row.warn(field, 'NAME_SPLIT_GUESSED');
		return { name };
	}
	const field = (['lastName', 'firstName', 'lastFirstName', 'firstLastName'] as const).find((candidate) => row.has(candidate)) ?? 'lastName';
	return { field, reason: 'NAME_MISSING' };
}
